"""`python -m engine_simulator --port 8100`: runs the simulated engine. Each setting is an option; --help lists them."""

import argparse
from pathlib import Path

from aiohttp import web

from .answers import read_answers
from .server import EngineServer
from .settings import Pace


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="engine_simulator", description="An engine without a GPU, paced like vLLM.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--answers", type=Path, help="a text, or .jsonl of {contains, text}; else a screen spec")
    for name, field in Pace.model_fields.items():
        option = "--" + name.replace("_", "-")
        if field.annotation is bool:
            parser.add_argument(option, action="store_true", help=field.description)
        else:
            parser.add_argument(option, type=type(field.default), default=field.default, help=field.description)
    arguments = parser.parse_args()
    pace = Pace.model_validate({name: getattr(arguments, name) for name in Pace.model_fields})
    server = EngineServer(pace, read_answers(arguments.answers))
    web.run_app(
        server.application(), host=arguments.host, port=arguments.port, print=None, access_log=None, shutdown_timeout=1
    )


if __name__ == "__main__":
    main()
