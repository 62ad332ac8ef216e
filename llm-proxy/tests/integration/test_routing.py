"""Engines by name, fallback chains, and settings that change under running streams."""

import asyncio
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Any

import httpx
import orjson
from app.main import create_app

from chassis.testing import running, service_headers

from ..conftest import StartProxy, StartServer, chat, engine, events_of, joined, make_settings, write_engines
from ..servers import (
    STREAM_END,
    STREAM_HEAD,
    Exchange,
    Script,
    SocketServer,
    delta,
    event,
    replay,
    response,
    serving,
)


def says(text: str) -> Script:
    async def script(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM_HEAD + delta(text) + STREAM_END)
        await writer.drain()

    return script


async def _refuses(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
    writer.write(response("500 Internal Server Error", b"{}"))
    writer.close()


DEAD = {"id": "dead", "kind": "vllm", "base_url": "http://127.0.0.1:9", "model": "m"}


def _content(answer: httpx.Response) -> str:
    return str(answer.json()["choices"][0]["message"]["content"])


def test_an_engine_is_found_by_id_by_model_and_as_the_default(
    start_proxy: StartProxy, start_server: StartServer
) -> None:  # R1.14
    one, two = start_server(says("one")), start_server(says("two"))
    proxy = start_proxy(engine(one, id="a", model="m-1"), engine(two, id="b", model="m-2", kind="llamacpp"))
    for model, text in {"default": "one", "a": "one", "m-1": "one", "b": "two", "m-2": "two"}.items():
        assert _content(proxy.post("/v1/chat/completions", json=chat() | {"model": model})) == text
    names = [item["id"] for item in proxy.get("/v1/models").json()["data"]]
    assert names == ["default", "a", "m-1", "b", "m-2", "builtin"]
    assert proxy.get("/v1/models/m-2").json()["framewright"]["engine"] == "b"
    unknown = proxy.post("/v1/chat/completions", json=chat() | {"model": "nope"})
    assert unknown.status_code == 404
    assert unknown.json()["error"]["code"] == "model_not_found"


def test_the_chain_goes_through_the_fallbacks_to_one_that_answers(
    start_proxy: StartProxy, start_server: StartServer
) -> None:  # R2.3
    broken, last = start_server(_refuses), start_server(says("from the last"))
    proxy = start_proxy(
        DEAD | {"fallbacks": ["broken", "unknown"]},
        engine(broken, id="broken", fallbacks=["last", "dead"]),
        engine(last, id="last", model="m-last"),
    )
    answer = proxy.post("/v1/chat/completions", json=chat()).json()
    assert answer["choices"][0]["message"]["content"] == "from the last"
    assert answer["model"] == "m-last"
    assert answer["framewright"]["engine"] == "last"
    assert answer["framewright"]["degraded"] is True
    assert "broken" in answer["framewright"]["fallback_reason"]


def test_a_callers_mistake_is_not_passed_on_to_the_next_engine(
    start_proxy: StartProxy, start_server: StartServer
) -> None:
    strict, other = start_server(replay("vllm/err_type")), start_server(says("never"))
    proxy = start_proxy(engine(strict, id="strict", fallbacks=["other"]), engine(other, id="other"))
    assert proxy.post("/v1/chat/completions", json=chat()).status_code == 400
    assert other.exchanges == []


def test_an_engine_that_is_down_is_passed_by_and_used_again_when_it_returns(start_proxy: StartProxy) -> None:
    with ExitStack() as first_life:
        server = first_life.enter_context(serving(SocketServer(says("here"))))
        port = int(server.url.rpartition(":")[2])
        proxy = start_proxy(engine(server, id="e"))
        assert _content(proxy.post("/v1/chat/completions", json=chat())) == "here"
    _eventually(lambda: _state(proxy, "e") == "down")
    without = proxy.post("/v1/chat/completions", json=chat()).json()["framewright"]
    assert (without["engine"], without["degraded"]) == ("builtin", True)
    refused = proxy.post("/v1/chat/completions", json=chat(framewright={"allow_fallback": False}))
    assert refused.json()["error"]["code"] == "engine_unreachable"
    with serving(SocketServer(says("back"), port=port)):
        _eventually(lambda: _state(proxy, "e") == "ready")
        assert _content(proxy.post("/v1/chat/completions", json=chat())) == "back"


def test_an_engine_that_has_never_answered_may_still_be_starting(start_proxy: StartProxy) -> None:
    proxy = start_proxy(DEAD)
    for _ in range(2):
        refused = proxy.post("/v1/chat/completions", json=chat(framewright={"allow_fallback": False}))
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "engine_starting")
        assert int(refused.headers["retry-after"]) == 5


