"""Log writer and hub with fakes."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
import pytest
from app.runs.hub import BATCHES_KEPT, Hub
from app.runs.log_writer import LogWriter
from app.storage.records import Event, LeaseLost, StoreUnavailable, now


class MemoryLog:
    """Commits as told: `trouble` is raised one after the other; each commit may take its time."""

    def __init__(self) -> None:
        self.commits: list[tuple[list[Event], dict[str, Any]]] = []
        self.trouble: list[Exception] = []
        self.gate: asyncio.Event | None = None

    async def append(
        self, generation_id: str, epoch: int, events: Sequence[Event], columns: Mapping[str, Any] | None = None
    ) -> None:
        if self.gate is not None:
            await self.gate.wait()
        if self.trouble:
            raise self.trouble.pop(0)
        self.commits.append((list(events), dict(columns or {})))

    def texts(self) -> list[str]:
        return [event.data.get("text", event.type) for events, _ in self.commits for event in events]


async def begun() -> None:
    return


class Bench:
    def __init__(self, *, patience_s: float = 5.0, window_s: float = 0.02) -> None:
        self.log = MemoryLog()
        self.published: list[Event] = []
        self.lost = 0
        self.writer = LogWriter(
            "g1",
            epoch=1,
            begun=begun(),
            log=self.log,
            publish=lambda _, events: self.published.extend(events),
            window_s=window_s,
            patience_s=patience_s,
            on_lost=self._lose,
        )

    def _lose(self) -> None:
        self.lost += 1


def delta(text: str, channel: str = "code") -> dict[str, Any]:
    return {"attempt": 1, "channel": channel, "text": text}


async def test_deltas_of_a_channel_are_gathered_into_one_event_and_one_commit() -> None:  # R1.9
    bench = Bench()
    for text in "abc":
        bench.writer.emit("delta", delta(text))
    bench.writer.emit("delta", delta("!", "reasoning"))
    await asyncio.sleep(0.06)
    assert bench.log.texts() == ["abc", "!"]
    assert len(bench.log.commits) == 1
    assert [event.seq for event in bench.published] == [2, 3]
    await bench.writer.close()


async def test_stages_that_follow_one_another_at_once_share_a_commit() -> None:
    bench = Bench()
    bench.writer.emit("stage", {"stage": "a"})
    await asyncio.sleep(0.005)
    assert bench.log.texts() == ["stage"], "the first goes at once"
    for stage in "bcd":
        bench.writer.emit("stage", {"stage": stage})
        await asyncio.sleep(0)
    await asyncio.sleep(0.05)
    assert [len(events) for events, _ in bench.log.commits] == [1, 3]
    await bench.writer.close()


async def test_columns_wait_for_the_end_but_for_a_status_or_age(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench()
    bench.writer.record({"prompts": [1]})
    bench.writer.emit("stage", {"stage": "a"})
    await asyncio.sleep(0.05)
    assert [columns for _, columns in bench.log.commits] == [{}]
    bench.writer.record({"status": "waiting"})
    await asyncio.sleep(0.05)
    assert bench.log.commits[-1] == ([], {"prompts": [1], "status": "waiting"})
    bench.writer.record({"knowledge": []})
    monkeypatch.setattr("app.runs.log_writer._COLUMNS_S", 0.0)
    bench.writer.emit("stage", {"stage": "b"})
    await asyncio.sleep(0.05)
    assert bench.log.commits[-1][1] == {"knowledge": []}
    await bench.writer.close()


async def test_an_event_is_published_only_after_its_commit() -> None:  # R1.9
    bench = Bench()
    bench.log.gate = asyncio.Event()
    bench.writer.emit("stage", {"stage": "x"})
    await asyncio.sleep(0.05)
    assert bench.published == []
    bench.log.gate.set()
    await asyncio.sleep(0.02)
    assert len(bench.published) == 1
    await bench.writer.close()


async def test_closing_waits_for_the_commit_under_way_and_gives_the_rest_back() -> None:
    bench = Bench()
    bench.log.gate = asyncio.Event()
    bench.writer.emit("stage", {"stage": "x"})
    await asyncio.sleep(0.05)
    bench.writer.emit("stage", {"stage": "y"})
    bench.writer.record({"kind": "generate"})
    closing = asyncio.create_task(bench.writer.close())
    await asyncio.sleep(0.02)
    assert not closing.done()
    bench.log.gate.set()
    events, columns = await closing
    assert [event.seq for event in events] == [3]
    assert columns == {"kind": "generate"}
    assert bench.writer.next_event("completed", {}).seq == 4


async def test_a_database_that_is_away_for_a_moment_loses_nothing() -> None:  # R2.3
    bench = Bench()
    bench.log.trouble = [StoreUnavailable("away")]
    bench.writer.emit("stage", {"stage": "x"})
    await asyncio.sleep(0.4)
    assert [event.seq for event in bench.published] == [2]
    assert bench.lost == 0
    await bench.writer.close()


async def test_what_the_database_refuses_stops_the_run_and_is_told_at_the_close() -> None:  # R3.8
    bench = Bench()
    bench.writer.emit("stage", {"stage": "x"})
    await asyncio.sleep(0.05)
    bench.log.trouble = [psycopg.DataError("no such character")]
    bench.writer.emit("stage", {"stage": "y"})
    await asyncio.sleep(0.05)
    assert bench.lost == 1
    with pytest.raises(psycopg.DataError):
        await bench.writer.close()
    assert bench.writer.committed_seq == 2


@pytest.mark.parametrize("trouble", [LeaseLost("g1"), StoreUnavailable("away")])
async def test_a_lost_lease_or_a_database_away_for_long_ends_the_run(trouble: Exception) -> None:
    bench = Bench(patience_s=-1)
    bench.log.trouble = [trouble]
    bench.writer.emit("stage", {"stage": "x"})
    await asyncio.sleep(0.05)
    assert bench.lost == 1
    assert bench.published == []
    await bench.writer.close()


async def test_a_producer_that_is_too_fast_waits_for_room() -> None:  # R1.9
    bench = Bench()
    bench.log.gate = asyncio.Event()
    bench.writer.emit("delta", delta("x" * 300_000))
    waiting = asyncio.create_task(bench.writer.room())
    await asyncio.sleep(0.05)
    assert not waiting.done()
    bench.log.gate.set()
    await asyncio.wait_for(waiting, 1)
    await bench.writer.close()


class MemoryEvents:
    """The database as a hub reads it."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.reads = 0

    def add(self, type_: str) -> Event:
        event = Event(len(self.events) + 1, type_, now(), {})
        self.events.append(event)
        return event

    async def read(self, _id: str, after: int) -> list[Event]:
        self.reads += 1
        return self.events[after:]

    async def last_seqs(self, ids: Sequence[str]) -> dict[str, int]:
        return dict.fromkeys(ids, len(self.events)) if self.events else {}


