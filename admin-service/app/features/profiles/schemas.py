"""Profiles of models on the wire."""

from typing import Annotated, Any, Literal

from pydantic import Field

from ...core.fields import Line, Request, Response

Mode = Literal["spec", "direct", "auto"]
EditFormat = Literal["search_replace", "whole"]
Origin = Literal["manual", "measured", "preset", "class", "default"]
Name = Literal["mode", "edit_format", "threshold", "hits", "examples", "repair_budget"]
Threshold = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]


class Text(Response):
    ko: str
    en: str


class ProfileValue(Response):
    """A value in force, and why it holds."""

    name: Name
    value: str | float | int | None = Field(description="Null: by the request and the model's class")
    origin: Origin
    reason: Text
    preset: str | float | int | None = Field(None, description="What holds where nobody sets another")


class ProfileSuggestion(Response):
    name: Name
    value: str | float | int
    reason: Text
    evaluation_id: str | None = Field(description="The evaluation that says so; null: figures of daily use")


class EvaluatedFigures(Response):
    """Of the newest evaluation with the model's engine in the values that are in force."""

    evaluation_id: str
    name: str
    variant: str
    cases: int
    score: float
    failed: int
    unusable: dict[str, Any]
    mended: dict[str, Any]
    p95_ms: float | None


class PresetSource(Text):
    """What a page says of the model. `checked`: it was read; else it is named for the reader to check."""

    url: str
    checked: bool


class ProfilePreset(Response):
    """What public pages say of a model. Its values are judgements that we drew from that; none was measured."""

    model: str
    model_class: str
    context_window: int
    quirks: Text
    sources: list[PresetSource]


class ModelProfileResponse(Response):
    model: str
    engines: list[str]
    values: list[ProfileValue]
    preset: ProfilePreset | None
    figures: list[dict[str, Any]] = Field(description="Of daily use, by adapter; as the gateway counts them")
    evaluated: EvaluatedFigures | None
    suggestions: list[ProfileSuggestion]
    version: int


class ModelProfileListResponse(Response):
    items: list[ModelProfileResponse]
    figures_days: int
    figures_known: bool = Field(description="False while the gateway can't say")


class ProfileValues(Request):
    """Only what is given changes; null goes back to the preset."""

    mode: Mode | None = None
    edit_format: EditFormat | None = None
    threshold: Threshold | None = None
    hits: Annotated[int, Field(ge=1, le=20)] | None = None
    examples: Annotated[int, Field(ge=0, le=3)] | None = None
    repair_budget: Annotated[int, Field(ge=0, le=3)] | None = None


class ModelProfileUpdateRequest(Request):
    model: Line
    values: ProfileValues
    reason: Annotated[str, Field(max_length=300)] = ""


class SuggestionRequest(Request):
    """Takes over what the figures suggest."""

    model: Line
    names: Annotated[list[Name], Field(min_length=1, max_length=6)]


class InternalProfilesResponse(Response):
    """`presets` by how a normalised model's name begins, `profiles` by the normalised name: these win."""

    revision: str
    presets: dict[str, dict[str, Any]]
    profiles: dict[str, dict[str, Any]]
