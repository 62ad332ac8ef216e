"""The part of OpenAI's protocol that the model `framewright` reads; the rest goes to the proxy unread."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class ChatMessage(BaseModel):
    model_config = ConfigDict(extra="allow")

    role: str
    content: str | list[dict[str, Any]] | None = None

    def text(self) -> str:
        """The text of a message, its text parts joined."""
        if isinstance(self.content, list):
            return "\n".join(str(part.get("text", "")) for part in self.content if part.get("type") == "text")
        return self.content or ""


class StreamOptions(BaseModel):
    include_usage: bool | None = None


class ChatCompletionRequest(BaseModel):
    model_config = ConfigDict(extra="allow")

    model: str = Field("default", min_length=1, max_length=200)
    messages: list[ChatMessage] = Field(min_length=1)
    stream: bool | None = None
    stream_options: StreamOptions | None = None


class PipelineRequest(ChatCompletionRequest):
    """`framewright` gives one answer and calls no tools.

    Its prompt is the last message, which is the user's; the history are those of `user` and `assistant` before it. What
    an engine is told of its work comes from the templates alone: `system` and `developer` messages are not read.
    """

    n: Literal[1] | None = None
    tool_choice: Literal["none", "auto"] | None = None

    @property
    def wants_usage(self) -> bool:
        return self.stream_options is not None and bool(self.stream_options.include_usage)


class Model(BaseModel):
    model_config = ConfigDict(extra="allow")

    id: str
    object: str = "model"
    created: int = 0
    owned_by: str = "framewright"


class ModelList(BaseModel):
    object: str = "list"
    data: list[Model]


class ChatCompletion(BaseModel):
    """As OpenAI's; `framewright` carries the generation's id, engine and whether it is degraded."""

    model_config = ConfigDict(extra="allow")

    id: str
    object: str
    created: int
    model: str
    choices: list[dict[str, Any]]
    usage: dict[str, int] | None = None
    framewright: dict[str, Any] | None = None
