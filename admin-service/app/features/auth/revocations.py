"""What is void before its time, for services that verify tokens and remember keys by themselves."""

from dataclasses import dataclass, field

from sqlmodel import col, or_, select

from ...core.clock import Clock
from ...core.errors import invalid_field
from ...db.database import Database
from ...db.models import Revocation
from ...db.revisions import Feed, current


@dataclass(slots=True)
class RevokedBefore:
    id: str
    before: int


@dataclass(slots=True)
class RevocationList:
    """`revision` is what to ask `since` next time."""

    revision: str
    tokens: list[str] = field(default_factory=list)
    users: list[RevokedBefore] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


class RevocationService:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def since(self, revision: str | None) -> RevocationList:
        """All that was revoked after the revision; everything where it is unknown or from another database."""
        number = _number(revision)
        async with self._database.transaction() as session:
            newest = await current(session, Feed.REVOCATIONS)
            if number == newest:
                return RevocationList(str(newest))
            living = or_(col(Revocation.expires_at).is_(None), col(Revocation.expires_at) > self._clock())
            statement = select(Revocation).where(living, col(Revocation.number) <= newest)
            if number < newest:
                statement = statement.where(col(Revocation.number) > number)
            rows = (await session.exec(statement.order_by(col(Revocation.number)))).all()
        result = RevocationList(str(newest))
        before = {row.subject: row.before or 0 for row in rows if row.kind == "user"}
        result.users = [RevokedBefore(subject, second) for subject, second in before.items()]
        result.tokens = [row.subject for row in rows if row.kind == "token"]
        result.keys = [row.subject for row in rows if row.kind == "key"]
        return result


def _number(revision: str | None) -> int:
    text = (revision or "0").strip().strip('"')
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise invalid_field("since", "It is not a revision of this list.")
    return int(text)
