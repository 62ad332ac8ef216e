"""Wire models of `POST /v1/packs/lint`, as postprocess-service has them."""

from typing import Literal

from pydantic import BaseModel, Field

MAX_FILES = 500
MAX_CHARACTERS = 1_000_000


class PackFile(BaseModel):
    """A file of the pack, by its path below the pack's folder."""

    path: str = Field(min_length=1, max_length=200)
    content: str = Field(max_length=MAX_CHARACTERS)


class PackLintRequest(BaseModel):
    """A pack as its files. `name` is its folder's."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_-]{0,49}$")
    files: list[PackFile] = Field(min_length=1, max_length=MAX_FILES)
    language: Literal["ko", "en"] = "en"


class PackFinding(BaseModel):
    severity: Literal["error", "warning"]
    file: str
    message: str
    line: int | None = None


class PackLintResponse(BaseModel):
    """`entries` and `templates`: how many were read."""

    findings: list[PackFinding]
    entries: int
    templates: int
