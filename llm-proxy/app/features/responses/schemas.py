"""Requests of OpenAI's Responses API. Unknown members are kept: they are passed to the engine."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class ResponsesExtension(BaseModel):
    """What Framewright's own clients may ask for beside OpenAI's members."""

    allow_fallback: bool = True
    """Whether another engine that has the API may answer where the one asked for can't."""
    session: str = Field("", max_length=200, description="Keeps to one of several engines with the same model.")


class ResponsesRequest(BaseModel):
    model_config = ConfigDict(extra="allow")

    model: str = Field("default", description="As in a chat completion; the engine must have the API.")
    input: str | list[dict[str, Any]]
    instructions: str | None = None
    stream: bool = False
    max_output_tokens: int | None = Field(None, ge=1)
    temperature: float | None = Field(None, ge=0, le=2)
    top_p: float | None = Field(None, ge=0, le=1)
    background: Literal[False] | None = Field(None, description="Work that goes on without its caller is not offered.")
    framewright: ResponsesExtension = Field(default_factory=ResponsesExtension)
