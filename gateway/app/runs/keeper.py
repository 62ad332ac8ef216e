"""The process's own rounds: leases renewed, orphans settled, lost notifications caught up, signals handed over."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from chassis.errors import Unavailable, problem
from chassis.logging import get_logger

from ..pipeline.texts import language_of, say
from ..storage.leases import LeaseStore
from ..storage.orphans import End, Orphan, OrphanStore
from ..storage.processes import ProcessStore
from ..storage.records import StoreUnavailable
from .executor import Executor
from .hub import Hub
from .rows import CALLER_BOUND

CATCH_UP_S = 1.0
ORPHANS_S = 2.0
_BREATH_S = 0.1
_log = get_logger(__name__)


MOST_LOST_OWNERS = 9
"""A generation is given to a tenth process and no further: it may be what they die of. Chance alone hardly gets there:
of generations that each owner's death hits with one in four, four in a million."""
ABANDONED_S = 300.0
"""Nobody waits any more for what nobody has run for so long: after an outage of all gateways, what people ask for then
goes before what they asked for before it."""


class Keeper:
    """`takes_over`: whether this process goes on with the generations of others that are gone."""

    def __init__(
        self,
        *,
        executor: Executor,
        hub: Hub,
        leases: LeaseStore,
        orphans: OrphanStore,
        processes: ProcessStore,
        lease_s: float,
        takes_over: bool = True,
    ) -> None:
        self._executor, self._hub, self._leases, self._orphans = executor, hub, leases, orphans
        self._processes, self._takes_over = processes, takes_over
        self._renewal_s = lease_s / 3
        self._look_for_orphans = asyncio.Event()

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
        elif kind == "o":
            self._look_for_orphans.set()

    async def run(self) -> None:
        """Never returns; cancel it."""
        await asyncio.gather(
            _each(self._renewal_s, "renew", self._renew),
            _each(_BREATH_S, "orphans", self._settle_orphans),
            _each(CATCH_UP_S, "catch_up", self._hub.catch_up),
        )

    async def _renew(self) -> None:
        if self._executor.running:
            before = self._executor.ids()
            held = await self._leases.renew(before)
            self._executor.check(before, held)
        if not self._executor.closing:
            await self._processes.seen()

    async def _settle_orphans(self) -> None:
        if self._takes_over and not self._executor.closing:
            settled = await self._orphans.settle(fate_of)
            for generation_id in settled.ended:
                _log.warning("orphan_ended", generation_id=generation_id)
            for generation_id, epoch in settled.taken.items():
                _log.warning("orphan_taken_over", generation_id=generation_id, epoch=epoch)
            await asyncio.gather(*(self._executor.resume(*taken) for taken in settled.taken.items()))
            if settled.full:  # hundreds may have died with one gateway: none waits for a round of its own
                return
        with suppress(TimeoutError):
            async with asyncio.timeout(ORPHANS_S):
                await self._look_for_orphans.wait()
        self._look_for_orphans.clear()


def fate_of(orphan: Orphan) -> End | None:
    """How a generation ends whose owner is gone; None where it is worth taking over."""
    age_s = (datetime.now(UTC) - orphan.created_at).total_seconds()
    columns: dict[str, Any] = {"duration_ms": round(age_s * 1000, 1)}
    if orphan.cancel_requested:
        return End("cancelled", {}, columns)
    alone_for_s = (datetime.now(UTC) - orphan.lease_until).total_seconds()
    lost = orphan.channel in CALLER_BOUND or orphan.lost_owners > MOST_LOST_OWNERS or alone_for_s > ABANDONED_S
    if not lost and orphan.queue is None:
        return None
    return failed_end(orphan.id, orphan.prompt, columns)


def failed_end(generation_id: str, prompt: str, columns: Mapping[str, Any]) -> End:
    """The end of a generation whose owners are gone for good."""
    error = Unavailable(say(language_of(prompt), "orphaned"), code="owner_lost")
    document = problem(error, instance=f"/api/v1/generations/{generation_id}")
    return End("failed", {"problem": document}, {**columns, "problem": document})


async def _each(pause_s: float, name: str, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except StoreUnavailable:
            _log.warning("round_skipped", round=name, reason="store unavailable")
        except Exception as error:  # noqa: BLE001 - an outermost loop: the next round may succeed
            _log.error("round_failed", round=name, exc_info=error)
        await asyncio.sleep(pause_s)
