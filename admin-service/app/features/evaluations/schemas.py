"""Evaluations on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from ...core.fields import Line, OptionalLine, Prose, Request, Response, Slug

Price = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)] | None
Mode = Literal["spec", "direct", "auto"]
TemplateId = Annotated[str, Field(pattern=r"^[a-z0-9._-]{1,63}/[a-z0-9._-]{1,63}$")]
Status = Literal["queued", "running", "completed", "cancelled", "interrupted"]
CaseId = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,100}$")]


class ComparedValues(Request):
    """Values of a model's profile, in place of those in force; what is not given stays as it is."""

    threshold: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None
    hits: Annotated[int, Field(ge=1, le=20)] | None = None
    examples: Annotated[int, Field(ge=0, le=3)] | None = None
    repair_budget: Annotated[int, Field(ge=0, le=3)] | None = None


class Variant(Request):
    """One column of the comparison. `templates`: versions by template; 0 is the pack's own."""

    name: OptionalLine = ""
    engine: Line
    mode: Mode = "spec"
    templates: dict[TemplateId, Annotated[int, Field(ge=0, le=1_000_000)]] = Field(default={}, max_length=20)
    values: ComparedValues = Field(ComparedValues(), description="Values of the engine's model, for this variant alone")
    gpus: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] | None = Field(
        None,
        description="GPUs that the engine holds: GPU seconds are its time × this. One unless given, none of `builtin`",
    )
    input_per_million: Price = Field(None, description="Prices are the settings' of the engine unless given")
    output_per_million: Price = None
    gpu_hour: Price = None


class OwnCase(Request):
    """A case of one's own; its members mean what they mean in a pack's `golden/` (README there)."""

    id: CaseId
    language: Literal["ko", "en"] = "ko"
    prompt: Prose
    pattern: OptionalLine = ""
    entities: list[Line] = Field(default=[], max_length=20)
    fields: Annotated[str, Field(max_length=5000)] = ""
    whole: bool = False
    actions: list[Slug] = Field(default=[], max_length=20)
    transactions: list[Slug] = Field(default=[], max_length=20)
    options: list[Slug] = Field(default=[], max_length=20)
    files: list[Line] = Field(default=[], max_length=20)
    accepted_files: dict[Line, Annotated[str, Field(max_length=1_000_000)]] = Field(default={}, max_length=20)


class JudgeRequest(Request):
    engine: Line


class EvaluationRequest(Request):
    """What is compared. Without `cases` and `own_cases`: all golden cases of the framework that the filters leave."""

    name: OptionalLine = ""
    framework: Slug | None = None
    variants: list[Variant] = Field(min_length=1, max_length=20)
    reference: int = Field(0, ge=0, description="The variant that is 100")
    cases: list[CaseId] = Field(default=[], max_length=2000, description="Golden cases by id")
    patterns: list[Slug] = Field(default=[], max_length=20)
    languages: list[Literal["ko", "en"]] = Field(default=[], max_length=2)
    limit: int | None = Field(None, ge=1, description="So many cases at most, spread over the patterns")
    own_cases: list[OwnCase] = Field(default=[], max_length=500)
    repeats: int = Field(1, ge=1, le=20)
    concurrency: int = Field(1, ge=1, le=16, description="Generations at a time")
    judge: JudgeRequest | None = None


class IntervalResponse(Response):
    """A mean of `n` cases with its 95 % interval; null bounds: of fewer than 5 cases there is none."""

    mean: float
    low: float | None
    high: float | None
    n: int


class ComparisonRow(Response):
    """A variant. Shares are 0 to 1, `score` 0 to 100, `relative` to the reference's 100; intervals are of 95 %.

    Times, tokens, GPU seconds and cost are of the engine's own answers.
    """

    variant: int
    name: str
    cases: int
    results: int
    failed: int = Field(description="Another engine, or nobody, answered: no merit of this one")
    score: IntervalResponse | None
    relative: IntervalResponse | None
    difference: IntervalResponse | None = Field(description="Points of the score, this minus the reference")
    judged: IntervalResponse | None
    valid_before: IntervalResponse | None
    valid_after: IntervalResponse | None
    expectations: IntervalResponse | None
    recall: IntervalResponse | None
    precision: IntervalResponse | None
    distance: IntervalResponse | None
    prompt_tokens_mean: float | None
    completion_tokens_mean: float | None
    duration_ms_mean: float | None
    duration_ms_p50: float | None
    duration_ms_p95: float | None
    gpu_s_mean: float | None
    gpu_s_total: float
    cost_mean: float | None
    cost_total: float


class EvaluationLine(Response):
    id: str
    name: str
    framework: str
    status: Status
    variants: list[dict[str, Any]]
    repeats: int
    reference: int
    total: int
    done: int
    created_by: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class EvaluationListResponse(Response):
    items: list[EvaluationLine]
    next_cursor: str | None


class EvaluationResponse(EvaluationLine):
    pack: dict[str, Any]
    scoring_version: str
    judge: dict[str, Any] | None
    concurrency: int
    case_ids: list[str]
    comparison: list[ComparisonRow]


class ItemResponse(Response):
    number: int
    variant: int
    case_id: str
    repeat: int
    generation_id: str | None
    measures: dict[str, Any] | None
    judgement: dict[str, Any] | None


class CaseResponse(Response):
    """A case and what every variant made of it."""

    case: dict[str, Any]
    items: list[ItemResponse]


class CaseLine(Response):
    id: str
    language: str
    pattern: str
    prompt: str
    scores: list[float | None] = Field(description="By variant; null where none is done yet")


class CaseListResponse(Response):
    items: list[CaseLine]


class GoldenResponse(Response):
    """The golden cases that an evaluation of this framework would take."""

    framework: str
    version: str
    hash: str
    cases: list[CaseLine]


class BeginRequest(Request):
    runner: Line


class BeginResponse(Response):
    status: Status
    total: int
    done: int
    concurrency: int


class NextRequest(Request):
    runner: Line
    limit: int = Field(1, ge=1, le=64)


class PinnedTemplate(Response):
    """A template's version for this one request; `content` null: the pack's own."""

    id: str
    framework: str
    task: str
    version: str
    content: str | None


class NextItem(Response):
    number: int
    generation_id: str | None = Field(
        description="The item is generated and lacks its judgement alone: this generation's record is to be given again"
    )
    prompt: str
    framework: str
    engine: str
    mode: str
    templates: list[PinnedTemplate]
    values: dict[str, float | int]
    request: dict[str, Any]


class NextResponse(Response):
    status: Status
    items: list[NextItem]


class ResultRequest(Request):
    """A generation's record, as the gateway keeps it; nothing of it is kept but what is measured.

    `engine_share` of the record: the part of the engine's time that is this generation's, where others ran beside it.
    """

    runner: Line
    generation_id: str | None = Field(None, max_length=100)
    record: dict[str, Any]


class JudgeQuestion(Response):
    engine: str
    messages: list[dict[str, str]]


class ResultResponse(Response):
    judge: JudgeQuestion | None


class InterruptRequest(Request):
    runner: Line


class JudgementRequest(Request):
    runner: Line
    text: Annotated[str, Field(max_length=100_000)]
