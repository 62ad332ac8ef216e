"""Frames are written and read back, whatever pieces the network makes of them."""

from collections.abc import AsyncIterator

import pytest

from chassis import sse

STREAM = (
    sse.encode('{"a":"가"}', event="delta", event_id="7")
    + sse.COMMENT
    + sse.encode(b"one\ntwo")
    + b"data: crlf\r\nevent: x\r\n\r\n"
    + b"event: no data\n\ndata: unfinished"
)
EVENTS = [
    sse.ServerSentEvent('{"a":"가"}', "delta", "7"),
    sse.ServerSentEvent("one\ntwo", "", "7"),
    sse.ServerSentEvent("crlf", "x", "7"),
]


async def pieces(size: int) -> AsyncIterator[bytes]:
    for at in range(0, len(STREAM), size):
        yield STREAM[at : at + size]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 17, 1000])
async def test_events_are_read_by_event_and_not_by_network_read(size: int):
    assert [event async for event in sse.decode(pieces(size))] == EVENTS


async def test_an_event_without_data_leaves_no_name_for_the_next():
    async def stream() -> AsyncIterator[bytes]:
        yield b"event: lost\n\ndata: x\n\n"

    assert [event async for event in sse.decode(stream())] == [sse.ServerSentEvent("x")]
