"""The wire models of plans and patches (R4.1, R4.2)."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

MAX_INTENT = 2_000
MAX_CONTENT = 2_000_000
MAX_FILES = 50
FilePath = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Model = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SourceFile(Strict):
    """A file as the caller has it. `sha256`, of its bytes, is checked where it is given."""

    path: FilePath
    content: Annotated[str, Field(max_length=MAX_CONTENT)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    encoding: Annotated[str, Field(max_length=20, pattern=r"^[\w.-]+$")] = "utf-8"


class PlanOptions(Strict):
    """What is not set is as the operator set it: 16 tokens, 12 s, 1,200 characters."""

    model: Model | None = None
    max_new_tokens: Annotated[int, Field(ge=1, le=2_048)] | None = None
    max_time_s: Annotated[float, Field(gt=0, le=120)] | None = None
    context_characters: Annotated[int, Field(ge=100, le=20_000)] | None = None


class PlanRequest(Strict):
    """What is to be changed, and where: the code itself, or where it stands.

    `code_paste`, `files`, an earlier generation, an indexed repository, or the workspace. `paths` names the pasted
    code, picks out of a generation's files, or says which files of the repository or the workspace.
    """

    intent: Annotated[
        str, StringConstraints(min_length=1, max_length=MAX_INTENT, strip_whitespace=True, pattern=r"^[^\x00]*$")
    ]
    paths: Annotated[list[FilePath], Field(max_length=MAX_FILES)] = []
    code_paste: Annotated[str, Field(min_length=1, max_length=MAX_CONTENT)] | None = None
    files: Annotated[list[SourceFile], Field(max_length=MAX_FILES)] = []
    generation_id: Annotated[str, Field(max_length=36)] | None = None
    repository_id: Annotated[str, Field(pattern="^[0-9a-f]{16}$")] | None = None
    options: PlanOptions = PlanOptions()


class PatchWarning(BaseModel):
    code: str
    message: str


class PlannedTarget(BaseModel):
    """Lines from 1, both within; `symbol` is empty where no definition holds them."""

    path: str
    symbol: str = ""
    first_line: int
    last_line: int


class PlannedFile(BaseModel):
    path: str
    language: str
    sha256: str
    lines: int


class Plan(BaseModel):
    plan_id: str
    intent: str
    steps: list[str]
    targets: list[PlannedTarget]
    files: list[PlannedFile]
    source: Literal["engine", "rules"]


class PlanResponse(BaseModel):
    """`truncated`: the engine's plan was cut off by its token limit, and closed by us."""

    plan_id: str
    plan: Plan
    truncated: bool
    engine: str | None
    degraded: bool
    timings: dict[str, float]
    warnings: list[PatchWarning]


class PlanLine(BaseModel):
    plan_id: str
    created_at: datetime
    intent: str


class PlanListResponse(BaseModel):
    items: list[PlanLine]
    next_cursor: str | None


class GivenPlan(BaseModel):
    """A plan as `/plan` gave it; its id is all that is read."""

    model_config = ConfigDict(extra="allow")

    plan_id: Annotated[str, Field(min_length=1, max_length=36)]


class Feedback(Strict):
    """What was wrong with an earlier patch of the plan, and a hint how to do better."""

    hint: Annotated[str, Field(max_length=1_000)] = ""
    reason: Annotated[str, Field(max_length=2_000)] = ""


class PatchOptions(Strict):
    """What is not set is as the operator set it: 192 tokens, 25 s. `dry_run` writes nothing into the ledger."""

    model: Model | None = None
    max_new_tokens: Annotated[int, Field(ge=1, le=8_192)] | None = None
    max_time_s: Annotated[float, Field(gt=0, le=300)] | None = None
    edit_format: Literal["search_replace", "whole"] | None = None
    dry_run: bool = False


class PatchSmartRequest(Strict):
    plan: GivenPlan
    feedback: Feedback = Feedback()
    options: PatchOptions = PatchOptions()


class PatchFeedbackRequest(Strict):
    """What is given replaces what was said before."""

    rating: Annotated[int, Field(ge=1, le=5)] | None = None
    comment: Annotated[str, Field(max_length=10_000, pattern=r"^[^\x00]*$")] | None = None
    consent: bool | None = Field(None, description="Whether the patch may become training data.")


class PatchFeedbackResponse(PatchFeedbackRequest):
    patch_id: str
    at: datetime


class PatchRequest(Strict):
    """Edits of one's own, applied without an engine; their form is postprocess-service's `PatchEdit`."""

    files: Annotated[list[SourceFile], Field(max_length=MAX_FILES)] = []
    edits: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=500)]
    framework: Annotated[str, Field(max_length=100)] | None = None
    language: Literal["ko", "en"] = "ko"
    dry_run: bool = False


class FileChange(BaseModel):
    """`content` is null where the file goes, as when its making is rolled back."""

    path: str
    operation: Literal["create", "modify", "delete"]
    language: str = "text"
    encoding: str = "utf-8"
    base_sha256: str | None
    sha256: str | None
    content: str | None
    diff: str = ""
    checked: bool = True


class PatchResponse(BaseModel):
    """`ok` is false where the engine gave no edits; then `reason` says what it said instead."""

    ok: bool
    patch_id: str | None
    edits: list[dict[str, Any]]
    files: list[FileChange]
    applied_before: bool = False
    reason: str = ""
    engine: str | None = None
    degraded: bool = False
    attempts: int = 1
    timings: dict[str, float] = {}
    warnings: list[PatchWarning] = []


class PatchLine(BaseModel):
    patch_id: str
    plan_id: str | None
    created_at: datetime
    status: Literal["applied", "rolled_back"]
    intent: str
    engine: str | None
    paths: list[str]


class PatchListResponse(BaseModel):
    items: list[PatchLine]
    next_cursor: str | None


class PatchRecord(PatchResponse):
    status: Literal["applied", "rolled_back"]
    plan_id: str | None
    created_at: datetime


class RollbackResponse(BaseModel):
    """The files as they were before; what a client has to write to undo the patch."""

    patch_id: str
    status: Literal["rolled_back"]
    rolled_back_before: bool
    files: list[FileChange]
