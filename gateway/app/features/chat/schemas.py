"""The wire models of turns, of single answers, and of what a socket's client sends (R3.4, R3.7)."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from ...core.wire_fields import ClientId, Content, MaxTokens, Name, Plain, StrictModel, SystemPrompt, Temperature


class TurnRequest(StrictModel):
    """What is not given is the session's. The same `client_id` twice is one turn."""

    message: Content
    client_id: ClientId | None = None
    model: Name | None = None
    temperature: Temperature | None = None
    max_tokens: MaxTokens | None = None


class TurnResponse(BaseModel):
    user_message: dict[str, Any]
    message: dict[str, Any]


class TurnAccepted(BaseModel):
    generation_id: str
    user_message_id: str | None
    message_id: str
    turn: int


class GenerateRequest(StrictModel):
    prompt: Content
    model: Name | None = None
    system_prompt: SystemPrompt = ""
    temperature: Temperature = 0.7
    max_tokens: MaxTokens = 512
    use_knowledge: bool = False


class GenerateResponse(BaseModel):
    """`usage` as OpenAI counts it; `processing_ms` from the request to the last word."""

    generation_id: str
    text: str
    model: str | None
    model_version: str | None
    engine: str | None
    degraded: bool
    usage: dict[str, int]
    processing_ms: float | None
    warnings: list[dict[str, Any]]


class ModelResponse(BaseModel):
    model_config = ConfigDict(extra="allow")

    id: str
    kind: str
    model: str | None
    model_class: str | None
    context_window: int | None
    max_output_tokens: int | None
    state: str
    builtin: bool


class ModelListResponse(BaseModel):
    default: str | None
    models: list[ModelResponse]


class _Frame(BaseModel):
    model_config = ConfigDict(extra="ignore")


class ChatMessageFrame(_Frame):
    type: Literal["chat_message"]
    message: Content
    client_id: ClientId | None = None
    model: Name | None = None
    temperature: Temperature | None = None
    max_tokens: MaxTokens | None = None


class CancelFrame(_Frame):
    type: Literal["cancel"]
    generation_id: Name | None = None


class AnswerFrame(_Frame):
    type: Literal["answer"]
    question_id: Name
    value: Annotated[Plain, Field(min_length=1, max_length=2_000)]
    generation_id: Name | None = None


class TypingFrame(_Frame):
    type: Literal["typing"]
    typing: bool = True


class PingFrame(_Frame):
    type: Literal["ping"]
    id: Annotated[str, Field(max_length=100)] | int | None = None


ClientFrame = Annotated[
    ChatMessageFrame | CancelFrame | AnswerFrame | TypingFrame | PingFrame, Field(discriminator="type")
]
CLIENT_FRAME: TypeAdapter[ClientFrame] = TypeAdapter(ClientFrame)
