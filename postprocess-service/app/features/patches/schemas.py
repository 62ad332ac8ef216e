"""Wire models of `POST /v1/patches`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from screenspec.spec import Language

from .edits import Level

MAX_FILE = 5_000_000
MAX_SEARCH = 400_000
MAX_FILES = 100
Path = Annotated[str, Field(min_length=1, max_length=300)]
Line = Annotated[int, Field(ge=1, le=10_000_000)]


class BaseFile(BaseModel):
    """A file as it is now. `sha256` (of the content in its encoding) is the precondition, checked where it is given."""

    path: Path
    content: str = Field(max_length=MAX_FILE)
    sha256: str | None = Field(None, pattern="^[0-9a-f]{64}$")
    encoding: str = Field("utf-8", max_length=20, pattern=r"^[\w.-]+$")


class PatchEdit(BaseModel):
    """One edit of a file.

    `search` and `replace`; or `content`, the whole file or its lines `first_line` to `last_line`; or `component` with
    the attributes to `set` (null takes one away), or with `remove`.
    """

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    path: Path
    search: str | None = Field(None, max_length=MAX_SEARCH)
    replace: str | None = Field(None, max_length=MAX_SEARCH)
    line: Line | None = None
    content: str | None = Field(None, max_length=MAX_FILE)
    first_line: Line | None = None
    last_line: Line | None = None
    component: str | None = Field(None, min_length=1, max_length=200)
    attributes: dict[str, str | None] | None = Field(None, alias="set", max_length=100)
    remove: bool = False

    @model_validator(mode="after")
    def _one_kind(self) -> "PatchEdit":
        kinds = [
            self.search is not None and self.replace is not None,
            self.content is not None,
            self.component is not None and (self.remove or bool(self.attributes)),
        ]
        if sum(kinds) != 1 or (self.search is None) != (self.replace is None):
            message = "an edit has search and replace, or content, or component with set or remove"
            raise ValueError(message)
        if (self.first_line is None) != (self.last_line is None):
            message = "first_line and last_line go together"
            raise ValueError(message)
        return self


class ShownPart(BaseModel):
    """What the engine that wrote the answer was shown of a file; all of it where no lines are named."""

    path: Path
    first_line: Line | None = None
    last_line: Line | None = None


class PatchRequest(BaseModel):
    """`edits`, or the `answer` of an engine to read them from. `sha256` of a file that is to be made is not given."""

    files: list[BaseFile] = Field(default_factory=list, max_length=MAX_FILES)
    edits: list[PatchEdit] | None = Field(None, max_length=500)
    answer: str | None = Field(None, max_length=MAX_SEARCH)
    finish_reason: str | None = Field(None, max_length=100)
    shown: list[ShownPart] = Field(default_factory=list, max_length=MAX_FILES)
    framework: str | None = Field(None, max_length=100)
    language: Language = "ko"

    @model_validator(mode="after")
    def _something_to_apply(self) -> "PatchRequest":
        if (self.edits is None) == (self.answer is None):
            message = "there must be edits, or an answer to read them from"
            raise ValueError(message)
        if len({file.path for file in self.files}) < len(self.files):
            message = "files must have paths of their own"
            raise ValueError(message)
        return self


class AppliedEdit(PatchEdit):
    """The edit, how it was matched, and the line (of the file before) where it begins."""

    matched: Level
    at: int | None = None


class PatchedFile(BaseModel):
    """A file that changed. `checked`: the result was parsed; `sha256` is of the content in the file's encoding."""

    path: str
    operation: Literal["create", "modify"]
    language: str
    encoding: str
    base_sha256: str | None
    sha256: str
    content: str
    diff: str
    checked: bool


class PatchWarning(BaseModel):
    code: str
    message: str


class PatchResponse(BaseModel):
    """All edits applied; `files` is empty where they had been applied before."""

    edits: list[AppliedEdit]
    files: list[PatchedFile]
    warnings: list[PatchWarning] = []
