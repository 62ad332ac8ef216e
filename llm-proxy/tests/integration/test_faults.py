"""Engines that misbehave at the level of the socket: every request ends in an answer or an error."""

import asyncio
import time

import aiohttp
import httpx
import pytest

from chassis.testing import service_headers

from ..conftest import StartProxy, StartServer, chat, engine, events_of, joined
from ..servers import STREAM_END, STREAM_HEAD, Exchange, Script, SocketServer, chunked, delta, event, response


def sends(*parts: bytes, then: str = "close") -> Script:
    """Writes the parts one by one, then closes, resets, or stalls for ever."""

    async def script(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0.01)
        if then == "stall":
            await asyncio.sleep(3600)
        elif then == "reset":
            writer.transport.abort()
        else:
            writer.close()

    return script


async def _endless(exchange: Exchange, writer: asyncio.StreamWriter) -> None:
    writer.write(STREAM_HEAD)
    while True:
        writer.write(delta("word "))
        exchange.sent += 1
        await writer.drain()
        await asyncio.sleep(0.01)


async def _endless_head(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"x-more: " + b"x" * 4000 + b"\r\n")
        await writer.drain()


BEFORE_CONTENT = {
    "slow head": sends(*[bytes([byte]) for byte in b"HTTP/1.1 200 OK\r\nx: y\r\n"], then="stall"),
    "endless head": _endless_head,
    "an encoding that was not asked for": sends(response("200 OK", b"\x1f\x8b", extra="content-encoding: gzip\r\n")),
    "an upgrade": sends(b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\nhello"),
    "closes at once": sends(),
    "resets at once": sends(then="reset"),
    "stalls before the head": sends(then="stall"),
    "stalls after the head": sends(STREAM_HEAD, then="stall"),
    "comments for ever": sends(STREAM_HEAD, *[chunked(b": keep-alive\n\n")] * 3, then="stall"),
    "half a frame": sends(STREAM_HEAD, chunked(b'data: {"choices":[{"ind'), then="reset"),
    "garbage frame": sends(STREAM_HEAD, event(b"\xff\xfe garbage")),
    "a frame that is no object": sends(STREAM_HEAD, event([1, 2])),
    "garbage instead of HTTP": sends(b"\x00\x01\x02 nonsense\r\n\r\n"),
    "500": sends(response("500 Internal Server Error", b"boom", content_type="text/plain")),
    "503": sends(response("503 Service Unavailable", b'{"error":{"message":"queue","code":503}}')),
    "429": sends(response("429 Too Many Requests", b'{"error":"slow down"}', extra="retry-after: 7\r\n")),
    "redirect": sends(response("302 Found", b"", extra="location: http://169.254.169.254/\r\n")),
    "wrong content type": sends(response("200 OK", b"<html>hello</html>", content_type="text/html")),
    "no choices": sends(response("200 OK", b'{"choices":[]}')),
    "empty stream": sends(STREAM_HEAD, b"0\r\n\r\n"),
    "error frame first": sends(STREAM_HEAD, event({"error": {"message": "out of memory", "code": 500}})),
    "error string frame": sends(STREAM_HEAD, event({"error": "out of memory"})),
}


@pytest.mark.parametrize("name", BEFORE_CONTENT)
@pytest.mark.parametrize("stream", [False, True])
def test_what_goes_wrong_before_any_content_is_answered_by_the_fallback(
    start_proxy: StartProxy, start_server: StartServer, name: str, stream: bool
) -> None:  # R2.3 R3.8
    server = start_server(BEFORE_CONTENT[name])
    proxy = start_proxy(engine(server), first_byte_s=0.3, between_bytes_s=0.3)
    answer = proxy.post("/v1/chat/completions", json=chat("hello", stream=stream))
    assert answer.status_code == 200
    member = events_of(answer)[0]["framewright"] if stream else answer.json()["framewright"]
    assert member["engine"] == "builtin"
    assert member["degraded"] is True
    assert "vllm" in member["fallback_reason"]


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("closes at once", 502, "engine_failed"),
        ("stalls after the head", 504, "engine_timed_out"),
        ("stalls before the head", 504, "engine_timed_out"),
        ("503", 503, "engine_busy"),
        ("429", 503, "engine_busy"),
        ("empty stream", 502, "engine_truncated"),
        ("wrong content type", 502, "engine_failed"),
    ],
)
def test_without_fallback_the_caller_gets_the_engines_fault(
    start_proxy: StartProxy, start_server: StartServer, name: str, status: int, code: str
) -> None:
    proxy = start_proxy(engine(start_server(BEFORE_CONTENT[name])), first_byte_s=0.3)
    answer = proxy.post("/v1/chat/completions", json=chat(stream=True, framewright={"allow_fallback": False}))
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code
    assert answer.headers["content-type"] == "application/json"
    if code == "engine_busy":
        assert int(answer.headers["retry-after"]) == (7 if name == "429" else 5)


