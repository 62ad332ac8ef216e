"""Adapters of engines, their shares of the calls, and `/health`."""

import asyncio
import time
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from app.routing.shares_file import FILE

from ..conftest import StartProxy, StartServer, chat, engine, write_engines
from ..servers import STREAM_END, STREAM_HEAD, Exchange, Script, delta, response

BASE_CARD = {"id": "tiny-bigram", "root": "models/Tiny-AWQ", "parent": None, "max_model_len": 4096}


class FakeLora:
    """vLLM's adapter paths: what is loaded is listed, as recorded from a real one."""

    def __init__(self) -> None:
        self.loaded: dict[str, str] = {}
        self.gets: dict[str, bytes] = {}
        self._tell()

    def _tell(self) -> None:
        cards = [BASE_CARD, *({"id": k, "root": v, "parent": "tiny-bigram"} for k, v in self.loaded.items())]
        self.gets["/v1/models"] = response("200 OK", orjson.dumps({"data": cards}))

    async def answer(self, exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        if exchange.path == "/v1/load_lora_adapter":
            body = exchange.json()
            if body["lora_path"] == "missing":
                error = {"message": "No adapter found for missing", "type": "NotFoundError", "param": None, "code": 404}
                writer.write(response("404 Not Found", orjson.dumps({"error": error})))
            else:
                self.loaded[body["lora_name"]] = body["lora_path"]
                writer.write(response("200 OK", b"Success: LoRA adapter added.", content_type="text/plain"))
        elif exchange.path == "/v1/unload_lora_adapter":
            del self.loaded[exchange.json()["lora_name"]]
            writer.write(response("200 OK", b"Success", content_type="text/plain"))
        else:
            writer.write(STREAM_HEAD + delta(str(exchange.json()["model"])) + STREAM_END)
        self._tell()
        await writer.drain()


def _start(start_proxy: StartProxy, start_server: StartServer, script: Script, **gets: bytes) -> httpx.Client:
    return start_proxy(engine(start_server(script, **gets), id="gpu"))


def _answered_by(proxy: httpx.Client, **members: Any) -> str:
    return str(proxy.post("/v1/chat/completions", json=chat(**members)).json()["choices"][0]["message"]["content"])


def test_adapters_are_loaded_shared_rolled_back_and_unloaded(
    start_proxy: StartProxy, start_server: StartServer
) -> None:  # R4.6
    lora = FakeLora()
    server = start_server(lora.answer)
    server.gets = lora.gets
    proxy = start_proxy(engine(server, id="gpu"))
    path = "/v1/engines/gpu/adapters"
    assert proxy.get(path).json() == {"engine": "gpu", "base_weight": 1.0, "adapters": []}
    for version in ("v1", "v2"):
        loaded = proxy.post(path, json={"name": "screens", "version": version, "path": f"lora/{version}"})
        assert loaded.status_code == 200
    assert [item["name"] for item in loaded.json()["adapters"]] == ["screens@v1", "screens@v2"]
    assert _answered_by(proxy) == "tiny-bigram"
    proxy.put(f"{path}/weights", json={"weights": {"screens@v1": 1}})
    assert _answered_by(proxy) == "screens@v1"
    proxy.put(f"{path}/weights", json={"weights": {"screens@v1": 0, "screens@v2": 1}})
    answer = proxy.post("/v1/chat/completions", json=chat()).json()
    assert answer["framewright"]["adapter"] == "screens@v2"
    health = proxy.get("/health").json()
    assert (health["adapter_path"], health["adapter_version"]) == ("screens", "v2")
    proxy.post(f"{path}/rollback")
    assert _answered_by(proxy) == "screens@v1"
    proxy.put(f"{path}/weights", json={"weights": {"": 1, "screens@v1": 1}})
    assert {_answered_by(proxy, framewright={"session": f"s{n}"}) for n in range(12)} == {"tiny-bigram", "screens@v1"}
    assert len({_answered_by(proxy, framewright={"session": "one"}) for _ in range(4)}) == 1
    proxy.delete(f"{path}/screens@v1")
    assert _answered_by(proxy) == "tiny-bigram"


def test_shares_survive_a_restart_and_a_change_of_other_settings(
    start_proxy: StartProxy, start_server: StartServer, engines_file: Path, tmp_path: Path
) -> None:  # R4.6
    lora = FakeLora()
    server = start_server(lora.answer)
    server.gets = lora.gets
    path, state = "/v1/engines/gpu/adapters", tmp_path / "state"
    first = start_proxy(engine(server, id="gpu"), state_dir=state)
    for version in ("v1", "v2"):
        first.post(path, json={"name": "screens", "version": version, "path": f"lora/{version}"})
        first.put(f"{path}/weights", json={"weights": {f"screens@{version}": 1}})
    write_engines(engines_file, engine(server, id="gpu", weight=2))
    second = start_proxy(engine(server, id="gpu", weight=3), state_dir=state)
    assert _answered_by(second) == "screens@v2"
    second.post(f"{path}/rollback")
    assert _answered_by(second) == "screens@v1"
    for _ in range(100):  # the other replica has it with its next look
        if _answered_by(first) == "screens@v1":
            break
        time.sleep(0.05)
    assert _answered_by(first) == "screens@v1"
    third = start_proxy(engine(server, id="gpu", model="another"), state_dir=state)
    assert _answered_by(third) == "another"


def test_shares_that_can_not_be_read_are_none(start_proxy: StartProxy, tmp_path: Path) -> None:
    for content in (b"{broken", b"[]", b'{"builtin": {"server": " builtin", "history": 7}}'):
        (tmp_path / FILE).write_bytes(content)
        assert start_proxy(state_dir=tmp_path).get("/health").json()["adapter_path"] is None


def test_what_can_not_be_done_is_said(start_proxy: StartProxy, start_server: StartServer) -> None:
    lora = FakeLora()
    server = start_server(lora.answer)
    server.gets = lora.gets
    proxy = start_proxy(engine(server, id="gpu"))
    missing = proxy.post("/v1/engines/gpu/adapters", json={"name": "x", "path": "missing"})
    assert missing.status_code == 404
    wrong = proxy.put("/v1/engines/gpu/adapters/weights", json={"weights": {"none": 1}})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "weights.none")
    assert proxy.get("/v1/engines/nope/adapters").status_code == 404
    for method, path in (("GET", ""), ("PUT", "/scales")):
        body = {"scales": {"0": 1.0}} if path else None
        assert proxy.request(method, f"/v1/engines/builtin/adapters{path}", json=body).status_code == 400
    assert proxy.post("/v1/engines/builtin/adapters", json={"name": "x", "path": "y"}).status_code == 400


