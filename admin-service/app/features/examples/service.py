"""Which accepted screens become examples: a person approves, rejects, or takes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import Conflict

from ...core.clock import Clock
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.models import ExampleReview, KnowledgeEntry, KnowledgeVersion
from ...db.revisions import Feed, advance
from .rules import MARK, aliases_of, entry_id, entry_text

PENDING, APPROVED, REJECTED, RETRACTED = "pending", "approved", "rejected", "retracted"
_DEFAULT_FRAMEWORK = "xframe5"
WITHDRAWN = "동의 철회 / consent taken back"
"""The reason where nobody but the screen's own user decided."""
_ASKED_AT_ONCE = 100
_MEMBERS = ("framework", "kind", "title", "text", "aliases", "tags", "source", "enabled")


class Candidates(Protocol):
    """What is needed of the gateway, which owns the generations."""

    async def candidates(self, query: dict[str, str], *, user_id: str, role: str) -> dict[str, Any]: ...

    async def candidate(self, generation_id: str, *, user_id: str, role: str) -> dict[str, Any]: ...

    async def candidate_preview(self, generation_id: str, theme: str, *, user_id: str, role: str) -> str: ...

    async def withdrawn(self, generation_ids: Sequence[str]) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Decision:
    title: str = ""
    aliases: tuple[str, ...] = ()
    reason: str = ""


