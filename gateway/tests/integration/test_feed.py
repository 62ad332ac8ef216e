"""The feed of a session where its logs are not whole: purged, taken back, or followed by a process that stops."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import pytest
from app.conversations.feed import Feed, GoesOnElsewhere
from app.conversations.settling import Settling
from app.db.engine import create_engine
from app.runs.hub import Hub
from app.storage.conversation_records import TURN_SPAN
from app.storage.events import EventStore
from app.storage.messages import MessageStore
from app.storage.records import now
from app.storage.sessions import SessionStore
from app.storage.turns import TurnStore
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

Frame = dict[str, Any]
IDLE_S = 0.1


class Watcher:
    def __init__(self) -> None:
        self.turned = asyncio.Event()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(database_url, pool_size=4)
    yield engine
    await engine.dispose()


@pytest.fixture
def hub(database: AsyncEngine) -> Hub:
    events = EventStore(database)

    async def read(generation_id: str, after: int) -> Any:
        return await events.read(generation_id, after=after)

    return Hub(read=read, last_seqs=events.last_seqs)


@pytest.fixture
def feed(database: AsyncEngine, hub: Hub) -> Feed:
    turns, messages = TurnStore(database), MessageStore(database)
    settling = Settling(turns, messages)
    return Feed(hub=hub, turns=turns, messages=messages, settling=settling, idle_s=IDLE_S)


async def a_turn(database: AsyncEngine, number: int, status: str, **columns: Any) -> str:
    """A turn of the session `s`, whose generation has no events."""
    moment = now()
    if number == 1:
        session = {
            "id": "s",
            "user_id": "u",
            "kind": "chat",
            "title": "",
            "titled": False,
            "temperature": 0.7,
            "max_tokens": 9,
            "system_prompt": "",
            "use_knowledge": False,
            "created_at": moment,
            "updated_at": moment,
            "active_at": moment,
            "turns": 1,
            "positions": 2,
        }
        await SessionStore(database).create(session)
    values = {
        "id": f"m{number}", "session": "s", "position": number, "turn": number, "status": status, "at": moment,
        "generation": f"g{number}", "content": columns.pop("content", ""), "problem": columns.pop("problem", None),
    }  # fmt: skip
    statement = text(
        "INSERT INTO gateway.messages (id, session_id, user_id, position, turn, role, author, content, status,"
        " created_at, generation_id, problem) VALUES (:id, :session, 'u', :position, :turn, 'assistant', 'x', :content,"
        " :status, :at, :generation, CAST(:problem AS json))"
    )
    async with database.begin() as connection:
        await connection.execute(statement, values)
    return f"m{number}"


async def first(feed: Feed, count: int, after: int = 0) -> list[Frame]:
    frames: list[Frame] = []
    async with asyncio.timeout(10), aclosing(feed.frames("s", after, Watcher())) as source:
        async for frame in source:
            frames.append(frame)
            if len(frames) == count:
                break
    return frames


async def test_a_turn_whose_events_are_gone_is_one_frame(database: AsyncEngine, feed: Feed) -> None:  # R3.4
    await a_turn(database, 1, "complete", content="답")
    await a_turn(database, 2, "failed", problem='{"code": "owner_lost", "detail": "gone"}')
    complete, failed = await first(feed, 2)
    assert (complete["type"], complete["message"]["content"]) == ("ai_complete", "답")
    assert (failed["type"], failed["code"], failed["message"]) == ("error", "owner_lost", "gone")
    assert complete["seq"] < failed["seq"] == 3 * TURN_SPAN - 1
    assert await first(feed, 1, after=complete["seq"]) == [failed]


async def test_a_turn_that_is_taken_back_is_passed_over(database: AsyncEngine, feed: Feed) -> None:
    await a_turn(database, 1, "streaming")
    await a_turn(database, 2, "complete", content="답")
    waiting = asyncio.create_task(first(feed, 1))
    await asyncio.sleep(3 * IDLE_S)
    assert not waiting.done()
    await TurnStore(database).discard("s", 1)
    assert (await waiting)[0]["message"]["content"] == "답"


async def test_where_the_process_stops_the_reader_is_sent_elsewhere(
    database: AsyncEngine, feed: Feed, hub: Hub
) -> None:  # R3.4
    await a_turn(database, 1, "streaming")
    waiting = asyncio.create_task(first(feed, 1))
    await asyncio.sleep(IDLE_S / 2)
    hub.drain(lambda _: False)
    with pytest.raises(GoesOnElsewhere):
        await waiting


async def test_a_feed_waits_for_a_turn_without_asking_again(database: AsyncEngine, feed: Feed) -> None:
    await a_turn(database, 1, "complete", content="답")
    watcher = Watcher()
    async with aclosing(feed.frames("s", 2 * TURN_SPAN, watcher)) as frames:
        waiting = asyncio.ensure_future(anext(frames))
        await asyncio.sleep(IDLE_S)
        await a_turn(database, 2, "complete", content="둘")
        await asyncio.sleep(IDLE_S)
        assert not waiting.done()
        watcher.turned.set()
        assert (await waiting)["message"]["content"] == "둘"
