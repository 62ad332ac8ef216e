"""Prompt assembly on the wire."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from screenspec.data_model import DataModel
from screenspec.spec import Pattern, ScreenId

from ...core.entries import Language
from ...core.settings import ModelClass

Task = Literal["spec", "direct", "answer", "modify", "chat", "plan", "patch"]
EditFormat = Literal["search_replace", "whole"]


class PromptScreen(BaseModel):
    id: ScreenId
    title: str


class PromptHit(BaseModel):
    id: str
    title: str = ""
    kind: str = ""
    text: str = ""
    score: float = 0.0
    source: str | None = None


class PromptTurn(BaseModel):
    role: Literal["user", "assistant"]
    content: str


class PromptSnippet(BaseModel):
    """Lines of a file that a plan or patch is about, from 1, both within."""

    path: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    language: str = "text"
    first_line: int = Field(ge=1)
    last_line: int = Field(ge=1)
    text: str


class PinnedTemplate(BaseModel):
    """A template's version for one request; without `content`: the pack's own."""

    id: str
    framework: str
    task: str
    version: str
    content: str | None = None


class PromptRequest(BaseModel):
    task: Task
    prompt: Annotated[str, StringConstraints(min_length=1, max_length=100_000)]
    language: Language = "ko"
    framework: str | None = None
    pattern: Pattern | None = None
    screen: PromptScreen | None = None
    data_model: DataModel | None = None
    hits: list[PromptHit] | None = None
    artifacts: list[str] | None = None
    model_class: ModelClass | None = None
    context_window: int = Field(4096, ge=256, le=10_000_000)
    observed_tokens_ratio: float = Field(1.0, ge=1, le=100)
    """How many tokens the engine counted for each of our estimate, where it refused an earlier prompt as too long."""
    max_output_tokens: int = Field(1024, ge=1, le=1_000_000)
    history: list[PromptTurn] = Field(default_factory=list)
    base_spec: dict[str, Any] | None = None
    retry_reason: str | None = None
    examples: int | None = Field(None, ge=0, le=20)
    """The most examples that the prompt carries, the whole screen among them; all that fit where null."""
    snippets: list[PromptSnippet] = Field(default_factory=list)
    """Of tasks `plan` and `patch`: the code that the prompt is about; cut from the last one on."""
    steps: list[str] = Field(default_factory=list)
    """Of task `patch`: what was planned."""
    templates: list[PinnedTemplate] = Field(default_factory=list, max_length=20)
    """In place of the versions in production: what evaluations and experiments try."""
    template: PinnedTemplate | None = None
    """The template to use whatever else would fit better: somebody tries it out."""
    edit_format: EditFormat = "search_replace"
    """Of task `patch`: how edits are written; small models do better with whole snippets."""


class PromptMessage(BaseModel):
    role: Literal["system", "user", "assistant"]
    content: str


class PromptArtifact(BaseModel):
    kind: str
    path: str
    language: str


class PromptTemplate(BaseModel):
    id: str
    version: str
    source: str


class PromptCut(BaseModel):
    section: str
    dropped: int


class PromptWarning(BaseModel):
    code: str
    message: str


class PromptResponse(BaseModel):
    messages: list[PromptMessage]
    artifacts: list[PromptArtifact]
    templates: list[PromptTemplate]
    tokens: dict[str, int] = Field(description="By section, then `total` and `limit`; estimates on the safe side.")
    cut: list[PromptCut]
    response_schema: dict[str, Any] | None
    hits_used: list[str]
    warnings: list[PromptWarning]