class ExampleService:
    def __init__(self, database: Database, candidates: Candidates, clock: Clock) -> None:
        self._database = database
        self._candidates = candidates
        self._clock = clock

    async def list(self, actor: Actor, *, status: str | None, limit: int, cursor: str | None) -> dict[str, Any]:
        """A page of accepted screens with what was decided; those of another status are left out of it."""
        query = {"limit": str(limit)} | ({"cursor": cursor} if cursor else {})
        page = await self._candidates.candidates(query, user_id=actor.user_id, role=actor.role)
        ids = [item["generation_id"] for item in page["items"]]
        async with self._database.transaction() as session:
            found = await session.exec(select(ExampleReview).where(col(ExampleReview.generation_id).in_(ids)))
            reviews = {review.generation_id: review for review in found}
        items = [item | _decided(reviews.get(item["generation_id"])) for item in page["items"]]
        wanted = [item for item in items if status in {None, item["status"]}]
        return {"items": wanted, "next_cursor": page.get("next_cursor")}

    async def get(self, actor: Actor, generation_id: str) -> dict[str, Any]:
        candidate = await self._candidates.candidate(generation_id, user_id=actor.user_id, role=actor.role)
        async with self._database.transaction() as session:
            review = await session.get(ExampleReview, generation_id)
        decided = _decided(review)
        title = decided["title"] or candidate["title"]
        return candidate | decided | {"title": title, "entry_id": review.entry_id if review else None}

    async def preview(self, actor: Actor, generation_id: str, theme: str) -> str:
        return await self._candidates.candidate_preview(generation_id, theme, user_id=actor.user_id, role=actor.role)

    async def approve(self, actor: Actor, generation_id: str, decision: Decision) -> dict[str, Any]:
        """The screen becomes an entry of the knowledge, which rag-service indexes with its next poll.

        Raises:
            Conflict: whoever accepted it has not agreed that it is learnt from.
        """
        candidate = await self._candidates.candidate(generation_id, user_id=actor.user_id, role=actor.role)
        if not candidate["consent"]:
            message = "Whoever accepted this screen has not agreed that it is learnt from."
            raise Conflict(message, code="no_consent")
        values = {
            "framework": candidate["framework"] or _DEFAULT_FRAMEWORK,
            "kind": "example",
            "title": decision.title,
            "text": entry_text(candidate, decision.title),
            "aliases": aliases_of(decision.aliases, candidate["prompt"]),
            "tags": [MARK],
            "source": f"generation {generation_id}, approved by {actor.user_id}",
            "enabled": True,
        }
        async with self._database.transaction() as session:
            await self._keep_entry(session, actor, entry_id(generation_id), values)
            await self._decide(session, actor, generation_id, APPROVED, decision)
        return await self.get(actor, generation_id)

    async def reject(self, actor: Actor, generation_id: str, decision: Decision) -> dict[str, Any]:
        """Raises Conflict where it is an example already: that is taken back."""
        await self._candidates.candidate(generation_id, user_id=actor.user_id, role=actor.role)
        async with self._database.transaction() as session:
            review = await session.get(ExampleReview, generation_id)
            if review is not None and review.status == APPROVED:
                raise Conflict("It is an example: take it back instead.", code="example_approved")
            await self._decide(session, actor, generation_id, REJECTED, decision)
        return await self.get(actor, generation_id)

    async def retract(self, actor: Actor, generation_id: str, decision: Decision) -> dict[str, Any]:
        """Prompts and searches lose the example with rag-service's next poll; its entry is kept, switched off."""
        async with self._database.transaction() as session:
            if not await self._retract(session, actor, generation_id, decision.reason):
                raise Conflict("It is no example.", code="example_not_approved")
        return await self.get(actor, generation_id)

    async def retract_withdrawn(self, actor: Actor) -> int:
        """Takes back every example whose user has taken the consent back; how many.

        Raises ServiceError where the gateway can't be asked.
        """
        async with self._database.transaction() as session:
            statement = select(ExampleReview.generation_id).where(ExampleReview.status == APPROVED)
            approved = sorted(await session.exec(statement))
        retracted = 0
        for start in range(0, len(approved), _ASKED_AT_ONCE):
            for generation_id in await self._candidates.withdrawn(approved[start : start + _ASKED_AT_ONCE]):
                async with self._database.transaction() as session:
                    retracted += await self._retract(session, actor, generation_id, WITHDRAWN)
        return retracted

    async def _retract(self, session: AsyncSession, actor: Actor, generation_id: str, reason: str) -> bool:
        """False where it is no example, or another process was first."""
        review = await session.get(ExampleReview, generation_id, with_for_update=True)
        if review is None or review.status != APPROVED:
            return False
        entry = await session.get(KnowledgeEntry, entry_id(generation_id))
        if entry is not None:
            await self._keep_entry(session, actor, entry.id, {"enabled": False})
        await self._decide(session, actor, generation_id, RETRACTED, Decision(review.title, (), reason))
        return True

    async def _keep_entry(self, session: AsyncSession, actor: Actor, key: str, values: dict[str, Any]) -> None:
        now = self._clock()
        entry = await session.get(KnowledgeEntry, key)
        if entry is None:
            entry = KnowledgeEntry(id=key, created_at=now, updated_at=now, **values)
            session.add(entry)
        else:
            for name, value in values.items():
                setattr(entry, name, value)
            entry.version += 1
            entry.updated_at = now
        await session.flush()
        document = {name: getattr(entry, name) for name in _MEMBERS}
        session.add(
            KnowledgeVersion(
                entry_id=key, version=entry.version, document=document, created_by=actor.user_id, created_at=now
            )
        )
        await advance(session, Feed.KNOWLEDGE)

    async def _decide(
        self, session: AsyncSession, actor: Actor, generation_id: str, status: str, decision: Decision
    ) -> None:
        review = await session.get(ExampleReview, generation_id)
        before = {"status": review.status} if review else None
        values: dict[str, Any] = {
            "status": status, "title": decision.title, "reason": decision.reason, "decided_by": actor.user_id,
            "decided_at": self._clock(), "entry_id": entry_id(generation_id) if status != REJECTED else None,
        }  # fmt: skip
        if review is None:
            session.add(ExampleReview(generation_id=generation_id, **values))
        else:
            for name, value in values.items():
                setattr(review, name, value)
        after = {"status": status, "title": decision.title, "reason": decision.reason}
        verb = {APPROVED: "approve", REJECTED: "reject", RETRACTED: "retract"}[status]
        record(session, actor, f"example.{verb}", ("example", generation_id), before=before, after=after)


def _decided(review: ExampleReview | None) -> dict[str, Any]:
    if review is None:
        return {"status": PENDING, "title": "", "reason": "", "decided_by": None, "decided_at": None}
    return {name: getattr(review, name) for name in ("status", "title", "reason", "decided_by", "decided_at")}
