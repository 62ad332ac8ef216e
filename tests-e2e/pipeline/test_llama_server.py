"""A real llama-server as the engine: it streams, its useless answer is recognised, `builtin` gives the result."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from chassis.local_postgres import free_port

from support.api import Api, assert_whole, of_type
from support.mesh import until

SERVER, MODEL = os.environ.get("LLAMA_SERVER"), os.environ.get("LLAMA_MODEL")
pytestmark = pytest.mark.skipif(
    not (SERVER and MODEL), reason="LLAMA_SERVER (the llama-server binary) and LLAMA_MODEL (a GGUF file) are not set"
)


@pytest.fixture
def llama(http: httpx.Client, api: Api, tmp_path: Path) -> Iterator[str]:
    """A llama-server, set as the default engine by an admin."""
    port = free_port()
    command = [str(SERVER), "-m", str(MODEL), "--host", "127.0.0.1", "--port", str(port), "-c", "16384", "-np", "1"]
    # A tiny model says that it was trained on 2,048 tokens, and reads bytes: a prompt of ours is more than that.
    command += ["--override-kv", "llama.context_length=int:16384"]
    with (tmp_path / "llama.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        until(lambda: _healthy(port))
        body = {"id": "llama", "kind": "llamacpp", "base_url": f"http://127.0.0.1:{port}", "model": "tiny"}
        created = http.post("/api/admin/engines", json={**body, "context_window": 8192, "max_output_tokens": 256})
        assert created.status_code == 201, created.text
        assert http.patch("/api/admin/settings", json={"default_engine": "llama"}).status_code == 200
        until(lambda: api.knows_engine("llama"), limit_s=20)
        yield "llama"
    finally:
        http.patch("/api/admin/settings", json={"default_engine": "builtin"})
        http.delete("/api/admin/engines/llama")
        until(lambda: not api.knows_engine("llama"), limit_s=20)
        until(lambda: not api.wait_for("Task 관리 화면 만들어줘").json()["degraded"], limit_s=20)
        process.terminate()
        process.wait(10)


def _healthy(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def test_a_useless_answer_is_recognised_and_builtin_gives_the_result(api: Api, llama: str):  # R1.7 R1.8 R1.10 R1.18
    events = api.generate("Task 관리 화면 만들어줘", model=llama)
    assert_whole(events)
    assert events[-1]["type"] == "completed", events[-1]
    first_reset = next(event["seq"] for event in of_type(events, "reset"))
    streamed = [event["text"] for event in of_type(events, "delta") if event["seq"] < first_reset]
    assert len(streamed) > 1, "the model's answer came as a stream"
    assert of_type(events, "spec")[0]["seq"] > first_reset, "the useless answer gave no spec"
    result = api.result(events[0]["generation_id"])
    assert result["engine"] == "builtin"
    assert result["degraded"] is True
    assert {item["path"] for item in result["artifacts"]} == {"TaskList.xml", "TaskList.js", "task.sql"}


@pytest.mark.usefixtures("llama")
def test_it_is_the_default_engine_where_the_admin_says_so(api: Api):  # R1.14
    def degraded() -> bool:
        return bool(api.wait_for("Task 관리 화면 만들어줘").json()["degraded"])

    until(degraded, limit_s=15)
