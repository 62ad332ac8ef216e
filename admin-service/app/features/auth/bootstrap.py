"""The first admin: made once, however many ask at the same moment."""

from dataclasses import dataclass

from ...core.clock import Clock
from ...core.errors import invalid_field
from ...core.fields import ADMIN
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.people import add_key, add_user, any_admin
from ...db.statements import lock
from ...security.passwords import Passwords, generate, weakness

_LOCK = 0x66726D77_626F6F74


@dataclass(frozen=True, slots=True)
class Bootstrapped:
    """`created` is false, and the rest empty, where there was an admin before."""

    created: bool
    admin_email: str | None = None
    admin_password: str | None = None
    api_key: str | None = None


class BootstrapService:
    def __init__(self, database: Database, passwords: Passwords, clock: Clock) -> None:
        self._database = database
        self._passwords = passwords
        self._clock = clock

    async def bootstrap(self, actor: Actor, *, email: str, password: str | None) -> Bootstrapped:
        async with self._database.transaction() as session:
            if await any_admin(session):
                return Bootstrapped(created=False)
        reason = weakness(password, email=email) if password else None
        if reason:
            raise invalid_field("password", reason, "weak_password")
        chosen = password or generate()
        password_hash = await self._passwords.hash(chosen)
        async with self._database.transaction() as session:
            await lock(session, _LOCK)
            if await any_admin(session):
                return Bootstrapped(created=False)
            now = self._clock()
            user = await add_user(session, email=email, name="Admin", role=ADMIN, password_hash=password_hash, now=now)
            _, key = await add_key(session, user_id=user.id, name="First key", now=now)
            record(session, actor, "user.bootstrap", ("user", user.id), after={"email": email, "role": ADMIN})
        return Bootstrapped(created=True, admin_email=email, admin_password=chosen, api_key=key.plaintext)
