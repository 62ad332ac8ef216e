"""API keys: making, listing, revoking, and the check that the gateway asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from chassis.errors import Forbidden, NotFound, Unauthenticated

from ...core.clock import Clock
from ...core.errors import invalid_field
from ...core.fields import ADMIN
from ...db import revisions
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.models import ApiKey, User
from ...db.pages import Page, PageRequest, fetch_page
from ...db.people import add_key, find_user
from ...security.api_keys import matches, parse_key

_NOTED_EVERY = timedelta(minutes=1)
"""`last_used_at` is this exact, so that a busy key does not write a row for each call."""


@dataclass(frozen=True, slots=True)
class VerifiedKey:
    key_id: str
    user_id: str
    email: str
    role: str
    scopes: list[str]
    expires_at: datetime | None


class KeyService:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def list(self, actor: Actor, user_id: str | None, page: PageRequest) -> Page[ApiKey]:
        """An admin sees all keys, or one user's; others see their own."""
        owner = user_id if actor.role == ADMIN else actor.user_id
        statement = select(ApiKey)
        if owner:
            statement = statement.where(col(ApiKey.user_id) == owner)
        async with self._database.transaction() as session:
            return await fetch_page(session, statement, key=col(ApiKey.id), key_of=lambda key: key.id, page=page)

    async def create(
        self, actor: Actor, *, name: str, user_id: str | None, scopes: Sequence[str], expires_at: datetime | None
    ) -> tuple[ApiKey, str]:
        """The key's record, and the key itself, which nobody sees again."""
        owner = user_id or actor.user_id
        now = self._clock()
        if owner != actor.user_id and actor.role != ADMIN:
            raise Forbidden("Only admins make keys for others.", code="role_forbidden")
        if expires_at is not None and expires_at <= now:
            raise invalid_field("expires_at", "It lies in the past.")
        async with self._database.transaction() as session:
            user = await find_user(session, owner)
            if user.disabled:
                raise invalid_field("user_id", "The account is disabled.")
            row, new = await add_key(
                session, user_id=owner, name=name, now=now, scopes=sorted(set(scopes)), expires_at=expires_at
            )
            record(session, actor, "key.create", ("key", row.id), after=public_view(row))
        return row, new.plaintext

    async def revoke(self, actor: Actor, key_id: str) -> None:
        """Revokes the key for good; the services hear of it within two seconds. Repeatable."""
        async with self._database.transaction() as session:
            found = await session.exec(select(ApiKey).where(col(ApiKey.id) == key_id).with_for_update())
            row = found.one_or_none()
            if row is None or (row.user_id != actor.user_id and actor.role != ADMIN):
                raise NotFound("There is no such key.")
            if row.revoked_at is None:
                row.revoked_at = now = self._clock()
                await revisions.revoke(session, now, keys=[row.id])
                record(session, actor, "key.revoke", ("key", row.id), before=public_view(row))

    async def verify(self, plaintext: str) -> VerifiedKey:
        """Who the key speaks for; raises Unauthenticated, without a word on what is wrong with it."""
        parsed = parse_key(plaintext)
        if parsed is None:
            raise _refused()
        key_id, secret = parsed
        now = self._clock()
        async with self._database.transaction() as session:
            statement = select(ApiKey, User).where(col(ApiKey.id) == key_id, col(User.id) == col(ApiKey.user_id))
            found = (await session.exec(statement)).one_or_none()
            if found is None or not matches(secret, found[0].secret_hash) or not _usable(*found, now):
                raise _refused()
            key, user = found
            if key.last_used_at is None or now - key.last_used_at >= _NOTED_EVERY:
                key.last_used_at = now
        return VerifiedKey(key.id, user.id, user.email, user.role, key.scopes, key.expires_at)


def _usable(key: ApiKey, user: User, now: datetime) -> bool:
    return key.revoked_at is None and not user.disabled and (key.expires_at is None or key.expires_at > now)


def _refused() -> Unauthenticated:
    return Unauthenticated("The API key is not valid.", code="invalid_api_key")


def public_view(key: ApiKey) -> dict[str, Any]:
    expires = key.expires_at.isoformat() if key.expires_at else None
    return {"user_id": key.user_id, "name": key.name, "scopes": key.scopes, "expires_at": expires}
