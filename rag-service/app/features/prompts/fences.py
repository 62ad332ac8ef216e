"""Data in a prompt: fenced so that nothing in it can close the fence or pass for our own block."""

import re
from typing import Any

import orjson

REQUEST_FENCE = "framewright-request"
_RUNS = re.compile(r"`{3,}")


def fenced(text: str, *, info: str = "text") -> str:
    """The text in a fence that is longer than any run of backticks within (CommonMark 4.5)."""
    longest = max((len(run) for run in _RUNS.findall(text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{info}\n{_disarmed(text)}\n{fence}"


def request_block(document: dict[str, Any]) -> str:
    """The last block of the prompt: one line of JSON, without a backtick in it."""
    line = orjson.dumps(document).decode().replace("`", "\\u0060")
    return f"```{REQUEST_FENCE}\n{line}\n```"


def _disarmed(text: str) -> str:
    """Our block's name in somebody's data is no longer its name."""
    return text.replace(REQUEST_FENCE, REQUEST_FENCE.replace("-", " "))
