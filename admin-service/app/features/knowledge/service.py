"""Knowledge documents that admins add to the packs' own, with every version of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from chassis.errors import Conflict, FieldError, NotFound

from ...core.clock import Clock
from ...core.ids import new_id
from ...core.versions import Expected
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.models import KnowledgeEntry, KnowledgeVersion
from ...db.pages import Page, PageRequest, contains, fetch_page
from ...db.revisions import Feed, advance, current

MEMBERS = ("framework", "kind", "title", "text", "aliases", "tags", "source", "enabled")
_VERSIONS_SHOWN = 100
_AUDITED_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class KnowledgeFilter:
    framework: str | None = None
    kind: str | None = None
    tag: str | None = None
    q: str | None = None


def filtered(wanted: KnowledgeFilter) -> SelectOfScalar[KnowledgeEntry]:
    """The entries that are wanted, in no order."""
    statement = select(KnowledgeEntry)
    if wanted.framework:
        statement = statement.where(col(KnowledgeEntry.framework) == wanted.framework)
    if wanted.kind:
        statement = statement.where(col(KnowledgeEntry.kind) == wanted.kind)
    if wanted.tag:
        statement = statement.where(col(KnowledgeEntry.tags).contains([wanted.tag]))
    if wanted.q:
        found_in = (col(KnowledgeEntry.title), col(KnowledgeEntry.text))
        statement = statement.where(or_(*(contains(column, wanted.q) for column in found_in)))
    return statement


class KnowledgeService:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def list(self, wanted: KnowledgeFilter, page: PageRequest) -> Page[KnowledgeEntry]:
        async with self._database.transaction() as session:
            return await fetch_page(
                session, filtered(wanted), key=col(KnowledgeEntry.id), key_of=lambda entry: entry.id, page=page
            )

    async def get(self, entry_id: str) -> KnowledgeEntry:
        async with self._database.transaction() as session:
            return await _find(session, entry_id)

    async def create(self, actor: Actor, members: dict[str, Any]) -> KnowledgeEntry:
        async with self._database.transaction() as session:
            if members["id"] and await session.get(KnowledgeEntry, members["id"]):
                taken = FieldError("id", "There is an entry with this id.", "taken")
                raise Conflict("There is an entry with this id.", code="entry_exists", errors=[taken])
            return await self.put(session, actor, None, members)

    async def put(
        self, session: AsyncSession, actor: Actor, present: KnowledgeEntry | None, members: dict[str, Any]
    ) -> KnowledgeEntry:
        """A new entry, or the next version of one that is there, within the caller's transaction."""
        now = self._clock()
        values = {name: members[name] for name in MEMBERS}
        if present is not None:
            before = audited_view(present)
            await self._change(session, actor, present, values)
            after = audited_view(present)
            record(session, actor, "knowledge.update", ("knowledge", present.id), before=before, after=after)
            return present
        entry = KnowledgeEntry(id=members["id"] or f"admin-{new_id()}", created_at=now, updated_at=now, **values)
        session.add(entry)
        await session.flush()
        await self._keep(session, actor, entry)
        record(session, actor, "knowledge.create", ("knowledge", entry.id), after=audited_view(entry))
        return entry

    async def update(self, actor: Actor, entry_id: str, changes: dict[str, Any], expected: Expected) -> KnowledgeEntry:
        async with self._database.transaction() as session:
            entry = await _find(session, entry_id, lock=True)
            expected.check(entry.version)
            return await self.put(session, actor, entry, {**_document(entry), **changes})

    async def restore(self, actor: Actor, entry_id: str, version: int, expected: Expected) -> KnowledgeEntry:
        """What the entry was at a version becomes its newest version."""
        async with self._database.transaction() as session:
            entry = await _find(session, entry_id, lock=True)
            expected.check(entry.version)
            old = await session.get(KnowledgeVersion, (entry_id, version))
            if old is None:
                raise NotFound("There is no such version of this entry.")
            before = audited_view(entry)
            await self._change(session, actor, entry, old.document)
            record(
                session, actor, "knowledge.restore", ("knowledge", entry.id), before=before, after=audited_view(entry)
            )
        return entry

    async def delete(self, actor: Actor, entry_id: str, expected: Expected) -> None:
        """Removes the entry with its versions; a pack's entry of the same id shows again."""
        async with self._database.transaction() as session:
            entry = await _find(session, entry_id, lock=True)
            expected.check(entry.version)
            await advance(session, Feed.KNOWLEDGE)
            record(session, actor, "knowledge.delete", ("knowledge", entry.id), before=audited_view(entry))
            await session.delete(entry)

    async def versions(self, entry_id: str) -> Sequence[KnowledgeVersion]:
        """The newest first, 100 at most."""
        statement = (
            select(KnowledgeVersion)
            .where(col(KnowledgeVersion.entry_id) == entry_id)
            .order_by(col(KnowledgeVersion.version).desc())
            .limit(_VERSIONS_SHOWN)
        )
        async with self._database.transaction() as session:
            await _find(session, entry_id)
            return (await session.exec(statement)).all()

    async def revision(self) -> str:
        async with self._database.transaction() as session:
            return str(await current(session, Feed.KNOWLEDGE))

    async def published(self) -> tuple[str, Sequence[KnowledgeEntry]]:
        """What rag-service polls: a revision and the entries that are switched on."""
        statement = select(KnowledgeEntry).where(col(KnowledgeEntry.enabled)).order_by(col(KnowledgeEntry.id))
        async with self._database.transaction() as session:
            revision = await current(session, Feed.KNOWLEDGE)
            return str(revision), (await session.exec(statement)).all()

    async def _change(
        self, session: AsyncSession, actor: Actor, entry: KnowledgeEntry, changes: dict[str, Any]
    ) -> None:
        for name, value in changes.items():
            setattr(entry, name, value)
        entry.version += 1
        entry.updated_at = self._clock()
        await self._keep(session, actor, entry)

    async def _keep(self, session: AsyncSession, actor: Actor, entry: KnowledgeEntry) -> None:
        session.add(
            KnowledgeVersion(
                entry_id=entry.id,
                version=entry.version,
                document=_document(entry),
                created_by=actor.user_id,
                created_at=self._clock(),
            )
        )
        await advance(session, Feed.KNOWLEDGE)


def audited_view(entry: KnowledgeEntry) -> dict[str, Any]:
    """What the audit log keeps: a long text by its beginning, for its versions have the whole."""
    return {**_document(entry), "text": entry.text[:_AUDITED_CHARACTERS], "characters": len(entry.text)}


def _document(entry: KnowledgeEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in MEMBERS}


async def _find(session: AsyncSession, entry_id: str, *, lock: bool = False) -> KnowledgeEntry:
    statement = select(KnowledgeEntry).where(col(KnowledgeEntry.id) == entry_id)
    entry = (await session.exec(statement.with_for_update() if lock else statement)).one_or_none()
    if entry is None:
        raise NotFound("There is no such entry.")
    return entry
