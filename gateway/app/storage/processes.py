"""Which processes of the gateway live: one that stops hands over only where another can take over."""

from datetime import timedelta

from sqlalchemy import delete, exists, func, literal, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncEngine

from ..db.job_tables import PROCESSES
from .records import store_errors

_FORGOTTEN = timedelta(hours=1)


class ProcessStore:
    """`kind` is `gateway` or `worker`; a process not seen for `lease_s` is believed dead."""

    def __init__(self, engine: AsyncEngine, *, holder: str, kind: str, lease_s: float) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._holder, self._kind = holder, kind
        self._lease = timedelta(seconds=lease_s)

    async def seen(self) -> None:
        """Says that this process lives."""
        statement = (
            upsert(PROCESSES)
            .values(id=self._holder, kind=self._kind, started_at=func.now(), seen_at=func.now())
            .on_conflict_do_update(index_elements=["id"], set_={"seen_at": func.now()})
        )
        async with store_errors(), self._engine.connect() as connection:
            await connection.execute(statement)

    async def left(self) -> None:
        """This process takes nothing more over; others that were not seen for long are forgotten too."""
        gone = (PROCESSES.c.id == self._holder) | (PROCESSES.c.seen_at < func.now() - literal(_FORGOTTEN))
        async with store_errors(), self._engine.connect() as connection:
            await connection.execute(delete(PROCESSES).where(gone))

    async def others(self) -> bool:
        """Whether another process of this kind lives."""
        other = exists().where(
            PROCESSES.c.id != self._holder,
            PROCESSES.c.kind == self._kind,
            PROCESSES.c.seen_at > func.now() - literal(self._lease),
        )
        async with store_errors(), self._engine.connect() as connection:
            return bool(await connection.scalar(select(other)))