AFTER_CONTENT = {
    "reset": sends(STREAM_HEAD, delta("one"), then="reset"),
    "closed": sends(STREAM_HEAD, delta("one")),
    "ended without done": sends(STREAM_HEAD, delta("one"), b"0\r\n\r\n"),
    "stalled": sends(STREAM_HEAD, delta("one"), then="stall"),
    "garbage": sends(STREAM_HEAD, delta("one"), event(b"{not json")),
    "error frame": sends(
        STREAM_HEAD, delta("one"), event({"error": {"message": "gone", "code": 500}}), event(b"[DONE]")
    ),
    "abort": sends(
        STREAM_HEAD, delta("one"), event({"choices": [{"index": 0, "delta": {}, "finish_reason": "abort"}]})
    ),
}


@pytest.mark.parametrize("name", AFTER_CONTENT)
def test_what_goes_wrong_after_content_is_one_error_frame_and_never_another_engine(
    start_proxy: StartProxy, start_server: StartServer, name: str
) -> None:  # R3.8
    proxy = start_proxy(engine(start_server(AFTER_CONTENT[name])), between_bytes_s=0.3)
    events = events_of(proxy.post("/v1/chat/completions", json=chat(stream=True)))
    assert joined(events[:-1]) == "one"
    assert events[-1]["error"]["type"] == "server_error"
    assert sum("error" in item for item in events) == 1
    whole = proxy.post("/v1/chat/completions", json=chat())
    assert whole.status_code in {502, 504}


def test_an_endless_answer_is_ended_by_the_total_limit(start_proxy: StartProxy, start_server: StartServer) -> None:
    server = start_server(_endless)
    proxy = start_proxy(engine(server), total_s=0.5)
    started = time.perf_counter()
    events = events_of(proxy.post("/v1/chat/completions", json=chat(stream=True)))
    assert time.perf_counter() - started < 2
    assert events[-1]["error"]["code"] == "engine_timed_out"
    _wait_until_left(server.exchanges[0])


def test_an_answer_without_a_pause_is_ended_by_the_total_limit(
    start_proxy: StartProxy, start_server: StartServer
) -> None:
    async def floods(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM_HEAD)
        while True:
            writer.write(delta("word ") * 50)
            await writer.drain()

    server = start_server(floods)
    proxy = start_proxy(engine(server), total_s=0.5)
    started = time.perf_counter()
    answer = proxy.post("/v1/chat/completions", json=chat())
    assert time.perf_counter() - started < 3
    assert answer.json()["error"]["code"] == "engine_timed_out"
    _wait_until_left(server.exchanges[0])


def test_a_callers_deadline_is_kept(start_proxy: StartProxy, start_server: StartServer) -> None:
    proxy = start_proxy(engine(start_server(sends(STREAM_HEAD, then="stall"))))
    started = time.perf_counter()
    answer = proxy.post("/v1/chat/completions", json=chat(), headers={"x-framewright-deadline-ms": "500"})
    assert time.perf_counter() - started < 1
    assert answer.json()["framewright"]["engine"] == "builtin"


