"""The deletion of old data, once an hour by one of the workers."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.logging import get_logger

from ..storage.records import StoreUnavailable, store_errors
from .retention import Retention

HOURLY_S = 3600.0
_LOCK = 0x72657465
_log = get_logger(__name__)


class RetentionRounds:
    def __init__(
        self,
        retention: Retention,
        engine: AsyncEngine,
        *,
        forget_jobs: Callable[[], Awaitable[None]],
        pause_s: float = HOURLY_S,
    ) -> None:
        self._retention, self._engine, self._pause_s = retention, engine, pause_s
        self._forget_jobs = forget_jobs
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._for_ever(), name="retention")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def round(self) -> bool:
        """Whether this process did it: another one may be at it."""
        async with store_errors(), self._engine.begin() as connection:
            # Of the transaction and not of the connection: a round that is broken off can't leave it in the pool.
            if not await connection.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": _LOCK}):
                return False
            await self._retention.run()
            await self._forget_jobs()
        return True

    async def _for_ever(self) -> None:
        while True:
            await asyncio.sleep(self._pause_s)
            try:
                await self.round()
            except StoreUnavailable:
                _log.warning("retention_skipped", reason="store unavailable")
            except Exception as error:  # noqa: BLE001 - an outermost loop: the next round may succeed
                _log.error("retention_failed", exc_info=error)
