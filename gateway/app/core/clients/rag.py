"""rag-service: knowledge, and the prompt that is made with it."""

from typing import Any
from urllib.parse import quote

from pydantic import BaseModel

from chassis.tokens import ServiceTokens

from .forward import ForwardingClient
from .models import Warning_, parsed

LIMIT_S = 6.0
"""Embedding a query and searching take well under a second; the prompt and the search share 30 s with the intent."""


class Hit(BaseModel):
    """A piece of knowledge; scores are 0 to 1."""

    id: str
    title: str = ""
    kind: str = ""
    text: str = ""
    score: float = 0.0
    dense: float | None = None
    sparse: float | None = None
    source: str | None = None


class SearchAnswer(BaseModel):
    hits: list[Hit] = []
    threshold: float | None = None
    considered: int = 0
    warnings: list[Warning_] = []


class PromptArtifact(BaseModel):
    """A file to make."""

    kind: str
    path: str
    language: str = "text"


class PromptAnswer(BaseModel):
    messages: list[dict[str, Any]]
    artifacts: list[PromptArtifact] | None = None
    templates: list[dict[str, Any]] = []
    tokens: dict[str, Any] = {}
    cut: list[dict[str, Any]] = []
    response_schema: dict[str, Any] | None = None
    hits_used: list[str] = []
    warnings: list[Warning_] = []


class RepositoryState(BaseModel):
    """The part of a repository that says how far it is."""

    state: str
    message: str = ""


class RepositoryFile(BaseModel):
    """A file as it was indexed: `content` in `encoding` is its bytes."""

    path: str
    content: str
    encoding: str
    sha256: str


class KnowledgeReading(BaseModel):
    """What a framework pack's knowledge and prompts lack, and how many of each were read."""

    findings: list[dict[str, Any]] = []
    entries: int = 0
    templates: int = 0


class RagClient:
    def __init__(self, *, base_url: str, tokens: ServiceTokens, max_connections: int = 100) -> None:
        self.forwarding = ForwardingClient(
            upstream="rag-service",
            base_url=base_url,
            tokens=tokens,
            limit_s=LIMIT_S,
            max_connections=max_connections,
        )

    async def aclose(self) -> None:
        await self.forwarding.aclose()

    async def probe(self) -> str:
        await self.forwarding.request("GET", "/livez", limit_s=1.5)
        return "up"

    async def search(self, body: dict[str, Any], *, user_id: str, role: str) -> SearchAnswer:
        answer = await self.forwarding.request_json(
            "POST", "/v1/search", body=body, user_id=user_id, role=role, repeatable=True
        )
        return parsed(SearchAnswer, answer, upstream="rag-service")

    async def prompts(self, body: dict[str, Any], *, user_id: str, role: str) -> PromptAnswer:
        answer = await self.forwarding.request_json(
            "POST", "/v1/prompts", body=body, user_id=user_id, role=role, repeatable=True
        )
        return parsed(PromptAnswer, answer, upstream="rag-service")

    async def repository(self, repository_id: str, *, user_id: str, role: str) -> RepositoryState:
        answer = await self.forwarding.request_json(
            "GET", f"/v1/repositories/{repository_id}", user_id=user_id, role=role, repeatable=True
        )
        return parsed(RepositoryState, answer, upstream="rag-service")

    async def repository_file(self, repository_id: str, path: str, *, user_id: str, role: str) -> RepositoryFile:
        """Raises `UpstreamRejected`: there is no such file, or it can't be given whole (404, 409, 413, 422)."""
        target = f"/v1/repositories/{quote(repository_id, safe='')}/files?path={quote(path, safe='')}"
        answer = await self.forwarding.request_json("GET", target, user_id=user_id, role=role, repeatable=True)
        return parsed(RepositoryFile, answer, upstream="rag-service")

    async def index_again(self, repository_id: str, *, user_id: str, role: str) -> RepositoryState:
        answer = await self.forwarding.request_json(
            "POST", f"/v1/repositories/{repository_id}/index", user_id=user_id, role=role
        )
        return parsed(RepositoryState, answer, upstream="rag-service")

    async def lint_pack(self, body: dict[str, Any], *, user_id: str, role: str) -> KnowledgeReading:
        answer = await self.forwarding.request_json(
            "POST", "/v1/packs/lint", body=body, user_id=user_id, role=role, repeatable=True
        )
        return parsed(KnowledgeReading, answer, upstream="rag-service")
