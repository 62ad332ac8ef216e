"""Invitations: an admin gives somebody the right to make one account."""

from datetime import timedelta

from sqlmodel import col, select

from chassis.errors import NotFound

from ...core.clock import Clock
from ...core.ids import new_id
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.models import Invitation
from ...db.pages import Page, PageRequest, fetch_page
from ...security.tokens import make_invitation_code, token_hash


class InvitationService:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def list(self, page: PageRequest) -> Page[Invitation]:
        async with self._database.transaction() as session:
            key = col(Invitation.id)
            return await fetch_page(session, select(Invitation), key=key, key_of=lambda row: row.id, page=page)

    async def create(self, actor: Actor, *, email: str | None, role: str, days: int) -> tuple[Invitation, str]:
        """The invitation, and its code, which nobody sees again."""
        code, now = make_invitation_code(), self._clock()
        row = Invitation(
            id=new_id(),
            code_hash=token_hash(code),
            email=email,
            role=role,
            created_by=actor.user_id,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        async with self._database.transaction() as session:
            session.add(row)
            record(session, actor, "invitation.create", ("invitation", row.id), after={"email": email, "role": role})
        return row, code

    async def delete(self, actor: Actor, invitation_id: str) -> None:
        """The code works no more; an account that was made with it stays."""
        async with self._database.transaction() as session:
            found = await session.exec(select(Invitation).where(col(Invitation.id) == invitation_id).with_for_update())
            row = found.one_or_none()
            if row is None:
                raise NotFound("There is no such invitation.")
            before = {"email": row.email, "role": row.role}
            record(session, actor, "invitation.delete", ("invitation", row.id), before=before)
            await session.delete(row)
