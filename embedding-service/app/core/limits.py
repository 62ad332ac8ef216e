"""Limits of one request, the same for every path that takes texts."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.errors import FieldError, PayloadTooLarge, Unprocessable


@dataclass(frozen=True, slots=True)
class InputLimits:
    max_inputs: int
    max_characters: int

    def check(self, texts: Sequence[str], *, field: str = "input") -> None:
        """Raises where there is nothing, or more than one request may bring."""
        if not texts:
            raise Unprocessable(
                f"`{field}` must hold at least one text.", errors=[FieldError(field, "is empty", "too_short")]
            )
        if len(texts) > self.max_inputs:
            raise PayloadTooLarge(f"`{field}` holds {len(texts):,} texts; the limit is {self.max_inputs:,}.")
        size = sum(map(len, texts))
        if size > self.max_characters:
            raise PayloadTooLarge(f"`{field}` holds {size:,} characters; the limit is {self.max_characters:,}.")
        try:
            "".join(texts).encode()
        except UnicodeEncodeError as error:
            message = "holds half of a character (a lone surrogate)"
            raise Unprocessable(f"`{field}` {message}.", errors=[FieldError(field, message)]) from error
