"""How a run ends whose record PostgreSQL refuses, with fakes."""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any

import psycopg
from app.pipeline.draft import Draft
from app.pipeline.ports import Sink
from app.runs.execution import Execution
from app.runs.run import Run
from app.storage.records import Event, LeaseLost

from .fakes import draft


class FakeStores:
    """A log that takes everything, and ends as told: `refusals` are raised one after the other."""

    def __init__(self, *refusals: Exception) -> None:
        self.refusals = list(refusals)
        self.ends: list[tuple[list[Event], dict[str, Any]]] = []

    async def append(self, *_: object) -> None:
        pass

    async def answer(self, *_: object) -> None:
        pass

    async def finish(self, _id: str, _epoch: int, events: Sequence[Event], columns: Mapping[str, Any]) -> None:
        if self.refusals:
            raise self.refusals.pop(0)
        self.ends.append((list(events), dict(columns)))


class OneStage:
    async def run(self, _draft: Draft, sink: Sink) -> None:
        sink.emit("stage", {"stage": "intent", "status": "started"})


async def ended(fake: FakeStores) -> str:
    async def begun() -> None:
        return

    stores: Any = SimpleNamespace(events=fake, generations=fake, leases=fake, orphans=fake)
    others: Any = SimpleNamespace(publish=lambda *_: None, ended=lambda *_: None)
    execution = Execution(stores=stores, hub=others, pipeline=OneStage(), measures=others, window_s=0.01)
    return await execution.through(Run(draft()), begun(), lambda: None)


async def test_an_end_that_is_refused_is_written_as_a_bare_failure() -> None:  # R3.8
    fake = FakeStores(psycopg.DataError("no such character"))
    assert await ended(fake) == "ended"
    [(events, columns)] = fake.ends
    assert [(event.type, event.data["problem"]["code"]) for event in events] == [("failed", "internal_error")]
    assert set(columns) == {"status", "problem", "duration_ms"}
    assert columns["status"] == "failed"


async def test_a_bare_failure_too_is_written_by_the_owner_alone() -> None:
    fake = FakeStores(psycopg.DataError("no such character"), LeaseLost("g1"))
    assert await ended(fake) == "lost"
    assert fake.ends == []