def test_llama_cpp_mixes_its_adapters_by_scale(start_proxy: StartProxy, start_server: StartServer) -> None:
    told: list[Any] = []

    async def scaled(exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        told.append(exchange.json())
        writer.write(response("200 OK", b'{"success":true}'))
        await writer.drain()

    gets = {
        "lora-adapters": response("200 OK", b'[{"id":0,"path":"a.gguf","scale":1.0}]', extra="connection: close\r\n")
    }
    proxy = start_proxy(engine(start_server(scaled, **gets), id="cpp", kind="llamacpp"))
    listed = proxy.put("/v1/engines/cpp/adapters/scales", json={"scales": {"0": 0.5}}).json()
    assert listed["adapters"] == [{"name": "0", "path": "a.gguf", "scale": 1.0, "weight": 0.0}]
    assert told == [[{"id": 0, "scale": 0.5}]]
    assert proxy.put("/v1/engines/cpp/adapters/scales", json={"scales": {"7": 0.5}}).status_code == 400


def test_health_has_the_fields_of_the_model_server(start_proxy: StartProxy, start_server: StartServer) -> None:  # R4.5
    lora = FakeLora()
    server = start_server(lora.answer)
    server.gets = lora.gets
    proxy = start_proxy(engine(server, id="gpu"), stop_think=True, clean_response=False)
    for _ in range(100):
        health = proxy.get("/health").json()
        if health["model_loaded"]:
            break
    assert (health["model_loaded"], health["quantization"], health["use_4bit"]) == (True, "awq", True)
    assert (health["clean_response"], health["stop_think_default"]) == (False, True)
    assert (health["adapter_path"], health["adapter_version"]) == (None, None)


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254", "http://[fe80::1]:80", "http://metadata.google.internal", "http://2852039166",
            "http://[::ffff:169.254.169.254]"],
)  # fmt: skip
def test_link_local_and_metadata_addresses_are_never_called(start_proxy: StartProxy, url: str) -> None:  # R5.2
    proxy = start_proxy({"id": "evil", "kind": "vllm", "base_url": url, "model": "m"})
    answer = proxy.post("/v1/chat/completions", json=chat(framewright={"allow_fallback": False}))
    assert answer.status_code == 502
    assert "may not be called" in answer.json()["error"]["message"]
