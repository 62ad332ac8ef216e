"""Types of fields that several features share."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

MAX_MESSAGE = 100_000
NO_NUL = r"^[^\x00]*$"
"""For query parameters: PostgreSQL has no such character."""


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


Plain = Annotated[str, AfterValidator(_plain)]
Content = Annotated[Plain, AfterValidator(_not_blank), Field(min_length=1, max_length=MAX_MESSAGE)]
Title = Annotated[Plain, AfterValidator(_line), AfterValidator(_not_blank), Field(min_length=1, max_length=200)]
OptionalTitle = Annotated[Plain, AfterValidator(_line), Field(max_length=200)]
Name = Annotated[Plain, AfterValidator(_not_blank), Field(min_length=1, max_length=200)]
SystemPrompt = Annotated[Plain, Field(max_length=20_000)]
Temperature = Annotated[float, Field(ge=0.0, le=2.0, allow_inf_nan=False)]
MaxTokens = Annotated[int, Field(ge=1, le=131_072)]
ClientId = Annotated[Plain, AfterValidator(_not_blank), Field(min_length=1, max_length=100)]
