"""Wire models of `POST /v1/plans`."""

from typing import Literal

from pydantic import BaseModel, Field

from screenspec.spec import Language

from ..patches.schemas import MAX_FILES, BaseFile


class PlanRequest(BaseModel):
    """The files that an intent is about. `answer` is an engine's plan as it wrote it; without one, rules alone plan."""

    intent: str = Field(min_length=1, max_length=20_000)
    files: list[BaseFile] = Field(min_length=1, max_length=MAX_FILES)
    answer: str | None = Field(None, max_length=100_000)
    finish_reason: str | None = Field(None, max_length=100)
    max_characters: int = Field(1_200, ge=100, le=100_000)
    language: Language = "ko"


class PlanTarget(BaseModel):
    """Lines from 1, both within. `symbol` is empty where no definition holds the lines."""

    path: str
    symbol: str
    first_line: int
    last_line: int


class PlanSnippet(PlanTarget):
    language: str
    text: str


class PlanFile(BaseModel):
    path: str
    language: str
    sha256: str
    lines: int
    symbols: list[str]


class PlanResponse(BaseModel):
    """`source` is `engine` where the engine's answer could be read; `truncated`: it was closed by us."""

    steps: list[str]
    targets: list[PlanTarget]
    snippets: list[PlanSnippet]
    files: list[PlanFile]
    source: Literal["engine", "rules"]
    truncated: bool
