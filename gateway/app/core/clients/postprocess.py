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
    failing: dict[str, Any] | None = None
    """`parts` with errors that are left in an engine's own files, and the `request` to ask for them."""


class Preview(BaseModel):
    """A page without scripts and without anything fetched."""

    html: str


class PlannedSnippet(BaseModel):
    """Lines of a file, from 1, both within."""

    path: str
    symbol: str = ""
    language: str = "text"
    first_line: int
    last_line: int
    text: str


class PlannedFile(BaseModel):
    path: str
    language: str
    sha256: str
    lines: int


class PlanReading(BaseModel):
    steps: list[str]
    targets: list[dict[str, Any]] = []
    snippets: list[PlannedSnippet] = []
    files: list[PlannedFile] = []
    source: Literal["engine", "rules"]
    truncated: bool = False


class PatchedFile(BaseModel):
    path: str
    operation: Literal["create", "modify"]
    language: str = "text"
    encoding: str = "utf-8"
    base_sha256: str | None
    sha256: str
    content: str
    diff: str = ""
    checked: bool = False


class Patched(BaseModel):
    """The edits as they were read, and the files that changed."""

    edits: list[dict[str, Any]]
    files: list[PatchedFile]
    warnings: list[Warning_] = []


class PackReading(BaseModel):
    """What a framework pack lacks, and how many files its templates made."""

    findings: list[dict[str, Any]] = []
    emitted: int = 0


class PostprocessClient:
    def __init__(
        self, *, base_url: str, tokens: ServiceTokens, max_connections: int = 100, patience_s: float = 0.0
    ) -> None:
        self._service = ServiceClient(
            upstream="postprocess-service",
            base_url=base_url,
            tokens=tokens,
            limit_s=LIMIT_S,
            max_connections=max_connections,
            patience_s=patience_s,
        )

    async def aclose(self) -> None:
        await self._service.aclose()

    async def probe(self) -> str:
        await self._service.request("GET", "/livez", limit_s=1.5)
        return "up"

    async def analyses(self, body: dict[str, Any], *, user_id: str, role: str) -> Analysis:
        answer = await self._service.request_json(
            "POST", "/v1/analyses", body=body, user_id=user_id, role=role, patient=True
        )
        return parsed(Analysis, answer, upstream="postprocess-service")

    async def artifacts(self, body: dict[str, Any], *, user_id: str, role: str) -> Emission:
        answer = await self._service.request_json(
            "POST", "/v1/artifacts", body=body, user_id=user_id, role=role, patient=True
        )
        return parsed(Emission, answer, upstream="postprocess-service")

    async def previews(self, body: dict[str, Any], *, user_id: str, role: str) -> Preview:
        answer = await self._service.request_json(
            "POST", "/v1/previews", body=body, user_id=user_id, role=role, repeatable=True
        )
        return parsed(Preview, answer, upstream="postprocess-service")

    async def plans(self, body: dict[str, Any], *, user_id: str, role: str) -> PlanReading:
        answer = await self._service.request_json(
            "POST", "/v1/plans", body=body, user_id=user_id, role=role, repeatable=True
        )
        return parsed(PlanReading, answer, upstream="postprocess-service")

    async def patches(self, body: dict[str, Any], *, user_id: str, role: str) -> Patched:
        """Raises `UpstreamRejected` where an edit can't be applied; `failures` and `edits` are among its members."""
        answer = await self._service.request_json(
            "POST", "/v1/patches", body=body, user_id=user_id, role=role, repeatable=True
        )
        return parsed(Patched, answer, upstream="postprocess-service")

    async def lint_pack(self, body: dict[str, Any], *, user_id: str, role: str) -> PackReading:
        answer = await self._service.request_json(
            "POST", "/v1/packs/lint", body=body, user_id=user_id, role=role, repeatable=True
        )
        return parsed(PackReading, answer, upstream="postprocess-service")
