"""Structured logs: one JSON object a line on standard output, with the trace id of the request in hand."""

import logging
import re
import sys
from contextlib import suppress
from typing import Any, Literal

import orjson
import structlog

_MISREAD = re.compile("[\x80-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What JSON lets pass and who looks at a log takes for a new line, an order to the terminal, or another direction."""
_NOISY_LIBRARIES = ("httpx", "httpcore", "aiohttp.access", "urllib3")
_INDISCREET_LIBRARIES = ("sqlglot",)
"""Their warnings quote what they were given: a user's tables are nobody's log line."""


def configure_logging(*, service: str, level: str, log_format: Literal["json", "console"]) -> None:
    """Routes structlog and the standard library's loggers (uvicorn's among them) through one renderer."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_service(service),
        structlog.processors.format_exc_info,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(serializer=_json)
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty())
    )
    # Our own lines don't pass the standard library, which takes longer for a line than all that is done to it here.
    structlog.configure(
        processors=[*shared, renderer],
        logger_factory=_OutputFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        cache_logger_on_first_use=True,
    )
    # Nothing of what these find out is written, and they cost more than the line.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    # The middleware writes one line a request; uvicorn would write a second one wherever its logger has a handler.
    logging.getLogger("uvicorn.access").handlers = []
    logging.getLogger("uvicorn.access").propagate = False
    for name in _NOISY_LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _INDISCREET_LIBRARIES:
        logging.getLogger(name).setLevel(logging.ERROR)


def get_logger(name: str) -> structlog.typing.FilteringBoundLogger:
    """A logger for a module; events are short snake_case names, facts are keyword arguments."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger(name)
    return logger


class _Output:
    """Writes lines to where the root logger's handler writes at that moment: a logger may outlive its set-up."""

    def msg(self, line: str) -> None:
        for handler in logging.getLogger().handlers:
            if isinstance(handler, logging.StreamHandler):
                with suppress(OSError, ValueError):  # as the standard library: no request fails for its log
                    handler.stream.write(line + "\n")
                    handler.flush()

    debug = info = warning = error = critical = exception = log = msg


class _OutputFactory:
    def __call__(self, *_arguments: object) -> _Output:
        return _Output()


def _json(event: dict[str, Any], **_options: Any) -> str:
    text = orjson.dumps(event, default=repr, option=orjson.OPT_NON_STR_KEYS).decode()
    return text if text.isascii() else _MISREAD.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _add_service(service: str) -> Any:
    def add(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
        event["service"] = service
        return event

    return add
