"""Types of fields that several requests share, and the base of requests and responses."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

Role = Annotated[str, StringConstraints(pattern="^(admin|operator|developer)$")]
ADMIN, OPERATOR, DEVELOPER = "admin", "operator", "developer"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Request(BaseModel):
    """A member that nobody reads is refused: it is a slip of the pen."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class Response(BaseModel):
    model_config = ConfigDict(from_attributes=True)


def _line(value: str) -> str:
    _prose(value)
    if _CONTROL.search(value):
        raise ValueError("It may have no control characters and no line breaks.")
    return value.strip()


def _prose(value: str) -> str:
    if "\x00" in value:
        raise ValueError("It may have no NUL character.")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError("It has half of a surrogate pair.")
    return value


def _email(value: str) -> str:
    """Lower-cased; no more is asked of the host than that there is one: closed networks have names of their own."""
    address = _line(value).lower()
    if not _EMAIL.fullmatch(address):
        raise ValueError("It is not an e-mail address.")
    return address


def _without_repeats(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


Line = Annotated[str, AfterValidator(_line), Field(min_length=1, max_length=300)]
"""One line of text for people."""
OptionalLine = Annotated[str, AfterValidator(_line), Field(max_length=300)]
Prose = Annotated[str, AfterValidator(_prose), Field(min_length=1, max_length=100_000)]
"""Text of many lines, kept as it is."""
Email = Annotated[str, AfterValidator(_email), Field(min_length=3, max_length=254)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,62}$")]
"""A name in paths and settings."""
SlugList = Annotated[list[Slug], AfterValidator(_without_repeats), Field(max_length=20)]
LineList = Annotated[
    list[Annotated[str, AfterValidator(_line), Field(min_length=1, max_length=100)]],
    AfterValidator(_without_repeats),
    Field(max_length=50),
]
OVERRULE = Field(None, description="Why it goes into production although its evaluation does not show it fit for that")
"""The reason is kept with the name of who gives it."""
Words = Annotated[str, AfterValidator(_prose), Field(max_length=300)]
"""What a list is searched for."""
