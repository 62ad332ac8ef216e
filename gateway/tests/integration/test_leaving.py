"""A caller who leaves while a query runs: the query ends, and its connection goes back to the pool."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator

import anyio
import pytest
from app.core.leaving import broken_off_once
from app.core.streaming import Stream
from app.db.engine import create_engine
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.types import Message


async def sent(_message: Message) -> None:
    pass


def leaves_after(seconds: float) -> "asyncio.Future[Message]":
    async def receive() -> Message:
        await asyncio.sleep(seconds)
        return {"type": "http.disconnect"}

    return asyncio.ensure_future(receive())


async def queried(engine: AsyncEngine) -> AsyncIterator[bytes]:
    while True:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT pg_sleep(0.002)"))
        yield b"."


@pytest.mark.filterwarnings("error")
async def test_no_connection_is_lost_however_a_caller_leaves(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:  # R3.8, R1.9
    engine = create_engine(database_url, pool_size=4)
    caplog.set_level(logging.WARNING)

    async def one(number: int) -> None:
        leaving = leaves_after(0.001 * (number % 40))
        await Stream(queried(engine))({"type": "http"}, lambda: leaving, sent)

    for start in range(0, 160, 8):
        await asyncio.gather(*(one(number) for number in range(start, start + 8)))
    gc.collect()
    assert [record.getMessage() for record in caplog.records] == []
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    await engine.dispose()


async def test_the_source_hears_of_it_once_and_may_take_its_time() -> None:
    heard: list[str] = []

    async def source() -> AsyncIterator[bytes]:
        try:
            yield b"."
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            heard.append("cancelled")
            raise
        finally:
            await asyncio.sleep(0.01)
            heard.append("done")

    leaving = leaves_after(0.01)
    await Stream(source())({"type": "http"}, lambda: leaving, sent)
    assert heard == ["cancelled", "done"]


async def test_what_breaks_the_source_reaches_the_server() -> None:
    async def source() -> AsyncIterator[bytes]:
        yield b"."
        raise ValueError("broken")

    leaving = leaves_after(60)
    with pytest.raises(ValueError, match="broken"):
        await Stream(source())({"type": "http"}, lambda: leaving, sent)


async def test_work_in_a_scope_of_anyio_is_broken_off_once() -> None:
    heard: list[str] = []
    done = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            heard.append("cancelled")
            raise
        finally:
            await asyncio.sleep(0.01)
            heard.append("done")
            done.set()

    with anyio.move_on_after(0.01):
        await broken_off_once(work())
    await asyncio.wait_for(done.wait(), 5)
    assert heard == ["cancelled", "done"]
