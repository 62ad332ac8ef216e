"""Wire models of `POST /v1/artifacts`."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from screenspec.data_model import DataModel
from screenspec.spec import Language, ScreenSpec

MAX_FILE = 1_000_000


class SubmittedFile(BaseModel):
    path: str = Field(min_length=1, max_length=300)
    language: str = Field(min_length=1, max_length=50)
    content: str = Field(max_length=MAX_FILE)


class EmissionOptions(BaseModel):
    """`dialect` is that of the tables' definitions and of the server's SQL.

    `choices` are those of the pack, by their names in `pack.yaml`: its options, and `newline` and `byte_order_mark`.
    """

    dialect: Literal["postgresql", "oracle", "mysql", "mariadb"] = "postgresql"
    choices: dict[str, str] = Field(default_factory=dict, max_length=50)


class Part(BaseModel):
    """Lines of a file, from 1, both within, that have errors, and what these are."""

    path: str = Field(max_length=300)
    language: str = Field(max_length=50)
    first_line: int = Field(ge=1)
    last_line: int = Field(ge=1)
    text: str = Field(max_length=MAX_FILE)
    problems: list[str] = Field(default_factory=list, max_length=200)


class Failing(BaseModel):
    """The parts with errors that are left, and what to ask an engine for them."""

    parts: list[Part]
    request: str


class SecondAnswer(BaseModel):
    """What an engine answered to `Failing.request`; `parts` as they were told, `files` as they were given then."""

    parts: list[Part] = Field(min_length=1, max_length=20)
    answer: str = Field(max_length=MAX_FILE)


class ArtifactsRequest(BaseModel):
    """A spec to emit from, or files (an engine's, in direct mode) to check.

    With `second` the parts of the files that had errors are replaced by the engine's second answer, where that leaves
    fewer errors; else the files stay as they are.
    """

    spec: dict[str, Any] | None = None
    files: list[SubmittedFile] | None = Field(None, max_length=100)
    data_model: DataModel | None = None
    artifacts: list[str] | None = Field(None, max_length=50)
    framework: str = Field(min_length=1, max_length=100)
    language: Language = "ko"
    strictness: Literal["strict", "relaxed"] = "relaxed"
    second: SecondAnswer | None = None
    options: EmissionOptions = EmissionOptions()


class AppliedFix(BaseModel):
    rule: str
    message: str
    line: int | None = None


class FoundDiagnostic(BaseModel):
    severity: Literal["error", "warning", "info"]
    rule: str
    message: str
    line: int | None = None


class Artifact(BaseModel):
    """A file. `sha256` and `size` are of `content` in UTF-8, byte order mark and line ends included."""

    path: str
    kind: str
    language: str
    sha256: str
    size: int
    content: str
    fixes: list[AppliedFix] = Field(default_factory=list)
    diagnostics: list[FoundDiagnostic] = Field(default_factory=list)


class Warned(BaseModel):
    code: str
    message: str


class ArtifactsResponse(BaseModel):
    spec: ScreenSpec | None
    artifacts: list[Artifact]
    fixes: list[AppliedFix] = Field(default_factory=list)
    diagnostics: list[FoundDiagnostic] = Field(default_factory=list)
    warnings: list[Warned] = Field(default_factory=list)
    failing: Failing | None = None