async def collected(hub: Hub, after: int = 0) -> list[int]:
    return [event.seq async for event in hub.follow("g1", after=after, idle_s=9) if event is not None]


async def test_a_slow_reader_falls_back_to_the_database_and_misses_nothing() -> None:  # R1.9
    store = MemoryEvents()
    hub = Hub(read=store.read, last_seqs=store.last_seqs)
    store.add("created")
    stream = hub.follow("g1", after=0, idle_s=9)
    first = await anext(stream)
    assert first is not None
    for _ in range(BATCHES_KEPT * 3):
        hub.publish("g1", [store.add("delta")])
    hub.publish("g1", [store.add("completed")])
    rest = [event.seq async for event in stream if event is not None]
    assert rest == list(range(2, len(store.events) + 1))
    assert hub.size == 0


async def test_a_notification_that_comes_before_the_rows_are_readable_does_no_harm() -> None:
    store = MemoryEvents()
    hub = Hub(read=store.read, last_seqs=store.last_seqs)
    store.add("created")
    reading = asyncio.create_task(collected(hub))
    await asyncio.sleep(0.01)
    hub.wake("g1", 2)
    await asyncio.sleep(0.01)
    store.add("completed")
    await hub.catch_up()
    assert await asyncio.wait_for(reading, 1) == [1, 2]


async def test_a_reader_that_has_seen_the_end_gets_nothing_more() -> None:
    store = MemoryEvents()
    hub = Hub(read=store.read, last_seqs=store.last_seqs)
    store.add("created")
    store.add("failed")
    assert await collected(hub, after=2) == []
    assert await collected(hub, after=1) == [2]
    hub.publish("g2", [store.events[0]])
    await hub.catch_up()


async def test_silence_is_said() -> None:
    store = MemoryEvents()
    hub = Hub(read=store.read, last_seqs=store.last_seqs)
    store.add("created")
    stream = hub.follow("g1", after=1, idle_s=0.01)
    assert await anext(stream) is None
    await stream.aclose()  # type: ignore[attr-defined]


async def test_a_log_that_has_just_begun_is_followed_without_a_read() -> None:
    store = MemoryEvents()
    hub = Hub(read=store.read, last_seqs=store.last_seqs)
    created = store.add("created")
    stream = hub.follow("g1", after=0, idle_s=9, known=created)
    assert await anext(stream) == created
    hub.publish("g1", [store.add("completed")])
    assert (await anext(stream)).type == "completed"  # type: ignore[union-attr]
    assert store.reads == 0


async def test_what_is_there_at_the_same_time_comes_together_and_ends_with_its_end() -> None:
    store = MemoryEvents()
    hub = Hub(read=store.read, last_seqs=store.last_seqs)
    created = store.add("created")
    groups = hub.follow_groups("g1", after=0, idle_s=9, known=created)
    assert await anext(groups) == [created]
    hub.publish("g1", [store.add("stage"), store.add("stage")])
    hub.publish("g1", [store.add("delta")])
    assert [event.seq for event in await anext(groups) or ()] == [2, 3, 4]
    hub.publish("g1", [store.add("completed")])
    assert [[event.seq for event in group or ()] async for group in groups] == [[5]]
    assert hub.size == 0


async def test_a_reader_that_leaves_in_the_middle_of_a_read_lets_it_end() -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def read(_generation_id: str, _after: int) -> list[Event]:
        begun.set()
        await asyncio.sleep(0.02)
        ended.set()
        raise StoreUnavailable("away")

    async def last_seqs(ids: Sequence[str]) -> dict[str, int]:
        return dict.fromkeys(ids, 3)

    hub = Hub(read=read, last_seqs=last_seqs)
    reader = asyncio.create_task(collected(hub))
    await begun.wait()
    reader.cancel()
    await asyncio.gather(reader, return_exceptions=True)
    assert not ended.is_set()
    assert hub.size == 0
    await asyncio.wait_for(ended.wait(), 1)
    with pytest.raises(StoreUnavailable):
        await collected(hub)
