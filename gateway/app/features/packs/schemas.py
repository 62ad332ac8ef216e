"""Wire models of `POST /api/v1/packs/lint`."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class PackFile(BaseModel):
    """A file of the pack, by its path below the pack's folder."""

    model_config = ConfigDict(extra="forbid")

    path: Annotated[str, Field(min_length=1, max_length=200)]
    content: Annotated[str, Field(max_length=1_000_000)]


class PackLintRequest(BaseModel):
    """A framework pack as its files. `name` is its folder's."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,49}$")]
    files: Annotated[list[PackFile], Field(min_length=1, max_length=500)]
    language: Literal["ko", "en"] = "en"


class PackFinding(BaseModel):
    severity: Literal["error", "warning"]
    file: str
    message: str
    line: int | None = None


class PackLintResponse(BaseModel):
    """What was found, and how much was tried: files emitted, knowledge entries and prompt templates read."""

    findings: list[PackFinding]
    emitted: int
    entries: int
    templates: int
