"""The wire models of sessions (R3.2, R3.3)."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ...core.wire_fields import (
    Content,
    Document,
    MaxTokens,
    Name,
    OptionalTitle,
    PastMoment,
    StrictModel,
    SystemPrompt,
    Temperature,
    Title,
)

MAX_MESSAGES = 10_000
FORMAT = "framewright-session"
VERSION = 1
DEFAULT_TEMPERATURE = 0.7
DEFAULT_MAX_TOKENS = 512
Kind = Literal["chat", "studio"]


class SessionCreateRequest(StrictModel):
    title: Title | None = None
    kind: Kind = "chat"
    model: Name | None = None
    temperature: Temperature = DEFAULT_TEMPERATURE
    max_tokens: MaxTokens = DEFAULT_MAX_TOKENS
    system_prompt: SystemPrompt = ""
    use_knowledge: bool = False
    framework: Name | None = None


class SessionUpdateRequest(StrictModel):
    """Only what is given changes; `model` and `framework` go back to the default by null."""

    title: Title | None = None
    model: Name | None = None
    temperature: Temperature | None = None
    max_tokens: MaxTokens | None = None
    system_prompt: SystemPrompt | None = None
    use_knowledge: bool | None = None
    framework: Name | None = None


class SessionResponse(BaseModel):
    """`running`: the generation under way; `last_seq`: the number of the last frame of its socket."""

    id: str
    kind: Kind
    title: str
    model: str | None
    temperature: float
    max_tokens: int
    system_prompt: str
    use_knowledge: bool
    framework: str | None
    created_at: datetime
    updated_at: datetime
    last_message_at: datetime | None
    message_count: int
    last_message: str | None
    running: str | None
    last_seq: int


class SessionListResponse(BaseModel):
    items: list[SessionResponse]
    next_cursor: str | None = Field(None, description="For the page that follows; null at the end.")


class RecentResponse(BaseModel):
    items: list[SessionResponse]


class FoundMessage(BaseModel):
    id: str
    role: str
    created_at: datetime


class SearchHit(BaseModel):
    """`highlights`: where the words stand in the snippet, as start and length."""

    session: SessionResponse
    matched: Literal["title", "message"]
    message: FoundMessage | None
    snippet: str
    highlights: list[tuple[int, int]]


class SearchResponse(BaseModel):
    items: list[SearchHit]
    next_cursor: str | None = None


class ExportedSession(StrictModel):
    title: OptionalTitle = ""
    kind: Kind = "chat"
    model: Name | None = None
    temperature: Temperature = DEFAULT_TEMPERATURE
    max_tokens: MaxTokens = DEFAULT_MAX_TOKENS
    system_prompt: SystemPrompt = ""
    use_knowledge: bool = False
    framework: Name | None = None
    created_at: datetime | None = None


class ExportedMessage(StrictModel):
    """What made a message goes with it (R3.3)."""

    role: Literal["user", "assistant", "system"]
    content: Content
    created_at: PastMoment | None = None
    status: Literal["complete", "failed", "cancelled"] = "complete"
    tokens: Annotated[int, Field(ge=0, le=10_000_000)] | None = None
    processing_ms: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    model: Name | None = None
    model_version: Name | None = None
    engine: Name | None = None
    template: Document | None = None
    parameters: Document | None = None


class ExportDocument(StrictModel):
    """An export, as `GET /api/sessions/{id}/export` gives it."""

    format: Literal["framewright-session"] = "framewright-session"
    version: Literal[1] = 1
    exported_at: datetime | None = None
    session: ExportedSession
    messages: list[ExportedMessage] = Field(default=[], max_length=MAX_MESSAGES)


class ImportResponse(BaseModel):
    session: SessionResponse
    messages: int


class MessageResponse(BaseModel):
    """A message with what made it; `context.dropped`: earlier messages that the window had no room for."""

    model_config = ConfigDict(extra="allow")

    id: str
    session_id: str
    turn: int
    role: Literal["user", "assistant", "system"]
    author: str
    content: str
    status: Literal["complete", "streaming", "failed", "cancelled"]
    created_at: datetime
    completed_at: datetime | None
    edited_at: datetime | None
    tokens: int | None
    processing_ms: float | None
    generation_id: str | None
    client_id: str | None
    model: str | None
    model_version: str | None
    engine: str | None
    degraded: bool
    template: dict[str, Any] | None
    parameters: dict[str, Any] | None
    context: dict[str, int] | None
    citations: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    problem: dict[str, Any] | None


class MessageListResponse(BaseModel):
    """The newest page, oldest first within it; `next_cursor` leads to older ones."""

    items: list[MessageResponse]
    next_cursor: str | None = None


class MessageUpdateRequest(StrictModel):
    content: Content


class DeletedResponse(BaseModel):
    deleted: int
