"""What of a conversation goes to the engine: the newest turns that fit, and how many were left out (R3.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chassis.errors import FieldError, Unprocessable

from ..core.token_counts import turn_tokens

Turns = Sequence[Any]
"""Messages with `role` and `content`, the newest first."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """`history` is oldest first; `tokens` of it all, the new message included."""

    history: list[dict[str, str]]
    tokens: int
    limit: int
    dropped: int

    def document(self) -> dict[str, int]:
        return {"tokens": self.tokens, "limit": self.limit, "dropped": self.dropped}


def fit(
    message: str, earlier: Turns, *, system_prompt: str, limit: int, earlier_count: int, field: str = "message"
) -> Fitted:
    """The newest turns within the limit; a turn is cut whole.

    Raises:
        Unprocessable: the new message alone does not fit.
    """
    tokens = turn_tokens(message) + (turn_tokens(system_prompt) if system_prompt else 0)
    if tokens > limit:
        words = f"Message and system prompt have about {tokens:,} tokens; the model's window has room for {limit:,}."
        raise Unprocessable(
            words,
            code="message_too_long",
            errors=[FieldError(field, words)],
            extra={"tokens": tokens, "limit": limit},
        )
    kept: list[dict[str, str]] = []
    for turn in earlier:
        cost = turn_tokens(turn["content"])
        if tokens + cost > limit:
            break
        tokens += cost
        kept.append({"role": turn["role"], "content": turn["content"]})
    while kept and kept[-1]["role"] == "assistant" and len(kept) < earlier_count:
        tokens -= turn_tokens(kept.pop()["content"])
    return Fitted(kept[::-1], tokens, limit, earlier_count - len(kept))