def test_settings_change_without_dropping_a_stream(
    start_proxy: StartProxy, start_server: StartServer, engines_file: Path
) -> None:  # R1.14
    release = asyncio.Event()

    async def slow(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM_HEAD + delta("old "))
        await writer.drain()
        while not release.is_set():
            await asyncio.sleep(0.01)
        writer.write(delta("engine") + STREAM_END)
        await writer.drain()

    old, new = start_server(slow), start_server(says("new engine"))
    proxy = start_proxy(engine(old, id="e"))
    with proxy.stream("POST", "/v1/chat/completions", json=chat(stream=True)) as running_answer:
        lines = running_answer.iter_lines()
        assert next(lines).startswith("data: ")
        write_engines(engines_file, engine(new, id="e", model="m-new"))
        _eventually(lambda: proxy.get("/v1/engines").json()["engines"][0]["model"] == "m-new")
        assert _content(proxy.post("/v1/chat/completions", json=chat())) == "new engine"
        release.set()
        rest = "\n".join(lines)
    assert '"content":"engine"' in rest
    assert rest.rstrip().endswith("[DONE]")
    write_engines(engines_file)
    _eventually(lambda: proxy.get("/v1/engines").json()["default"] == "builtin")


def test_other_limits_from_admin_service_hold_at_once_and_drop_no_stream(
    start_server: StartServer, stack: ExitStack
) -> None:  # R1.14
    release = asyncio.Event()

    async def slow(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM_HEAD + delta("one "))
        await writer.drain()
        while not release.is_set():
            await asyncio.sleep(0.01)
        writer.write(delta("two") + STREAM_END)
        await writer.drain()

    target = start_server(slow)
    document: dict[str, Any] = {"revision": "7", "default_engine": "gpu", "engines": [engine(target, id="gpu")]}
    asked: list[str] = []
    admin = stack.enter_context(running(_admin(document, asked)))
    url = stack.enter_context(running(create_app(make_settings(admin_url=admin))))
    client = stack.enter_context(httpx.Client(base_url=url, headers=service_headers("llm-proxy"), trust_env=False))

    def gpu(member: str) -> Any:
        found = [item for item in client.get("/v1/engines").json()["engines"] if item["id"] == "gpu"]
        return found[0][member] if found else None

    _eventually(lambda: gpu("state") is not None)
    with client.stream("POST", "/v1/chat/completions", json=chat(stream=True)) as answer:
        lines = answer.iter_lines()
        assert "one" in next(line for line in lines if '"content":"one' in line)
        changes: dict[str, Any] = {
            "max_concurrency": 1, "max_queue": 0, "weight": 2, "aliases": ["coder"], "capabilities": ["json"],
        }  # fmt: skip
        document["engines"] = [engine(target, id="gpu", **changes)]
        document["revision"] = "8"
        _eventually(lambda: gpu("max_concurrency") == 1)
        assert (gpu("weight"), gpu("aliases"), gpu("capabilities")) == (2.0, ["coder"], ["json"])
        assert gpu("running") == 1  # the stream that began under the old limits counts under the new ones
        ours = {"model": "coder", "framewright": {"allow_fallback": False}}
        refused = client.post("/v1/chat/completions", json=chat() | ours)
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "engine_busy")
        release.set()
        rest = "\n".join(lines)
    assert '"content":"two"' in rest
    assert rest.rstrip().endswith("[DONE]")
    assert _content(client.post("/v1/chat/completions", json=chat() | ours)) == "one two"


def test_settings_that_are_not_valid_leave_those_in_force(
    start_proxy: StartProxy, start_server: StartServer, engines_file: Path
) -> None:
    proxy = start_proxy(engine(start_server(says("still here")), id="e"))
    engines_file.write_text("engines: [{id: e, kind: magic}]")
    _eventually(lambda: "last known" in proxy.get("/health").json()["dependencies"]["settings"]["state"])
    assert _content(proxy.post("/v1/chat/completions", json=chat())) == "still here"


