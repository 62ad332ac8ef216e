"""A question of the mesh, asked at the terminal; its default when the time is over."""

import select
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from .messages import Messages

LONGEST_WAIT_S = 600.0
Reader = Callable[[float], str | None]


def read_line(limit_s: float) -> str | None:
    """A line from the terminal, or None where none came in time; a console of Windows is waited for without a limit."""
    if sys.platform == "win32":
        return sys.stdin.readline().strip()
    readable, _, _ = select.select([sys.stdin], [], [], limit_s)
    return sys.stdin.readline().strip() if readable else None


def ask(
    question: Mapping[str, Any], *, say: Messages, out: Callable[[str], None], read: Reader = read_line
) -> str | None:
    """The chosen value: by its number, itself, or the default for an empty line; None where the time ran out."""
    choices = [choice for choice in question.get("choices") or () if isinstance(choice, dict)]
    default = str(question.get("default") or "")
    out(f"? {question.get('text')}")
    for number, choice in enumerate(choices, 1):
        mark = f"  ({say('default')})" if str(choice.get("value")) == default else ""
        out(f"  {number}. {choice.get('label') or choice.get('value')}{mark}")
    line = read(_seconds_left(question.get("expires_at")))
    if line is None:
        out(say("default_taken"))
        return None
    if line.isdigit() and 0 < int(line) <= len(choices):
        return str(choices[int(line) - 1].get("value"))
    return line or default


def _seconds_left(expires_at: object) -> float:
    try:
        left = (datetime.fromisoformat(str(expires_at)) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return LONGEST_WAIT_S
    return min(max(left, 0.0), LONGEST_WAIT_S)
