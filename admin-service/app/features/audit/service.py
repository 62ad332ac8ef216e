"""The audit log, read: who changed what, when, from what to what."""

from dataclasses import dataclass

from sqlmodel import col, select

from ...db.database import Database
from ...db.models import AuditEntry
from ...db.pages import Page, PageRequest, fetch_page


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """`action` is one action, or (`engine.`, with the dot) all of a subject's."""

    actor_id: str | None = None
    action: str | None = None
    subject_kind: str | None = None
    subject_id: str | None = None


class AuditService:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, wanted: AuditFilter, page: PageRequest) -> Page[AuditEntry]:
        statement = select(AuditEntry)
        if wanted.action:
            column = col(AuditEntry.action)
            whole = not wanted.action.endswith(".")
            statement = statement.where(
                column == wanted.action if whole else column.startswith(wanted.action, autoescape=True)
            )
        for member in ("actor_id", "subject_kind", "subject_id"):
            value = getattr(wanted, member)
            if value:
                statement = statement.where(getattr(AuditEntry, member) == value)
        async with self._database.transaction() as session:
            return await fetch_page(
                session, statement, key=col(AuditEntry.id), key_of=lambda entry: entry.id, page=page
            )