PATHS: dict[str, dict[str, object]] = {
    "/v1/chat/completions": {"messages": [{"role": "user", "content": "hi"}]},
    "/v1/completions": {"prompt": "hi"},
    "/v1/responses": {"input": "hi"},
    "/api/chat": {"messages": [{"role": "user", "content": "hi"}]},
    "/api/generate": {"prompt": "hi"},
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("stage", ["before the head", "before content", "while it flows"])
async def test_the_engine_is_stopped_within_200_ms_after_the_client_left(
    start_proxy: StartProxy, start_server: StartServer, path: str, stream: bool, stage: str
) -> None:  # R3.8
    """The complaint: the GPU goes on with an answer that nobody reads. A busy machine gets three tries."""
    scripts = {
        "before the head": sends(then="stall"),
        "before content": sends(STREAM_HEAD, then="stall"),
        "while it flows": _endless_response if path == "/v1/responses" else _endless,
    }
    server = start_server(scripts[stage])
    proxy = start_proxy(engine(server))
    url = str(proxy.base_url).rstrip("/") + path
    body = {"model": "default", "stream": stream, **PATHS[path]}
    for _ in range(3):
        took = await _seconds_until_left(server, url, body)
        if took < 0.2:
            break
    assert took < 0.2


async def _seconds_until_left(server: SocketServer, url: str, body: dict[str, object]) -> float:
    """From a client's leaving, once its request has reached the engine, until the engine is left."""
    before = len(server.exchanges)
    async with aiohttp.ClientSession(headers=service_headers("llm-proxy")) as session:
        request = asyncio.ensure_future(session.post(url, json=body))
        async with asyncio.timeout(5):
            while len(server.exchanges) == before:
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)
        left = time.perf_counter()
        if request.done():
            request.result().close()
        else:
            request.cancel()
            await asyncio.wait((request,))
        await asyncio.to_thread(_wait_until_left, server.exchanges[before])
    left_at = server.exchanges[before].left_at
    assert left_at is not None
    return left_at - left


async def _endless_response(exchange: Exchange, writer: asyncio.StreamWriter) -> None:
    writer.write(STREAM_HEAD)
    while True:
        writer.write(event({"type": "response.output_text.delta", "delta": "word "}))
        exchange.sent += 1
        await writer.drain()
        await asyncio.sleep(0.01)


async def test_who_leaves_the_queue_is_forgotten_and_never_reaches_the_engine(
    start_proxy: StartProxy, start_server: StartServer
) -> None:
    server = start_server(_endless)
    proxy = start_proxy(engine(server, max_concurrency=1))
    url = str(proxy.base_url).rstrip("/") + "/v1/chat/completions"
    async with aiohttp.ClientSession(headers=service_headers("llm-proxy")) as session:
        first = asyncio.ensure_future(session.post(url, json=chat(stream=True)))
        waiting = [asyncio.ensure_future(session.post(url, json=chat(stream=stream))) for stream in (False, True)]
        for wanted, leaving in ((2, []), (0, waiting)):
            for request in leaving:
                request.cancel()
            async with asyncio.timeout(5):
                while await asyncio.to_thread(_waiting, proxy) != wanted:
                    await asyncio.sleep(0.02)
        (await first).close()
    assert len(server.exchanges) == 1


def _waiting(proxy: httpx.Client) -> int:
    return int(proxy.get("/v1/engines").json()["engines"][0]["waiting"])


def _wait_until_left(exchange: Exchange) -> None:
    deadline = time.monotonic() + 3
    while exchange.left_at is None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert exchange.left_at is not None


def test_a_comment_keeps_a_silent_stream_open(start_proxy: StartProxy, start_server: StartServer) -> None:
    async def slow(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM_HEAD)
        await asyncio.sleep(0.35)
        writer.write(delta("late") + STREAM_END)
        writer.close()

    proxy = start_proxy(engine(start_server(slow)), heartbeat_s=0.1)
    answer = proxy.post("/v1/chat/completions", json=chat(stream=True))
    assert answer.text.startswith(": keep-alive\n\n: keep-alive\n\n")
    assert joined(events_of(answer)) == "late"
    assert answer.text.endswith("data: [DONE]\n\n")


