"""Types of fields that several features share."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, TypeVar

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

AnyDay = TypeVar("AnyDay", date, datetime)
MAX_MESSAGE = 100_000
NO_NUL = r"^[^\x00]*$"
"""For query parameters: PostgreSQL has no such character."""
FIRST_YEAR, LAST_YEAR = 1970, 2999
"""Of moments that are asked for: Python can't count beyond the years 1 and 9999, PostgreSQL can."""


class StrictModel(BaseModel):
    """A member that nobody reads is refused: it is a slip of the pen."""

    model_config = ConfigDict(extra="forbid")


def _plain(text: str) -> str:
    if "\x00" in text:
        raise ValueError("the character U+0000 is not allowed")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("it has half of a surrogate pair") from error
    return text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


def _line(text: str) -> str:
    return " ".join(text.split())


def _writable(document: dict[str, Any]) -> dict[str, Any]:
    try:
        orjson.dumps(document)
    except orjson.JSONEncodeError as error:
        raise ValueError("it can't be kept: it is nested too deeply") from error
    return document


def _countable(day: AnyDay) -> AnyDay:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"the year must be {FIRST_YEAR} to {LAST_YEAR}")
    return day


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _not_to_come(at: datetime) -> datetime:
    if at > datetime.now(UTC) + timedelta(days=1):
        raise ValueError("it is still to come")
    return at


Document = Annotated[dict[str, Any], AfterValidator(_writable)]
"""JSON of any form that is kept as it is."""
Moment = Annotated[datetime, AfterValidator(_countable)]
PastMoment = Annotated[Moment, AfterValidator(_utc), AfterValidator(_not_to_come)]
"""In UTC, also where no zone was given; clocks may be a day apart."""
Day = Annotated[date, AfterValidator(_countable)]
Plain = Annotated[str, AfterValidator(_plain)]
Content = Annotated[Plain, AfterValidator(_not_blank), Field(min_length=1, max_length=MAX_MESSAGE)]
Title = Annotated[Plain, AfterValidator(_line), AfterValidator(_not_blank), Field(min_length=1, max_length=200)]
OptionalTitle = Annotated[Plain, AfterValidator(_line), Field(max_length=200)]
Name = Annotated[Plain, AfterValidator(_not_blank), Field(min_length=1, max_length=200)]
SystemPrompt = Annotated[Plain, Field(max_length=20_000)]
Temperature = Annotated[float, Field(ge=0.0, le=2.0, allow_inf_nan=False)]
MaxTokens = Annotated[int, Field(ge=1, le=131_072)]
ClientId = Annotated[Plain, AfterValidator(_not_blank), Field(min_length=1, max_length=100)]
