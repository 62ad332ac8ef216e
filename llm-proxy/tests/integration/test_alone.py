"""The proxy by itself, as its image starts it: a YAML file, keys of its own, and nothing of the mesh around it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import ollama
import openai
import orjson
import pytest
from app.core.keys import ANYBODY, KeysOrTokens
from app.core.settings import Settings
from app.main import create_app

from chassis.local_postgres import free_port
from chassis.testing import TEST_METRICS_TOKEN, running
from chassis.tokens import InvalidServiceToken, ServiceTokens

from ..conftest import StartServer, chat
from ..servers import replay

KEY = "key-of-a-team-0123456789"
SERVICE = Path(__file__).parents[2]
SECRETIVE = "a prompt that nobody may read in a log"


@contextmanager
def _process(**environment: str) -> Iterator[tuple[str, list[str]]]:
    """The command of the Dockerfile with this environment alone; its address, and its log once it has stopped."""
    port = free_port()
    command = [sys.executable, "-m", "chassis.server", "app.main:create_app", "--host", "127.0.0.1"]
    process = subprocess.Popen(
        [*command, "--port", str(port)], cwd=SERVICE, text=True, stdout=subprocess.PIPE,
        env={"PATH": os.environ["PATH"], **environment},
    )  # fmt: skip
    log: list[str] = []
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url)
        yield url, log
    finally:
        process.terminate()
        log += (process.communicate(timeout=30)[0] or "").splitlines()


def _wait(url: str) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            assert httpx.get(f"{url}/readyz", trust_env=False).status_code == 200
        except httpx.TransportError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return


def test_a_yaml_file_and_a_key_are_all_that_it_needs(start_server: StartServer, tmp_path: Path) -> None:  # R5.2
    server = start_server(replay("vllm/chat_stream_reasoning_usage"))
    file = tmp_path / "engines.yaml"
    file.write_text(
        f"default_engine: gpu\nengines:\n"
        f"  - {{id: gpu, kind: vllm, base_url: '{server.url}', model: tiny-bigram, "
        f"aliases: [coder], api_key: $GPU_KEY}}\n"
    )
    environment = {"FRAMEWRIGHT_ENGINES_FILE": str(file), "FRAMEWRIGHT_API_KEYS": f"team:{KEY}", "GPU_KEY": "sk-gpu"}
    with _process(**environment) as (url, log):
        with openai.OpenAI(base_url=f"{url}/v1", api_key=KEY, max_retries=0) as client:
            messages = [{"role": "user", "content": SECRETIVE}]
            answer = client.chat.completions.create(model="coder", messages=messages)  # type: ignore[arg-type]
            assert answer.choices[0].message.content
            assert "coder" in [model.id for model in client.models.list()]
            with pytest.raises(openai.NotFoundError):
                client.chat.completions.create(model="nope", messages=messages)  # type: ignore[arg-type]
        for wrong in ("", "Bearer wrong-key-of-nobody"):
            refused = httpx.post(
                f"{url}/v1/chat/completions", json=chat(), headers={"Authorization": wrong}, trust_env=False
            )
            assert refused.status_code == 401
            assert refused.json()["error"]["type"] == "authentication_error"
    assert server.exchanges[0].headers["authorization"] == "Bearer sk-gpu"
    _check_log(log)


def _check_log(log: list[str]) -> None:
    """One line a request, with what is known of it, and nothing of what was said."""
    lines = [orjson.loads(line) for line in log]
    asked = [line for line in lines if line["event"] == "request" and line["path"] == "/v1/chat/completions"]
    assert [line["status"] for line in asked] == [200, 404, 401, 401]
    first = asked[0]
    assert (first["engine"], first["model"], first["outcome"]) == ("gpu", "tiny-bigram", "completed")
    assert first["prompt_tokens"] > 0
    assert first["completion_tokens"] > 0
    assert {"ms", "first_ms", "trace_id", "degraded"} <= first.keys()
    text = "\n".join(log)
    assert SECRETIVE not in text
    assert KEY not in text


def test_on_a_closed_network_it_may_be_open_to_everybody(start_server: StartServer) -> None:  # R4.4
    server = start_server(replay("vllm/chat_stream_reasoning_usage"))
    environment = {
        "FRAMEWRIGHT_OPEN": "1", "FRAMEWRIGHT_ENGINE_URL": server.url, "FRAMEWRIGHT_ENGINE_KIND": "vllm",
        "FRAMEWRIGHT_ENGINE_MODEL": "tiny-bigram", "FRAMEWRIGHT_LOG_PROMPTS": "1",
    }  # fmt: skip
    with _process(**environment) as (url, log):
        client = ollama.Client(host=url)
        assert client.chat(model="tiny-bigram", messages=[{"role": "user", "content": SECRETIVE}]).message.content
        client._client.close()  # it has no way of its own
        with openai.OpenAI(base_url=f"{url}/v1", api_key="anything", max_retries=0) as other:
            assert other.completions.create(model="env", prompt="x").choices
        assert httpx.get(f"{url}/metrics", trust_env=False).status_code == 403
    assert any(orjson.loads(line).get("prompt") == SECRETIVE for line in log)


def test_keys_beside_the_tokens_of_the_mesh() -> None:
    tokens = ServiceTokens(service="llm-proxy", secret="s" * 40)
    known = KeysOrTokens(tokens, keys=f"team:{KEY}, other-key-0123456789", anybody=False)
    assert known.verify(KEY).user_id == "team"
    assert known.verify("other-key-0123456789").user_id == "key-2"
    issued = ServiceTokens(service="gateway", secret="s" * 40).issue(audience="llm-proxy", user_id="u")
    assert known.verify(issued).service == "gateway"
    with pytest.raises(InvalidServiceToken):
        known.verify("nobody")
    assert KeysOrTokens(tokens, keys="", anybody=True).verify("nobody") is ANYBODY
    with pytest.raises(ValueError, match="fewer than"):
        KeysOrTokens(tokens, keys="team:short", anybody=False)


def test_alone_it_needs_no_secret_of_a_mesh_and_asks_no_admin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FRAMEWRIGHT_SERVICE_SECRET", raising=False)
    settings = Settings.model_validate({"open": True, "metrics_token": TEST_METRICS_TOKEN, "poll_s": 0.05})
    assert settings.alone
    with running(create_app(settings)) as url:
        answer = httpx.post(f"{url}/v1/chat/completions", json=chat(), trust_env=False)
        assert answer.json()["framewright"]["engine"] == "builtin"
        state = httpx.get(f"{url}/health", trust_env=False).json()["dependencies"]["settings"]["state"]
        assert state == "settings in force"


def test_an_engine_in_the_wrong_form_is_said_at_the_start(tmp_path: Path) -> None:
    file = tmp_path / "engines.yaml"
    file.write_bytes(orjson.dumps({"engines": [engine_of_no_kind()]}))
    with _process(FRAMEWRIGHT_OPEN="1", FRAMEWRIGHT_ENGINES_FILE=str(file)) as (_, log):
        pass
    assert any("kind" in str(orjson.loads(line).get("detail")) for line in log)


def engine_of_no_kind() -> dict[str, str]:
    return {"id": "e", "kind": "magic", "base_url": "http://127.0.0.1:9"}
