"""postprocess-service: an engine's answer analysed, and a spec made into artifacts."""

from typing import Any, Literal

from pydantic import BaseModel

from chassis.http_client import ServiceClient
from chassis.tokens import ServiceTokens

from .models import Warning_, parsed

LIMIT_S = 15.0
"""Emission of a large screen takes well under a second; look-ups in the knowledge may wait for rag-service."""


class AnalysisProblem(BaseModel):
    path: str = ""
    code: str = ""
    message: str = ""


class Analysis(BaseModel):
    status: Literal["ok", "truncated", "refused", "empty", "not_a_spec", "invalid_spec"]
    reason: str | None = None
    spec: dict[str, Any] | None = None
    files: list[dict[str, Any]] = []
    text: str | None = None
    problems: list[AnalysisProblem] = []


class EmittedArtifact(BaseModel):
    """A file; `sha256` and `size` are of `content` in UTF-8."""

    path: str
    kind: str = ""
    language: str = "text"
    sha256: str
    size: int
    content: str
    fixes: list[dict[str, Any]] = []
    diagnostics: list[dict[str, Any]] = []


class Emission(BaseModel):
    spec: dict[str, Any] | None = None
    artifacts: list[EmittedArtifact]
    fixes: list[dict[str, Any]] = []
    diagnostics: list[dict[str, Any]] = []
    warnings: list[Warning_] = []


class Preview(BaseModel):
    """A page without scripts and without anything fetched."""

    html: str


class PostprocessClient:
    def __init__(self, *, base_url: str, tokens: ServiceTokens) -> None:
        self._service = ServiceClient(upstream="postprocess-service", base_url=base_url, tokens=tokens, limit_s=LIMIT_S)

    async def aclose(self) -> None:
        await self._service.aclose()

    async def probe(self) -> str:
        await self._service.request("GET", "/livez", limit_s=1.5)
        return "up"

    async def analyses(self, body: dict[str, Any], *, user_id: str, role: str) -> Analysis:
        answer = await self._service.request_json(
            "POST", "/v1/analyses", body=body, user_id=user_id, role=role, repeatable=True
        )
        return parsed(Analysis, answer, upstream="postprocess-service")

    async def artifacts(self, body: dict[str, Any], *, user_id: str, role: str) -> Emission:
        answer = await self._service.request_json(
            "POST", "/v1/artifacts", body=body, user_id=user_id, role=role, repeatable=True
        )
        return parsed(Emission, answer, upstream="postprocess-service")

    async def previews(self, body: dict[str, Any], *, user_id: str, role: str) -> Preview:
        answer = await self._service.request_json(
            "POST", "/v1/previews", body=body, user_id=user_id, role=role, repeatable=True
        )
        return parsed(Preview, answer, upstream="postprocess-service")
