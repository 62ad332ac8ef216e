"""A framework pack checked by the two services that read one: files and templates here, knowledge and prompts there."""

import asyncio
from typing import Any, Protocol

from ...core.clients.postprocess import PackReading
from ...core.clients.rag import KnowledgeReading
from ...core.identity import User
from .schemas import PackLintRequest


class Emitting(Protocol):
    async def lint_pack(self, body: dict[str, Any], *, user_id: str, role: str) -> PackReading: ...


class Retrieving(Protocol):
    async def lint_pack(self, body: dict[str, Any], *, user_id: str, role: str) -> KnowledgeReading: ...


async def lint(emitting: Emitting, retrieving: Retrieving, request: PackLintRequest, user: User) -> dict[str, Any]:
    """Errors first, each file's together."""
    body = request.model_dump()
    files, knowledge = await asyncio.gather(
        emitting.lint_pack(body, user_id=user.id, role=user.role),
        retrieving.lint_pack(body, user_id=user.id, role=user.role),
    )
    findings = [*files.findings, *knowledge.findings]
    return {
        "findings": sorted(findings, key=lambda item: (item["severity"] != "error", item["file"])),
        "emitted": files.emitted,
        "entries": knowledge.entries,
        "templates": knowledge.templates,
    }
