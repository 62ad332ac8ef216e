"""Wire models of `POST /v1/intents`."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints, field_validator

from screenspec.data_model import DataModel
from screenspec.spec import Pattern

Kind = Literal["generate", "modify", "question", "unsupported"]
Language = Literal["ko", "en"]
MAX_PROMPT = 100_000
MAX_ATTACHMENT = 3_000_000


class HistoryMessage(BaseModel):
    role: Literal["user", "assistant", "system"] = "user"
    content: Annotated[str, StringConstraints(max_length=MAX_PROMPT)] = ""


class Attachment(BaseModel):
    """A file beside the prompt. `content` is text, or base64 where `encoding` says so (Excel)."""

    name: Annotated[str, StringConstraints(max_length=300)] = ""
    media_type: Annotated[str, StringConstraints(max_length=200)] = ""
    content: Annotated[str, StringConstraints(max_length=MAX_ATTACHMENT)] = ""
    encoding: Literal["text", "base64"] | None = None


class Base(BaseModel):
    """An earlier result that the prompt may want changed."""

    generation_id: str = ""
    screen_id: str = ""
    title: str = ""


class IntentRequest(BaseModel):
    prompt: Annotated[str, StringConstraints(min_length=1), Field(json_schema_extra={"maxLength": MAX_PROMPT})]
    framework: Annotated[str, StringConstraints(max_length=100)] | None = None
    language: Language | None = None
    history: list[HistoryMessage] = Field(default_factory=list, max_length=200)
    model: Annotated[str, StringConstraints(max_length=200)] | None = None
    attachments: list[Attachment] = Field(default_factory=list, max_length=20)
    base: Base | None = None

    @field_validator("prompt")
    @classmethod
    def _not_blank(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("The prompt is empty.")
        if len(value) > MAX_PROMPT:
            raise ValueError(
                f"The prompt has {len(value):,} characters, and {MAX_PROMPT:,} are the most: "
                'send long definitions (DDL, JSON …) as an attachment, {"name": "model.sql", "content": "…"}.'
            )
        return value


class ScreenName(BaseModel):
    id: str
    title: str


class Choice(BaseModel):
    value: str
    label: str


class Question(BaseModel):
    """A question with choices; `default` is taken where nobody answers."""

    id: str
    text: str
    choices: list[Choice]
    default: str


class Warning_(BaseModel):  # noqa: N801 - `Warning` is Python's own
    code: str
    message: str


class FieldNames(BaseModel):
    """A field's name in all its forms. `written`: as the framework's pack writes columns."""

    name: str
    korean: str | None = None
    english: str
    abbreviation: str
    written: str


class IntentResponse(BaseModel):
    kind: Kind
    confidence: float
    language: Language
    framework: str
    pattern: Pattern | None = None
    pattern_reason: str = ""
    reason: str
    alternatives: list[str] = Field(default_factory=list)
    screen: ScreenName | None = None
    needs_clarification: bool = False
    questions: list[Question] = Field(default_factory=list)
    data_model: DataModel | None = None
    names: list[FieldNames] = Field(default_factory=list)
    """The fields' names in Korean, English, abbreviated, and by the pack's rule."""
    source: Literal["rules", "engine"] = "rules"
    warnings: list[Warning_] = Field(default_factory=list)
