"""Experiments on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from ...core.fields import Line, OptionalLine, Request, Response, Slug

TemplateId = Annotated[str, Field(pattern=r"^[a-z0-9._-]{1,63}/[a-z0-9._-]{1,63}$")]


class ArmRequest(Request):
    """Without engine and templates: what is in production."""

    name: Slug
    weight: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)] = 1.0
    engine: Line | None = None
    templates: dict[TemplateId, Annotated[int, Field(ge=0, le=1_000_000)]] = Field(default={}, max_length=20)


class ExperimentRequest(Request):
    name: OptionalLine = ""
    arms: list[ArmRequest] = Field(min_length=2, max_length=10, description="The first is the control")
    sticky: Literal["user", "session"] = Field("user", description="Who stays with an arm")


class ArmOutcome(Response):
    """Of an arm; p-values are two-sided, against the control (Fisher's exact test, Mann-Whitney's)."""

    name: str
    generations: int
    failed: int
    degraded: int
    accepted: int
    accepted_rate: float | None
    distance_mean: float | None
    duration_ms_p50: float | None
    accepted_p: float | None
    distance_p: float | None
    significant: bool


class ExperimentResponse(Response):
    id: str
    name: str
    status: Literal["running", "ended"]
    sticky: str
    arms: list[dict[str, Any]]
    created_by: str
    created_at: datetime
    ended_at: datetime | None


class ExperimentDetailResponse(ExperimentResponse):
    outcomes: list[ArmOutcome]


class ExperimentListResponse(Response):
    items: list[ExperimentResponse]
    next_cursor: str | None


class PublishedArm(Response):
    name: str
    weight: float
    engine: str | None
    templates: list[dict[str, Any]]


class PublishedExperiment(Response):
    id: str
    sticky: str
    arms: list[PublishedArm]


class InternalExperimentResponse(Response):
    experiment: PublishedExperiment | None
