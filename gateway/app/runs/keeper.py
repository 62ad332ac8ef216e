"""The process's own rounds: leases renewed, orphans ended, lost notifications caught up, signals handed over."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from chassis.errors import Unavailable, problem
from chassis.logging import get_logger

from ..pipeline.texts import language_of, say
from ..storage.leases import LeaseStore, Orphan
from ..storage.records import StoreUnavailable
from .executor import Executor
from .hub import Hub

CATCH_UP_S = 1.0
ORPHANS_S = 2.0
_log = get_logger(__name__)


class Keeper:
    def __init__(self, *, executor: Executor, hub: Hub, leases: LeaseStore, lease_s: float) -> None:
        self._executor, self._hub, self._leases = executor, hub, leases
        self._renewal_s = lease_s / 3

    def on_payload(self, payload: str) -> None:
        """A notification, as `storage.records.CHANNEL` describes it."""
        kind, _, rest = payload.partition(":")
        generation_id, _, seq = rest.partition(":")
        if kind == "e" and seq.isdigit() and not self._executor.runs(generation_id):
            self._hub.wake(generation_id, int(seq))
        elif kind == "c":
            self._executor.cancel(generation_id)
        elif kind == "a":
            self._executor.answered(generation_id)

    async def run(self) -> None:
        """Never returns; cancel it."""
        await asyncio.gather(
            _each(self._renewal_s, "renew", self._renew),
            _each(ORPHANS_S, "orphans", self._end_orphans),
            _each(CATCH_UP_S, "catch_up", self._hub.catch_up),
        )

    async def _renew(self) -> None:
        if self._executor.running:
            before = self._executor.ids()
            held = await self._leases.renew()
            self._executor.check(before, held)

    async def _end_orphans(self) -> None:
        for generation_id in await self._leases.end_orphans(end_of):
            _log.warning("orphan_ended", generation_id=generation_id)


def end_of(orphan: Orphan) -> tuple[str, Mapping[str, Any], Mapping[str, Any]]:
    """How a generation ends whose owner is gone: cancelled where that was asked for, else failed."""
    columns: dict[str, Any] = {"duration_ms": round((datetime.now(UTC) - orphan.created_at).total_seconds() * 1000, 1)}
    if orphan.cancel_requested:
        return "cancelled", {}, columns
    error = Unavailable(say(language_of(orphan.prompt), "orphaned"), code="owner_lost")
    document = problem(error, instance=f"/api/v1/generations/{orphan.id}")
    return "failed", {"problem": document}, {**columns, "problem": document}


async def _each(pause_s: float, name: str, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except StoreUnavailable:
            _log.warning("round_skipped", round=name, reason="store unavailable")
        except Exception as error:  # noqa: BLE001 - an outermost loop: the next round may succeed
            _log.error("round_failed", round=name, exc_info=error)
        await asyncio.sleep(pause_s)
