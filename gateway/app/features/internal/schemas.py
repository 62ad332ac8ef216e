"""The wire models for the other services."""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class GenerationLogLine(BaseModel):
    id: str
    created_at: datetime
    user_id: str
    prompt: str
    kind: str | None = None
    status: str
    framework: str | None = None
    engine: str | None = None
    engine_model: str | None = None
    degraded: bool
    duration_ms: float | None = None


class GenerationLogResponse(BaseModel):
    items: list[GenerationLogLine]
    next_cursor: str | None = None


class EventRecord(BaseModel):
    model_config = ConfigDict(extra="allow")

    seq: int
    type: str
    at: str


class GenerationRecord(BaseModel):
    """Everything that was kept; `retrieval` is the search's trace, `prompts` are as sent, `raw_answers` as received."""

    id: str
    created_at: datetime
    ended_at: datetime | None = None
    user_id: str
    role: str
    channel: str
    session_id: str | None = None
    base_generation_id: str | None = None
    prompt: str
    request: dict[str, Any]
    mode: str
    model: str | None = None
    framework: str | None = None
    status: str
    kind: str | None = None
    intent: dict[str, Any] | None = None
    data_model: dict[str, Any] | None = None
    knowledge: list[dict[str, Any]] | None = None
    retrieval: dict[str, Any] | None = None
    prompts: list[dict[str, Any]] | None = None
    raw_answers: list[dict[str, Any]] | None = None
    spec: dict[str, Any] | None = None
    spec_version: int
    fixes: list[dict[str, Any]] | None = None
    diagnostics: list[dict[str, Any]] | None = None
    artifacts: list[dict[str, Any]] | None = None
    answer: str | None = None
    citations: list[dict[str, Any]] | None = None
    timings: dict[str, Any] | None = None
    usage: dict[str, Any] | None = None
    engine: str | None = None
    engine_model: str | None = None
    degraded: bool
    warnings: list[dict[str, Any]] | None = None
    problem: dict[str, Any] | None = None
    duration_ms: float | None = None
    feedback: dict[str, Any] | None = None
    stages: list[EventRecord] = []
    events: list[EventRecord] = []


class EvaluationRun(BaseModel):
    """An evaluation that is to be worked on; `models` are refused where nobody knows them."""

    evaluation_id: str = Field(min_length=1, max_length=64)
    models: list[str] = Field(max_length=20)


class Outcome(BaseModel):
    """Of a screen in an experiment. `unit`: a hash of who stays with the arm.

    `accepted`: code was sent back, and `edit_ratio` says how far it is from the first emission, 0 to 1.
    """

    generation_id: str
    arm: str
    unit: str
    status: str
    degraded: bool
    duration_ms: float | None = None
    rating: int | None = None
    accepted: bool
    edit_ratio: float | None = None


class OutcomesResponse(BaseModel):
    items: list[Outcome]


class Measured(BaseModel):
    """Times are of completed generations, in milliseconds; null where there is none."""

    generations: int
    completed: int
    failed: int
    cancelled: int
    degraded: int
    prompt_tokens: int
    completion_tokens: int
    p50_ms: float | None
    p95_ms: float | None
    engine_p50_ms: float | None


class MeasuredBucket(Measured):
    at: datetime


class MeasuredEngine(Measured):
    engine: str


class OpenGenerations(BaseModel):
    running: int
    waiting: int
    queued: int


class MeasuresResponse(BaseModel):
    """Buckets begin at `since` and are `step_s` long; those without a generation are there, with zeros."""

    since: datetime
    until: datetime
    step_s: int
    series: list[MeasuredBucket]
    total: Measured
    engines: list[MeasuredEngine]
    open: OpenGenerations


class UsageReportLine(BaseModel):
    """`engine` and `model` are empty where no engine was asked; `engine_ms` is the time that engines took."""

    day: date
    user_id: str
    engine: str
    model: str
    generations: int
    completed: int
    failed: int
    degraded: int
    prompt_tokens: int
    completion_tokens: int
    engine_ms: float


class UsageReportResponse(BaseModel):
    first: date
    last: date
    lines: list[UsageReportLine]
    truncated: bool
