"""Entries in and out by the file: what is right is stored in one transaction, what is wrong is said file by file."""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Literal

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from ...db.audit import Actor
from ...db.database import Database
from ...db.models import KnowledgeEntry
from .entry_files import Defaults, Fault, ReadEntry, markdown_of, read_entries
from .service import MEMBERS, KnowledgeFilter, KnowledgeService, filtered
from .uploads import Upload, unpack

Outcome = Literal["created", "updated", "unchanged", "kept", "refused"]


@dataclass(frozen=True, slots=True)
class ImportedEntry:
    """What became of one entry of one file."""

    file: str
    entry_id: str
    title: str
    outcome: Outcome
    faults: Sequence[Fault] = ()
    left_out: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    checked_only: bool
    entries: Sequence[ImportedEntry]
    ignored: Sequence[str]


class KnowledgeTransfer:
    def __init__(self, database: Database, service: KnowledgeService) -> None:
        self._database = database
        self._service = service

    async def read_in(
        self, actor: Actor, uploads: Iterable[Upload], defaults: Defaults, *, replacing: bool, check_only: bool
    ) -> ImportReport:
        """Stores every entry that is right. One that is there already gets a new version, or is kept as it is.

        `check_only` says what would become of each, and stores nothing.
        """
        unpacked = unpack(uploads)
        read = _without_twins(
            entry
            for file in unpacked.files
            for entry in (
                [ReadEntry(file.name, faults=(file.fault,))]
                if file.fault
                else read_entries(file.name, file.content, defaults)
            )
        )
        async with self._database.transaction() as session:
            present = await _locked(session, [str(entry.members["id"]) for entry in read if entry.members])
            entries = []
            for entry in read:
                outcome = _outcome(entry, present.get(entry.entry_id), replacing=replacing)
                if entry.members and outcome in {"created", "updated"} and not check_only:
                    await self._service.put(session, actor, present.get(entry.entry_id), dict(entry.members))
                entries.append(_imported(entry, outcome))
        return ImportReport(check_only, entries, unpacked.ignored)

    async def write_out(self, wanted: KnowledgeFilter) -> bytes:
        """A zip of Markdown files, `<framework>/knowledge/<id>.md`; the same entries give the same bytes."""
        async with self._database.transaction() as session:
            statement = filtered(wanted).order_by(col(KnowledgeEntry.framework), col(KnowledgeEntry.id))
            entries = (await session.exec(statement)).all()
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry in entries:
                name = f"{entry.framework}/knowledge/{entry.id.replace(':', '_')}.md"
                moment = entry.updated_at.timetuple()[:6]
                member = zipfile.ZipInfo(name, moment)
                member.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(member, markdown_of(entry))
        return packed.getvalue()


async def _locked(session: AsyncSession, ids: Sequence[str]) -> dict[str, KnowledgeEntry]:
    """Those that are there, before anything is written: who changes one of them waits, and nobody for each other."""
    statement = select(KnowledgeEntry).where(col(KnowledgeEntry.id).in_(ids)).order_by(col(KnowledgeEntry.id))
    return {entry.id: entry for entry in (await session.exec(statement.with_for_update())).all()}


def _outcome(entry: ReadEntry, present: KnowledgeEntry | None, *, replacing: bool) -> Outcome:
    members = entry.members
    if members is None:
        return "refused"
    if present is None:
        return "created"
    if all(getattr(present, name) == members[name] for name in MEMBERS):
        return "unchanged"
    return "updated" if replacing else "kept"


def _without_twins(entries: Iterable[ReadEntry]) -> list[ReadEntry]:
    """Two entries of one id in one upload: which of them is meant is not for us to say, so the second is refused."""
    seen: dict[str, str] = {}
    result = []
    for entry in entries:
        first = seen.get(entry.entry_id) if entry.members else None
        if first is not None:
            twice = Fault("twice", f"The entry {entry.entry_id} stands in {first} too.", "id")
            result.append(replace(entry, members=None, faults=(twice,)))
            continue
        if entry.members:
            seen[entry.entry_id] = entry.file
        result.append(entry)
    return result


def _imported(entry: ReadEntry, outcome: Outcome) -> ImportedEntry:
    return ImportedEntry(entry.file, entry.entry_id, entry.title, outcome, entry.faults, entry.left_out)
