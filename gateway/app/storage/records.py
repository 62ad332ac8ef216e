"""What the stores take and give, and the errors they raise."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import orjson
from sqlalchemy.exc import (
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    TimeoutError as PoolTimeoutError,
)

from chassis.errors import Conflict, Unavailable

Status = Literal["queued", "running", "waiting", "completed", "failed", "cancelled"]
QUEUED: Status = "queued"
"""A job will run it; nobody holds it."""
EVALUATION = "evaluation"
"""The channel of generations that an evaluation ordered: they are nobody's daily use."""
TERMINAL_TYPES = frozenset({"completed", "failed", "cancelled"})
CHANNEL = "framewright_gateway"
"""The NOTIFY channel. Payloads: `e:<id>:<seq>` events up to seq, `c:<id>` cancel, `a:<id>` an answer came, `o:` a
generation was let go."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event of a generation's log; `data` are the members of its type (DESIGN section 4)."""

    seq: int
    type: str
    at: datetime
    data: Mapping[str, Any]

    @property
    def terminal(self) -> bool:
        return self.type in TERMINAL_TYPES

    def document(self) -> dict[str, Any]:
        """As clients see it: the data's members beside `seq`, `type` and `at`."""
        return {"seq": self.seq, "type": self.type, "at": moment(self.at), **self.data}


@dataclass(frozen=True, slots=True)
class GenerationSummary:
    """A line of a list of generations."""

    id: str
    created_at: datetime
    user_id: str
    prompt: str
    kind: str | None
    status: str
    framework: str | None
    engine: str | None
    degraded: bool
    duration_ms: float | None
    engine_model: str | None = None


@dataclass(frozen=True, slots=True)
class GenerationFilter:
    """Which generations a list holds; `cursor` is the id that ended the page before."""

    user_id: str | None = None
    status: str | None = None
    kind: str | None = None
    engine: str | None = None
    framework: str | None = None
    degraded: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    query: str | None = None
    cursor: str | None = None
    limit: int = 50


class LeaseLost(Exception):
    """The generation has ended, or another process took it over: its old owner must write nothing more."""


class StoreUnavailable(Unavailable):
    default_code = "store_unavailable"


class AlreadyThere(Conflict):
    """Somebody made it first, under the same id."""

    default_code = "already_there"


@asynccontextmanager
async def made_once() -> AsyncIterator[None]:
    """Turns the second creation under an id into its error."""
    try:
        yield
    except IntegrityError as error:
        raise AlreadyThere("It was made already.") from error


READ_ONLY = "25006"
"""PostgreSQL's code where a server was made read-only: a standby, or one whose disk is nearly full."""


@asynccontextmanager
async def store_errors() -> AsyncIterator[None]:
    """Turns a database that can't be reached into the error that callers may see."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeoutError) as error:
        raise StoreUnavailable("The gateway's PostgreSQL can't be reached.", retry_after_s=5) from error
    except InternalError as error:
        if getattr(error.orig, "sqlstate", "") != READ_ONLY:
            raise
        raise StoreUnavailable("The gateway's PostgreSQL takes no writes now.", retry_after_s=5) from error


def events_json(logs: Iterable[tuple[str, int, Sequence[Event]]]) -> str:
    """Events of generations (id, epoch, events), as PostgreSQL's `json_to_recordset` takes them."""
    return orjson.dumps(
        [
            {"owner": owner, "epoch": epoch, "seq": event.seq, "type": event.type, "at": event.at, "data": event.data}
            for owner, epoch, events in logs
            for event in events
        ]
    ).decode()


def now() -> datetime:
    return datetime.now(UTC)


def moment(value: datetime) -> str:
    """RFC 3339 in UTC with milliseconds."""
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
