"""Requests of OpenAI's chat and text completions. Unknown members are kept: they are passed to the engine."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Stop = str | Annotated[list[str], Field(max_length=16)] | None
Role = Literal["system", "developer", "user", "assistant", "tool", "function"]


class SectionMember(BaseModel):
    """A message (counted from 0) that may be left out where the prompt is too long; the lowest priority goes first."""

    message: int = Field(ge=0)
    priority: float = 0.0


class Extension(BaseModel):
    """What Framewright's own clients may ask for beside OpenAI's members."""

    allow_fallback: bool = True
    """Whether another engine, last `builtin`, may answer where the one asked for can't."""
    session: str = Field("", max_length=200, description="Keeps to one of several engines with the same model.")
    max_time_s: float | None = Field(None, gt=0, le=3600, description="The answer ends after this time, as `length`.")
    stop_at_json: bool = Field(default=False, description="The answer ends with its first JSON object or array.")
    stop_think: bool = Field(default=False, description="The answer ends where the model starts to think again.")
    sections: list[SectionMember] = Field(default_factory=list, max_length=1000)


class Message(BaseModel):
    model_config = ConfigDict(extra="allow")

    role: Role
    content: str | list[dict[str, Any]] | None = None


class GenerationRequest(BaseModel):
    """Members that both protocols share."""

    model_config = ConfigDict(extra="allow")

    model: str = Field("default", description="An engine's id, a model's name, or `default`.")
    stream: bool = False
    stream_options: dict[str, Any] | None = Field(None, description="Accepted; usage is always sent.")
    max_tokens: int | None = Field(None, ge=1)
    temperature: float | None = Field(None, ge=0, le=2)
    top_p: float | None = Field(None, ge=0, le=1)
    n: int | None = Field(None, ge=1, le=16)
    stop: Stop = None
    seed: int | None = None
    presence_penalty: float | None = Field(None, ge=-2, le=2)
    frequency_penalty: float | None = Field(None, ge=-2, le=2)
    response_format: dict[str, Any] | None = None
    framewright: Extension = Field(default_factory=Extension)


class ChatCompletionRequest(GenerationRequest):
    messages: Annotated[list[Message], Field(min_length=1)]
    max_completion_tokens: int | None = Field(None, ge=1)


class CompletionRequest(GenerationRequest):
    prompt: str | list[str] | list[int] | list[list[int]]
