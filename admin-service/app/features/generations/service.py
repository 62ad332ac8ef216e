"""The log of generations: read from the gateway, who owns it; developers see their own."""

from dataclasses import dataclass
from typing import Any, Protocol

from chassis.errors import NotFound

from ...core.fields import DEVELOPER
from ...db.audit import Actor


class GenerationLog(Protocol):
    async def list_generations(self, query: dict[str, str], *, user_id: str, role: str) -> dict[str, Any]: ...

    async def get_generation(self, generation_id: str, *, user_id: str, role: str) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class GenerationFilter:
    status: str | None = None
    user_id: str | None = None
    q: str | None = None


class GenerationService:
    def __init__(self, log: GenerationLog) -> None:
        self._log = log

    async def list(self, actor: Actor, wanted: GenerationFilter, *, limit: int, cursor: str | None) -> dict[str, Any]:
        owner = actor.user_id if actor.role == DEVELOPER else wanted.user_id
        given = {"limit": str(limit), "cursor": cursor, "status": wanted.status, "user_id": owner, "q": wanted.q}
        query = {name: value for name, value in given.items() if value}
        return await self._log.list_generations(query, user_id=actor.user_id, role=actor.role)

    async def get(self, actor: Actor, generation_id: str) -> dict[str, Any]:
        """The whole record: stages, retrieval trace, prompt as sent, raw answer, fixes, events."""
        found = await self._log.get_generation(generation_id, user_id=actor.user_id, role=actor.role)
        if actor.role == DEVELOPER and found.get("user_id") != actor.user_id:
            raise NotFound("There is no such generation.")
        return found
