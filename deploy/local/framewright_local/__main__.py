"""`python -m framewright_local`: serve, up, stop, status, where, halt, release, purge."""

import argparse
import contextlib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from . import commands
from .layout import SERVICES, Places
from .messages import MeshError, Say, language_of

_THIS_CHECKOUT = Path(__file__).resolve().parents[3]


def main(arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    parser = argparse.ArgumentParser(prog="framewright_local", description="The local mesh, without Docker.")
    parser.add_argument("command", choices=["serve", "up", "stop", "status", "where", "halt", "release", "purge"])
    parser.add_argument("service", nargs="?", choices=[service.name for service in SERVICES])
    parser.add_argument("--root", type=Path, default=_THIS_CHECKOUT, help="the checkout whose services are meant")
    parsed = parser.parse_args(arguments)
    places = Places.of(parsed.root, environment)
    say = Say(_print, language_of(environment))
    needs_service = {"halt": commands.halt, "release": commands.release}
    plain = {"stop": commands.stop, "purge": commands.purge, "status": commands.status, "where": commands.where}
    try:
        if parsed.command == "serve":
            return commands.serve(places, environment, say)
        if parsed.command == "up":
            return commands.up(places, environment, say)
        if parsed.command in needs_service:
            return needs_service[parsed.command](places, _required(parser, parsed.service))
        return plain[parsed.command](places, say)
    except MeshError as error:
        print(error.text(say.language), file=sys.stderr, flush=True)
        return 1


def _required(parser: argparse.ArgumentParser, service: str | None) -> str:
    if service is None:
        parser.error("which service?")
    return service


def _print(line: str) -> None:
    """A reader that has gone, as `head` does, must not end the mesh."""
    with contextlib.suppress(BrokenPipeError):
        print(line, flush=True)
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
