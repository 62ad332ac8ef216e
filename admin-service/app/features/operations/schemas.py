"""The dashboard on the wire."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from ...core.fields import Response


class DependencyState(Response):
    name: str
    ok: bool
    state: str
    required: bool


class ServiceStateResponse(Response):
    name: str
    state: Literal["ready", "unready", "unreachable"]
    ms: float | None = Field(description="How long its answer took")
    dependencies: list[DependencyState]


class EngineStateResponse(Response):
    id: str
    name: str
    kind: str
    model: str
    state: str
    detail: str
    running: int
    waiting: int
    max_concurrency: int | None


class HealthResponse(Response):
    at: datetime
    services: list[ServiceStateResponse]
    engines: list[EngineStateResponse] | None = Field(description="Null: llm-proxy could not be asked")
    default_engine: str | None


class MeasuredResponse(Response):
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


class BucketResponse(MeasuredResponse):
    at: datetime


class MeasuredEngineResponse(MeasuredResponse):
    engine: str


class OpenResponse(Response):
    running: int
    waiting: int
    queued: int


class MeasuresResponse(Response):
    since: datetime
    until: datetime
    step_s: int
    series: list[BucketResponse]
    total: MeasuredResponse
    engines: list[MeasuredEngineResponse]
    open: OpenResponse
