"""Wire models of `POST /v1/packs/lint`."""

from typing import Literal

from pydantic import BaseModel, Field

from screenspec.spec import Language

MAX_FILES = 500
MAX_CHARACTERS = 1_000_000
Severity = Literal["error", "warning"]


class PackFile(BaseModel):
    """A file of the pack, by its path below the pack's folder."""

    path: str = Field(min_length=1, max_length=200)
    content: str = Field(max_length=MAX_CHARACTERS)


class PackLintRequest(BaseModel):
    """A pack as its files. `name` is its folder's."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,49}$")
    files: list[PackFile] = Field(min_length=1, max_length=MAX_FILES)
    language: Language = "en"


class PackFinding(BaseModel):
    severity: Severity
    file: str
    message: str
    line: int | None = None


class PackLintResponse(BaseModel):
    """`emitted`: how many files the pack's templates made of the sample screens; 0 where they could not be tried."""

    findings: list[PackFinding]
    emitted: int
