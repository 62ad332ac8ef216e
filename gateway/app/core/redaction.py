"""What of a text nobody but its author needs to see: personal numbers, addresses and secrets are masked."""

import re
from collections.abc import Collection
from functools import partial
from typing import Any, Literal, get_args

Kind = Literal["email", "phone", "resident_number", "card", "secret"]
KINDS: tuple[str, ...] = get_args(Kind)

_BEFORE, _AFTER = r"(?<![A-Za-z0-9_-])", r"(?![A-Za-z0-9_-])"
"""Not a part of an identifier or checksum; Korean particles may follow."""
_NAMES = ("password", "passwd", "secret", "api_key", "apikey", "token", "비밀번호")
_PATTERNS: dict[str, re.Pattern[str]] = {
    "secret": re.compile(
        rf"(?P<kept>(?i:{'|'.join(f'(?<={name})' for name in _NAMES)})[\"']?\s{{0,3}}[:=]\s{{0,3}}[\"']?)"
        r"[^\s\"',;]{4,200}"
        r"|\b(?:sk-[\w-]{16,}|gh[pousr]_\w{20,}|AKIA[0-9A-Z]{16}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,})"
    ),
    "resident_number": re.compile(
        rf"{_BEFORE}\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?[1-8]\d{{6}}{_AFTER}"
    ),
    "card": re.compile(rf"{_BEFORE}(?:\d{{4}}[ -]?){{3}}\d{{4}}{_AFTER}"),
    "email": re.compile(r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"),
    # Of Korea: mobile, area and representative numbers; with or without hyphens, or as +82.
    "phone": re.compile(
        rf"{_BEFORE}(?:(?:\+82[ -]?|0)(?:1[016789]|2|[3-6][1-5]|70|50\d)[ .-]?\d{{3,4}}[ .-]?\d{{4}}"
        rf"|1[5-8]\d{{2}}-\d{{4}}){_AFTER}"
    ),
}
"""In the order in which they are looked for: the longer numbers before those that could be found inside them."""


class Redaction:
    def __init__(self, kinds: Collection[str]) -> None:
        self._patterns = [(name, pattern) for name, pattern in _PATTERNS.items() if name in kinds]

    def text(self, text: str) -> str:
        """The text with a mark, `[email]`, in place of each thing that was found."""
        for name, pattern in self._patterns:
            text = pattern.sub(partial(_mark, name), text)
        return text

    def value(self, value: Any) -> Any:
        """A JSON value with every text in it masked; names of members stay."""
        if not self._patterns:
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {name: self.value(member) for name, member in value.items()}
        return [self.value(item) for item in value] if isinstance(value, list) else value


def _mark(name: str, found: re.Match[str]) -> str:
    """`[email]`; of `password = x` what stands before the secret stays."""
    return f"{found.groupdict().get('kept') or ''}[{name}]"
