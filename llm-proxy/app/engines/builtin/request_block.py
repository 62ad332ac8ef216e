"""The request block: the fenced section at the end of the last user message, which this engine alone reads."""

import re
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chassis.errors import FieldError, InvalidInput
from screenspec.data_model import DataModel
from screenspec.spec import Pattern, ScreenId

from ..protocol import EngineCall
from ..usage import text_of

_OPEN = re.compile(r"^```framewright-request[ \t]*\r?\n", re.MULTILINE)
_CLOSE = re.compile(r"^```[ \t]*\r?$", re.MULTILINE)
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
Language = Literal["ko", "en"]


class Screen(BaseModel):
    id: ScreenId
    title: str = Field(min_length=1, max_length=200)


class Citation(BaseModel):
    id: str = ""
    title: str = ""
    text: str = ""
    source: str | None = None


class Snippet(BaseModel):
    """Lines of a file, from 1, both within; their code is above the block, in a fence of its own."""

    path: str
    first_line: int
    last_line: int


class RequestBlock(BaseModel):
    """What is asked for. Members that are not known are passed by: the contract may grow."""

    model_config = ConfigDict(extra="ignore")

    task: str
    language: Language = "ko"
    framework: str = ""
    pattern: Pattern | None = None
    screen: Screen | None = None
    prompt: str = ""
    data_model: DataModel | None = None
    base_spec: dict[str, Any] | None = None
    citations: list[Citation] = Field(default_factory=list)
    snippets: list[Snippet] = Field(default_factory=list)


def last_user_text(call: EngineCall) -> str:
    """The text that the user sent last; of a completion, its prompt."""
    if call.kind == "completion":
        return call.prompt if isinstance(call.prompt, str) else "\n".join(str(item) for item in call.prompt)
    texts = (text_of(item.get("content")) for item in reversed(call.messages) if item.get("role") == "user")
    return next(texts, "")


def find_block(text: str) -> RequestBlock | None:
    """The last request block of a text, or None where there is none.

    Raises:
        InvalidInput: there is one, and it can't be read; the error says where.
    """
    starts = list(_OPEN.finditer(text))
    if not starts:
        return None
    body = text[starts[-1].end() :]
    end = _CLOSE.search(body)
    if end is None:
        raise InvalidInput("The request block is not closed.", code="malformed_request_block")
    try:
        return RequestBlock.model_validate_json(body[: end.start()])
    except ValidationError as error:
        fields = [FieldError(".".join(map(str, item["loc"])) or "block", item["msg"]) for item in error.errors()[:5]]
        named = "; ".join(f"{field.field}: {field.message}" for field in fields)
        raise InvalidInput(
            f"The request block is not valid: {named}", code="malformed_request_block", errors=fields
        ) from error


def language_of(text: str) -> Language:
    """Korean where there is any Hangul."""
    return "ko" if _HANGUL.search(text) else "en"
