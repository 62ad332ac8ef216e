"""The log of generations: read from the gateway, who owns it; developers see their own, others a masked one."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from chassis.errors import NotFound

from ...core.fields import DEVELOPER
from ...db.audit import Actor

Query = Mapping[str, str | Sequence[str]]


class GenerationLog(Protocol):
    async def list_generations(self, query: Query, *, user_id: str, role: str) -> dict[str, Any]: ...

    async def get_generation(self, generation_id: str, query: Query, *, user_id: str, role: str) -> dict[str, Any]: ...

    def export_generations(
        self, query: Query, *, user_id: str, role: str
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes]]: ...


@dataclass(frozen=True, slots=True)
class GenerationFilter:
    status: str | None = None
    kind: str | None = None
    user_id: str | None = None
    engine: str | None = None
    framework: str | None = None
    degraded: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    q: str | None = None


class GenerationService:
    def __init__(self, log: GenerationLog, redacted: Callable[[], Awaitable[Sequence[str]]]) -> None:
        """`redacted` gives what the settings say is masked."""
        self._log = log
        self._redacted = redacted

    async def list(self, actor: Actor, wanted: GenerationFilter, *, limit: int, cursor: str | None) -> dict[str, Any]:
        query = {**await self._query(actor, wanted), "limit": str(limit), **({"cursor": cursor} if cursor else {})}
        return await self._log.list_generations(query, user_id=actor.user_id, role=actor.role)

    async def export(
        self, actor: Actor, wanted: GenerationFilter, *, format_: str
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """The log as a file; to be opened by the caller, who reads it as it comes."""
        query = {**await self._query(actor, wanted), "format": format_}
        return self._log.export_generations(query, user_id=actor.user_id, role=actor.role)

    async def get(self, actor: Actor, generation_id: str) -> dict[str, Any]:
        """The whole record: stages, retrieval trace, prompt as sent, raw answer, fixes, events."""
        query = {"redact": await self._masked(actor)}
        found = await self._log.get_generation(generation_id, query, user_id=actor.user_id, role=actor.role)
        if actor.role == DEVELOPER and found.get("user_id") != actor.user_id:
            raise NotFound("There is no such generation.")
        return found

    async def _query(self, actor: Actor, wanted: GenerationFilter) -> dict[str, str | Sequence[str]]:
        owner = actor.user_id if actor.role == DEVELOPER else wanted.user_id
        given = {
            "status": wanted.status, "kind": wanted.kind, "user_id": owner, "engine": wanted.engine,
            "framework": wanted.framework, "q": wanted.q,
            "degraded": None if wanted.degraded is None else str(wanted.degraded).lower(),
            "since": wanted.since.isoformat() if wanted.since else None,
            "until": wanted.until.isoformat() if wanted.until else None,
        }  # fmt: skip
        query: dict[str, str | Sequence[str]] = {name: value for name, value in given.items() if value}
        masked = await self._masked(actor)
        return {**query, "redact": masked} if masked else query

    async def _masked(self, actor: Actor) -> Sequence[str]:
        """Developers see their own words as they wrote them."""
        return [] if actor.role == DEVELOPER else await self._redacted()
