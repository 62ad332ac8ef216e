"""Who may make an account of their own: anybody, whoever has an invitation, or nobody."""

from collections.abc import Mapping
from typing import Any, Literal

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import Forbidden

from ...core.clock import Clock
from ...core.errors import invalid_field
from ...core.fields import DEVELOPER
from ...db.models import Invitation, MeshSettings
from ...security.tokens import token_hash

Mode = Literal["open", "invitation", "closed"]


async def registration_mode(session: AsyncSession, *, open_by_default: bool) -> Mode:
    """What an admin set; else open in the local mode, closed elsewhere."""
    found = await session.exec(select(MeshSettings.document).where(col(MeshSettings.id) == "mesh"))
    document: Mapping[str, Any] = found.one()
    mode: Mode | None = document.get("registration")
    if mode is not None:
        return mode
    allowed = document.get("self_registration")
    return "open" if (open_by_default if allowed is None else allowed) else "closed"


async def admitted_role(session: AsyncSession, mode: Mode, *, email: str, code: str | None, clock: Clock) -> str:
    """The role of the new account; raises where there may be none."""
    if mode == "closed" or (mode == "invitation" and not code):
        words = "Accounts are made by an admin here." if mode == "closed" else "An account needs an invitation here."
        raise Forbidden(words, code=f"registration_{'closed' if mode == 'closed' else 'by_invitation'}")
    if not code:
        return DEVELOPER
    return (await find_invitation(session, code, email=email, clock=clock)).role


async def find_invitation(
    session: AsyncSession, code: str, *, email: str, clock: Clock, lock: bool = False
) -> Invitation:
    """The invitation of a code, not used and not expired; 422 for any other."""
    statement = select(Invitation).where(col(Invitation.code_hash) == token_hash(code))
    found = (await session.exec(statement.with_for_update() if lock else statement)).one_or_none()
    if found is None or found.used_at is not None or found.expires_at <= clock():
        raise invalid_field("invitation", "It is not valid, was used before, or has expired.", "invalid_invitation")
    if found.email is not None and found.email != email:
        raise invalid_field("email", "The invitation is for another address.", "other_address")
    return found