def test_a_failure_after_a_comment_is_a_frame(start_proxy: StartProxy, start_server: StartServer) -> None:
    proxy = start_proxy(engine(start_server(sends(then="stall"))), heartbeat_s=0.1, first_byte_s=0.3)
    request = chat(stream=True, framewright={"allow_fallback": False})
    answer = proxy.post("/v1/chat/completions", json=request)
    assert answer.status_code == 200
    assert events_of(answer)[-1]["error"]["code"] == "engine_timed_out"
    assert "[DONE]" not in answer.text


def test_a_kept_connection_that_the_engine_closed_is_tried_once_more(
    start_proxy: StartProxy, start_server: StartServer
) -> None:
    calls: list[int] = []

    async def first_closes(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        calls.append(1)
        if len(calls) > 1:
            writer.write(STREAM_HEAD + delta("fine") + STREAM_END)
        writer.close()

    proxy = start_proxy(engine(start_server(first_closes)))
    answer = proxy.post("/v1/chat/completions", json=chat())
    assert answer.json()["choices"][0]["message"]["content"] == "fine"
    assert len(calls) == 2


def test_connections_are_used_again(start_proxy: StartProxy, start_server: StartServer) -> None:
    server = start_server(_fine)
    proxy = start_proxy(engine(server), probe_s=60)
    for _ in range(5):
        assert proxy.post("/v1/chat/completions", json=chat()).json()["choices"][0]["message"]["content"] == "fine"
    assert len({exchange.headers["x-peer"] for exchange in server.exchanges}) == 1


async def _fine(exchange: Exchange, writer: asyncio.StreamWriter) -> None:
    exchange.headers["x-peer"] = str(writer.get_extra_info("peername"))
    writer.write(STREAM_HEAD + delta("fine") + STREAM_END)
    await writer.drain()


FINE_IN_OTHER_WAYS = {
    "100 Continue first": b"HTTP/1.1 100 Continue\r\n\r\n" + STREAM_HEAD + delta("fine") + STREAM_END,
    "ended by the connection": b"HTTP/1.0 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"
    b'data: {"choices":[{"index":0,"delta":{"content":"fine"}}]}\r\n\r\ndata: [DONE]\r\n\r\n',
    "more than was asked for": STREAM_HEAD + delta("fine") + STREAM_END + b"HTTP/1.1 200 OK\r\n\r\n",
    "trailers": STREAM_HEAD + delta("fine") + STREAM_END[: -len(b"\r\n")] + b"x-sum: 1\r\n\r\n",
}


@pytest.mark.parametrize("name", FINE_IN_OTHER_WAYS)
def test_answers_in_ways_that_http_allows(start_proxy: StartProxy, start_server: StartServer, name: str) -> None:
    proxy = start_proxy(engine(start_server(sends(FINE_IN_OTHER_WAYS[name]))))
    for _ in range(3):
        answer = proxy.post("/v1/chat/completions", json=chat(framewright={"allow_fallback": False}))
        assert answer.json()["choices"][0]["message"]["content"] == "fine"


async def test_an_engine_that_is_faster_than_its_reader_is_made_to_wait(
    start_proxy: StartProxy, start_server: StartServer
) -> None:
    """Nothing piles up in the proxy while a client does not read."""

    async def floods(exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM_HEAD)
        frame = delta("w" * 4000)
        for _ in range(20_000):
            writer.write(frame)
            await writer.drain()
            exchange.sent += len(frame)

    server = start_server(floods)
    proxy = start_proxy(engine(server), between_bytes_s=30.0)
    url = str(proxy.base_url).rstrip("/") + "/v1/chat/completions"
    async with aiohttp.ClientSession(headers=service_headers("llm-proxy"), read_bufsize=1024) as session:
        response_ = await session.post(url, json=chat(stream=True))
        before = -1
        async with asyncio.timeout(10):
            while not server.exchanges or server.exchanges[0].sent != before:
                before = server.exchanges[0].sent if server.exchanges else -1
                await asyncio.sleep(0.3)
        assert before < 40_000_000
        response_.close()
    await asyncio.to_thread(_wait_until_left, server.exchanges[0])
