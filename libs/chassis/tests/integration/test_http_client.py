"""Calls between services on a socket: token, trace, deadline, limit, retry, stream."""

import asyncio
import time
from collections.abc import AsyncIterator

import httpx
import pytest
from tests.conftest import Stage

from chassis import deadlines
from chassis.errors import UpstreamFailed, UpstreamRejected, UpstreamTimedOut
from chassis.http_client import ServiceClient
from chassis.local_postgres import free_port
from chassis.testing import TEST_SECRET
from chassis.tokens import ServiceTokens
from chassis.tracing import current_trace_id


@pytest.fixture
async def client(url: str) -> AsyncIterator[ServiceClient]:
    made = _client(url)
    yield made
    await made.aclose()


def _client(url: str, *, patience_s: float = 0.0) -> ServiceClient:
    tokens = ServiceTokens(service="gateway", secret=TEST_SECRET)
    return ServiceClient(upstream="rag-service", base_url=url, tokens=tokens, limit_s=5, patience_s=patience_s)


async def test_a_call_carries_who_calls_and_the_trace(client: ServiceClient):
    answer = await client.request_json("GET", "/caller", user_id="u1", role="admin")
    assert answer == {"service": "gateway", "user_id": "u1", "role": "admin", "trace_id": current_trace_id()}


async def test_an_error_of_the_upstream_keeps_its_problem(client: ServiceClient):
    with pytest.raises(UpstreamRejected) as rejected:
        await client.request_json("POST", "/orders", body={"name": ""})
    assert rejected.value.status == 422
    assert rejected.value.code == "invalid_fields"
    assert [item.field for item in rejected.value.errors] == ["name"]
    assert rejected.value.upstream == "rag-service"


async def test_an_error_that_is_no_problem_is_the_upstreams_failure(client: ServiceClient):
    with pytest.raises(UpstreamFailed, match="rag-service answered 500"):
        await client.request_json("GET", "/odd/html")
    with pytest.raises(UpstreamFailed, match="not JSON"):
        await client.request_json("GET", "/odd/text")
    assert await client.request_json("GET", "/odd/empty") is None


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_repeatable_call_is_sent_once_more(client: ServiceClient, stage: Stage, status: int):
    assert await client.request_json("GET", f"/flaky/{status}", repeatable=True) == {"ok": True}
    assert stage.calls == 2


async def test_no_other_call_is(client: ServiceClient, stage: Stage):
    with pytest.raises(UpstreamRejected):
        await client.request_json("GET", "/flaky/503")
    assert stage.calls == 1
    with pytest.raises(UpstreamRejected):
        await client.request_json("GET", "/fails/conflict", repeatable=True)
    assert stage.calls == 2


async def test_a_call_ends_at_its_limit_or_at_what_is_left_of_the_callers(client: ServiceClient):
    started = time.monotonic()
    with pytest.raises(UpstreamTimedOut, match=r"0\.2 s"):
        await client.request_json("GET", "/slow", limit_s=0.2)
    deadlines.set_deadline_in(0.3)
    with pytest.raises(UpstreamTimedOut, match="rag-service gave no answer"):
        await client.request_json("GET", "/slow")
    deadlines.clear_deadline()
    assert time.monotonic() - started < 2


async def test_nobody_there_is_the_upstreams_failure():
    client = _client("http://127.0.0.1:1")
    with pytest.raises(UpstreamFailed, match="could not be reached"):
        await client.request_json("GET", "/x", repeatable=True)
    with pytest.raises(UpstreamFailed, match="could not be reached"):
        async with client.stream("GET", "/x"):
            pass
    await client.aclose()


async def test_a_patient_call_waits_for_a_service_that_starts_again():  # R3.8
    port = free_port()
    client = _client(f"http://127.0.0.1:{port}", patience_s=4)

    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}")
        writer.close()

    waiting = asyncio.create_task(client.request_json("GET", "/x", patient=True))
    await asyncio.sleep(0.7)
    assert not waiting.done()
    async with await asyncio.start_server(answer, "127.0.0.1", port):
        assert await waiting == {}
    await client.aclose()


async def test_a_patient_call_waits_for_no_more_than_a_restart():
    client = _client("http://127.0.0.1:1", patience_s=0.3)
    with pytest.raises(UpstreamFailed, match="could not be reached"):
        await client.request_json("GET", "/x", patient=True)
    started = time.monotonic()
    with pytest.raises(UpstreamFailed):
        await client.request_json("GET", "/x", patient=True)
    assert time.monotonic() - started < 0.25, "it has been away for too long to wait again"
    await client.aclose()


async def test_a_stream_is_read_as_it_comes(client: ServiceClient, stage: Stage):
    async with client.stream("GET", "/stream", first_byte_s=5) as response:
        seen = [(chunk, stage.chunks_sent) async for chunk in response.aiter_raw()]
    assert b"".join(chunk for chunk, _ in seen) == b"data: 0\n\ndata: 1\n\ndata: 2\n\n"
    assert seen[0][1] < 3, "the first chunk came before the last one was made"


async def test_a_stream_that_does_not_begin_is_an_error(client: ServiceClient):
    with pytest.raises(UpstreamTimedOut, match=r"sent nothing within 0\.2 s"):
        async with client.stream("GET", "/slow", first_byte_s=0.2):
            pass
    with pytest.raises(UpstreamRejected):
        async with client.stream("POST", "/orders", body={"name": ""}):
            pass


async def test_not_modified_is_an_answer(client: ServiceClient):
    client.raise_for_status(httpx.Response(304))
