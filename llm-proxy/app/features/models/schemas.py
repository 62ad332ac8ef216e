"""Answers about engines and models."""

from typing import Literal

from pydantic import BaseModel

from ...engines.protocol import EngineState
from ...engines.settings import Capability, EngineKind, ModelClass


class EngineResponse(BaseModel):
    """An engine and its state. `context_window` and `max_output_tokens` are tokens of one request."""

    id: str
    name: str
    kind: EngineKind
    model: str
    model_class: ModelClass
    context_window: int
    max_output_tokens: int
    state: EngineState
    detail: str
    builtin: bool
    fallbacks: list[str]
    aliases: list[str]
    capabilities: list[Capability]
    weight: float
    max_concurrency: int | None
    running: int
    waiting: int


class EnginesResponse(BaseModel):
    default: str
    engines: list[EngineResponse]


class ModelExtension(BaseModel):
    engine: str
    model: str
    state: EngineState


class ModelResponse(BaseModel):
    """OpenAI's model card."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str
    framewright: ModelExtension


class ModelsResponse(BaseModel):
    object: Literal["list"] = "list"
    data: list[ModelResponse]
