"""LoRA adapters on the wire."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from ...core.fields import Line, OptionalLine, Request, Response

AdapterName = Annotated[str, StringConstraints(pattern=r"^[\w.-]{1,100}$")]
AdapterVersion = Annotated[str, StringConstraints(pattern=r"^[\w.-]{0,40}$")]
Share = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]


class AdapterCreateRequest(Request):
    name: AdapterName
    version: AdapterVersion = ""
    path: Line = Field(description="Where the engine's server finds it; a version has a path of its own")
    note: OptionalLine = Field("", description="What it was trained on")


class AdapterSharesRequest(Request):
    """Shares of the calls by full name; what they leave of 1 is the base model's."""

    shares: dict[str, Share]


class AdapterResponse(Response):
    name: str = Field(description="`adapter@version`")
    path: str
    note: str
    registered: bool
    loaded: bool
    share: float
    created_by: str | None
    created_at: datetime | None
    figures: dict[str, Any] | None = Field(description="Of the last 30 days, as the gateway counts them")


class AdapterComparison(Response):
    """Against the base model on the adapter's days: the difference of the accepted rates with its 95 % interval."""

    name: str
    accepted: float
    base_accepted: float
    difference: float
    low: float
    high: float
    verdict: Literal["better", "worse", "not_sure", "too_few"]


class AdaptersResponse(Response):
    engine: str
    model: str
    supported: bool = Field(description="Whether the engine's server takes adapters")
    reachable: bool
    base_share: float
    base_figures: dict[str, Any] | None = Field(description="Of the last 30 days")
    adapters: list[AdapterResponse]
    comparisons: list[AdapterComparison]
