"""The index of rag-service, as people who keep the knowledge see it: how much of it is found, and doing it anew."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import orjson

from chassis import sse
from chassis.errors import ServiceError, problem

from ...db.audit import Actor

PATH = "/api/admin/knowledge_index"


class Index(Protocol):
    """What is asked of rag-service."""

    async def index_state(self, *, user_id: str, role: str) -> dict[str, dict[str, Any]]: ...

    def index(self, *, everything: bool, user_id: str, role: str) -> AsyncIterator[sse.ServerSentEvent]: ...


@dataclass(frozen=True, slots=True)
class FrameworkIndex:
    framework: str
    entries: int
    indexed: int


class KnowledgeIndexService:
    def __init__(self, index: Index) -> None:
        self._index = index

    async def state(self, actor: Actor) -> list[FrameworkIndex]:
        found: Mapping[str, Mapping[str, Any]] = await self._index.index_state(user_id=actor.user_id, role=actor.role)
        return [FrameworkIndex(name, int(item["entries"]), int(item["indexed"])) for name, item in found.items()]

    async def run(self, actor: Actor, *, everything: bool) -> AsyncIterator[bytes]:
        """`progress` …, then `completed`, or `failed` with a problem: a stream's status is sent before it fails."""
        try:
            async for event in self._index.index(everything=everything, user_id=actor.user_id, role=actor.role):
                yield sse.encode(event.data, event=event.event)
        except ServiceError as error:
            yield sse.encode(orjson.dumps(problem(error, instance=PATH)), event="failed")
