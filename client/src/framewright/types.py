"""The documents that the mesh answers with, as far as this client names them (all members: the gateway's OpenAPI)."""

from typing import Any, NotRequired, TypedDict


class Artifact(TypedDict):
    """A file without its content."""

    path: str
    language: str
    sha256: str
    size: int
    fixes: list[dict[str, Any]]
    diagnostics: list[dict[str, Any]]


class GenerationResult(TypedDict):
    """The result so far; `timings` are milliseconds by stage, and `total`."""

    generation_id: str
    status: str
    prompt: str
    framework: str | None
    intent: dict[str, Any] | None
    artifacts: list[Artifact]
    answer: str | None
    timings: dict[str, float]
    usage: dict[str, int]
    engine: str | None
    degraded: bool
    warnings: list[dict[str, Any]]
    problem: dict[str, Any] | None


class GenerationLine(TypedDict):
    """A line of a list."""

    id: str
    created_at: str
    prompt: str
    kind: str | None
    status: str
    framework: str | None
    engine: str | None
    degraded: bool
    duration_ms: float | None


class GenerationPage(TypedDict):
    """`next_cursor` leads to the page that follows; null at the end."""

    items: list[GenerationLine]
    next_cursor: str | None


class SearchHit(TypedDict):
    id: str
    title: str
    kind: str
    text: str
    score: float
    dense: float | None
    sparse: float | None


class SearchResult(TypedDict):
    hits: list[SearchHit]
    warnings: list[dict[str, Any]]


class Session(TypedDict):
    """`running`: the generation under way."""

    id: str
    kind: str
    title: str
    model: str | None
    temperature: float
    max_tokens: int
    system_prompt: str
    created_at: str
    updated_at: str
    message_count: int
    last_message: str | None
    running: str | None


class SessionPage(TypedDict):
    items: list[Session]
    next_cursor: str | None


class Message(TypedDict):
    """`context`: how much of the window was used, and how many earlier messages it had no room for."""

    id: str
    session_id: str
    role: str
    author: str
    content: str
    status: str
    created_at: str
    tokens: int | None
    processing_ms: float | None
    engine: str | None
    degraded: bool
    context: dict[str, int] | None
    citations: list[dict[str, Any]]


class MessagePage(TypedDict):
    """The newest page, oldest first within it; `next_cursor` leads to older ones."""

    items: list[Message]
    next_cursor: str | None


class RepositoryProgress(TypedDict):
    """Files and chunks of the latest run; `eta_s`: seconds that it will still take, as far as that is known."""

    files: int
    files_done: int
    chunks: int
    embedded: int
    unchanged: int
    deleted: int
    skipped: dict[str, int]
    eta_s: float | None


class Repository(TypedDict):
    id: str
    name: str
    branch: str
    source: str
    state: str
    message: str
    indexed_at: str | None
    progress: RepositoryProgress


class Account(TypedDict):
    """Who the credential belongs to."""

    id: str
    role: str
    email: NotRequired[str]
    name: NotRequired[str | None]