def test_settings_come_from_admin_service_by_etag_and_outlive_it(
    start_server: StartServer, tmp_path: Path, stack: ExitStack
) -> None:  # R1.14
    target = start_server(says("from admin's engine"))
    asked: list[str] = []
    document = {
        "revision": "7",
        "default_engine": "gpu",
        "retrieval": {"small": {"threshold": 0.35, "limit": 4}},
        "engines": [engine(target, id="gpu", api=None, fallbacks=None, temperature=None, api_key="sk-secret")],
    }
    admin = stack.enter_context(running(_admin(document, asked)))
    settings = {"admin_url": admin, "state_dir": tmp_path / "state"}
    first = stack.enter_context(running(create_app(make_settings(**settings))))
    client = httpx.Client(base_url=first, headers=service_headers("llm-proxy"), trust_env=False)
    with client:
        _eventually(lambda: client.get("/v1/engines").json()["default"] == "gpu")
        _eventually(lambda: asked.count('"r7"') > 1)
        assert _content(client.post("/v1/chat/completions", json=chat())) == "from admin's engine"
    kept = next((tmp_path / "state").iterdir())
    assert kept.stat().st_mode & 0o777 == 0o600
    assert b"sk-secret" not in kept.read_bytes()
    without_admin = make_settings(**(settings | {"admin_url": "http://127.0.0.1:9"}))
    second = stack.enter_context(running(create_app(without_admin)))
    with httpx.Client(base_url=second, headers=service_headers("llm-proxy"), trust_env=False) as client:
        _eventually(lambda: client.get("/v1/engines").json()["default"] == "gpu")
        assert client.get("/readyz").status_code == 200


def _admin(document: dict[str, Any], asked: list[str]) -> Any:
    from fastapi import FastAPI, Header
    from starlette.responses import Response

    app = FastAPI()

    @app.get("/internal/settings")
    async def read(if_none_match: Annotated[str, Header()] = "") -> Response:
        asked.append(if_none_match)
        tag = f'"r{document["revision"]}"'
        if if_none_match == tag:
            return Response(status_code=304)
        return Response(orjson.dumps(document), media_type="application/json", headers={"ETag": tag})

    return app


def test_chat_from_an_engine_that_has_completions_alone(
    start_proxy: StartProxy, start_server: StartServer
) -> None:  # R1.18
    server = start_server(replay("vllm/completions_stream"))
    proxy = start_proxy(engine(server, api="completions", model="Mistral-7B-Instruct-v0.3"))
    request = chat("write", stream=True, max_completion_tokens=9, stop="END")
    request["messages"].insert(0, {"role": "system", "content": "be brief"})
    events = events_of(proxy.post("/v1/chat/completions", json=request))
    assert joined(events) == "Hello from a tiny"
    assert events[0]["object"] == "chat.completion.chunk"
    sent = server.exchanges[0]
    assert sent.path == "/v1/completions"
    assert sent.json()["prompt"] == "[INST] be brief\n\nwrite [/INST]"
    assert sent.json()["stop"] == ["END", "</s>", "[INST]"]
    assert sent.json()["max_tokens"] == 9
    assert "messages" not in sent.json()


def test_completions_from_an_engine_that_has_chat_alone(
    start_proxy: StartProxy, start_server: StartServer
) -> None:  # R1.18
    server = start_server(replay("llamacpp/chat_stream_usage"))
    proxy = start_proxy(engine(server, api="chat", kind="llamacpp"))
    answer = proxy.post("/v1/completions", json={"model": "default", "prompt": "abc"}).json()
    assert answer["object"] == "text_completion"
    assert answer["choices"][0]["text"]
    assert server.exchanges[0].json()["messages"] == [{"role": "user", "content": "abc"}]
    for wrong in ({"prompt": ["a", "b"]}, {"prompt": "a", "suffix": "z"}):
        refused = proxy.post("/v1/completions", json={"model": "default", **wrong})
        assert refused.status_code == 400
        assert refused.json()["error"]["param"] in {"prompt", "suffix"}


def test_tool_calls_are_put_together(start_proxy: StartProxy, start_server: StartServer) -> None:
    parts = [
        {"index": 0, "id": "c1", "type": "function", "function": {"name": "find", "arguments": '{"a"'}},
        {"index": 0, "function": {"arguments": ": 1}"}},
    ]

    async def calls(_exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM_HEAD)
        for part in parts:
            writer.write(event({"choices": [{"index": 0, "delta": {"tool_calls": [part]}, "finish_reason": None}]}))
        writer.write(event({"choices": [{"index": 0, "delta": {}, "finish_reason": "tool_calls"}]}))
        writer.write(event(b"[DONE]") + b"0\r\n\r\n")
        await writer.drain()

    proxy = start_proxy(engine(start_server(calls)))
    choice = proxy.post("/v1/chat/completions", json=chat()).json()["choices"][0]
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["content"] is None
    call = {"id": "c1", "type": "function", "function": {"name": "find", "arguments": '{"a": 1}'}}
    assert choice["message"]["tool_calls"] == [call]
    events = events_of(proxy.post("/v1/chat/completions", json=chat(stream=True)))
    streamed = [item["choices"][0]["delta"].get("tool_calls") for item in events[:-2]]
    assert [parts for parts in streamed if parts] == [[parts[0]], [parts[1]]]


def _state(proxy: httpx.Client, engine_id: str) -> str:
    return next(str(item["state"]) for item in proxy.get("/v1/engines").json()["engines"] if item["id"] == engine_id)


def _eventually(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
