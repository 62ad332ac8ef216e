"""Too many callers, engines that fail again and again, equal engines, and answers without their structure."""

import asyncio
import threading
import time

import httpx

from ..conftest import StartProxy, StartServer, chat, engine, events_of, joined
from ..servers import STREAM_END, STREAM_HEAD, Exchange, Script, delta, response

ALONE = {"allow_fallback": False}


def _says(*texts: str, after_s: float = 0.0) -> Script:
    """The texts one after the other, a request each; the last again and again."""
    left = list(texts)

    async def script(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        text = left.pop(0) if len(left) > 1 else left[0]
        await asyncio.sleep(after_s)
        writer.write(STREAM_HEAD + delta(text) + STREAM_END)
        await writer.drain()

    return script


async def _broken(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
    writer.write(response("500 Internal Server Error", b"{}"))
    writer.close()


def _text(answer: httpx.Response) -> str:
    return str(answer.json()["choices"][0]["message"]["content"])


def test_who_waits_is_told_the_place_and_who_finds_no_place_when_to_come_back(
    start_proxy: StartProxy, start_server: StartServer
) -> None:  # R2.3
    server = start_server(_says("slow", after_s=0.6))
    proxy = start_proxy(engine(server, max_concurrency=1, max_queue=1), heartbeat_s=0.1)
    body = chat(stream=True, framewright=ALONE)
    answers: list[httpx.Response] = []
    threads = [
        threading.Thread(target=lambda: answers.append(proxy.post("/v1/chat/completions", json=body))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
        time.sleep(0.15)
    refused = proxy.post("/v1/chat/completions", json=body)
    for thread in threads:
        thread.join()
    assert (refused.status_code, refused.json()["error"]["code"]) == (503, "engine_busy")
    assert int(refused.headers["retry-after"]) >= 1
    assert [joined(events_of(answer)) for answer in answers] == ["slow", "slow"]
    assert ": queued, place 1, about" in answers[1].text
    assert len(server.exchanges) == 2


def test_an_engine_that_fails_again_and_again_is_left_alone(
    start_proxy: StartProxy, start_server: StartServer
) -> None:  # R2.3
    """The complaint: every request waits for the dead node first."""
    server = start_server(_broken)
    proxy = start_proxy(engine(server))
    for _ in range(6):
        assert proxy.post("/v1/chat/completions", json=chat()).json()["framewright"]["engine"] == "builtin"
    assert len(server.exchanges) == 3
    paused = proxy.post("/v1/chat/completions", json=chat(framewright=ALONE))
    assert (paused.status_code, paused.json()["error"]["code"]) == (503, "engine_paused")
    assert int(paused.headers["retry-after"]) >= 1


def test_a_callers_mistakes_never_open_the_breaker(start_proxy: StartProxy, start_server: StartServer) -> None:
    async def refuses(exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        bad = b"bad" in exchange.body
        writer.write(response("400 Bad Request", b'{"error":"bad"}') if bad else STREAM_HEAD + delta("ok") + STREAM_END)
        await writer.drain()

    proxy = start_proxy(engine(start_server(refuses)))
    for _ in range(6):
        assert proxy.post("/v1/chat/completions", json=chat("bad")).status_code == 400
    assert _text(proxy.post("/v1/chat/completions", json=chat())) == "ok"


def test_sessions_are_sticky_and_an_equal_engine_takes_over_unmarked(
    start_proxy: StartProxy, start_server: StartServer
) -> None:
    """The complaint: a conversation hops between nodes, and each one reads the whole prompt anew."""
    one, two = start_server(_says("one")), start_server(_says("two"))
    proxy = start_proxy(engine(one, id="a", model="m"), engine(two, id="b", model="m"))
    texts: dict[str, set[str]] = {}
    for session in ("s1", "s2", "s3", "s4", "s5", "s6") * 3:
        answer = proxy.post("/v1/chat/completions", json=chat(framewright={"session": session}) | {"model": "m"})
        texts.setdefault(session, set()).add(_text(answer))
    assert all(len(found) == 1 for found in texts.values())
    assert {text for found in texts.values() for text in found} == {"one", "two"}
    broken = start_server(_broken)
    proxy = start_proxy(engine(broken, id="a", model="m"), engine(two, id="b", model="m"))
    answers = [proxy.post("/v1/chat/completions", json=chat() | {"model": "m"}).json() for _ in range(4)]
    assert {answer["framewright"]["engine"] for answer in answers} == {"b"}
    assert not any(answer["framewright"]["degraded"] for answer in answers)


def test_an_answer_without_its_structure_is_asked_for_once_more(
    start_proxy: StartProxy, start_server: StartServer
) -> None:
    schema = {"type": "object", "required": ["a"]}
    wanted = {"type": "json_schema", "json_schema": {"name": "n", "schema": schema}}
    server = start_server(_says("Sure!", '{"a": 1}'))
    proxy = start_proxy(engine(server, kind="openai"))
    answer = proxy.post("/v1/chat/completions", json=chat(response_format=wanted))
    assert _text(answer) == '{"a": 1}'
    assert answer.json()["framewright"]["structure"] == "asked_again"
    assert server.exchanges[1].json()["messages"][1] == {"role": "assistant", "content": "Sure!"}
    never = start_proxy(engine(start_server(_says("never")), kind="openai"))
    left = never.post("/v1/chat/completions", json=chat(response_format=wanted))
    assert left.json()["framewright"]["structure"] == "not_kept"


def test_budgets_end_an_answer_and_the_engines_work(start_proxy: StartProxy, start_server: StartServer) -> None:  # R4.4
    async def endless(exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM_HEAD + delta('{"a": 1} '))
        while True:
            writer.write(delta("and more "))
            exchange.sent += 1
            await writer.drain()
            await asyncio.sleep(0.01)

    server = start_server(endless)
    proxy = start_proxy(engine(server))
    answer = proxy.post("/v1/chat/completions", json=chat(framewright={"stop_at_json": True}))
    assert _text(answer) == '{"a": 1}'
    started = time.monotonic()
    timed = proxy.post("/api/generate", json={"prompt": "x", "max_time": 0.3, "stream": False}).json()
    assert time.monotonic() - started < 1.5
    assert timed["done_reason"] == "length"
    assert timed["response"].startswith('{"a": 1} and more')
    deadline = time.monotonic() + 2
    while any(exchange.left_at is None for exchange in server.exchanges) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert all(exchange.left_at for exchange in server.exchanges)
