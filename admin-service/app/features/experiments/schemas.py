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
    planned_units: Annotated[int, Field(ge=5, le=10_000)] = Field(
        20, description="So many users (or sessions) in each arm; whether arms differ is said from there on"
    )


class ArmOutcome(Response):
    """Of an arm's screens. A unit is a user, or a session, by `sticky`.

    p-values are two-sided, against the control: permutation tests over units, adjusted for all tests of all arms
    (Holm). They are there once every arm has its planned units, and take the screens up to then.
    """

    name: str
    units: int
    missing_units: int = Field(description="So many more are planned")
    generations: int
    failed: int
    degraded: int
    accepted: int
    accepted_rate: float | None = Field(description="Of all screens")
    unit_accepted_rate: float | None = Field(description="The mean of the units' own rates, which is what is tested")
    distance_mean: float | None = Field(description="The mean of the units' own means, 0 to 1")
    duration_ms_p50: float | None
    accepted_p: float | None
    distance_p: float | None
    significant: bool


class ExperimentResponse(Response):
    id: str
    name: str
    status: Literal["running", "ended"]
    sticky: str
    planned_units: int
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
