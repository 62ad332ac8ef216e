"""Fixtures: the proxy on a socket, with the engines that a test names."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from app.core.settings import Settings
from app.main import create_app

from chassis.testing import TEST_METRICS_TOKEN, TEST_SECRET, running, service_headers

from .servers import Script, SocketServer, serving

StartProxy = Callable[..., httpx.Client]
StartServer = Callable[..., SocketServer]


def make_settings(**changes: Any) -> Settings:
    """Settings of a test: nothing of this machine's environment, and short limits."""
    defaults: dict[str, Any] = {
        "service_secret": TEST_SECRET,
        "metrics_token": TEST_METRICS_TOKEN,
        "admin_url": "http://127.0.0.1:9",
        "connect_s": 1.0,
        "first_byte_s": 2.0,
        "between_bytes_s": 1.0,
        "total_s": 10.0,
        "poll_s": 0.05,
        "probe_s": 0.2,
    }
    return Settings(**(defaults | changes))


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FRAMEWRIGHT_ENGINE_URL", "OPENAI_API_KEY", "FRAMEWRIGHT_ENGINES_FILE", "FRAMEWRIGHT_STATE_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def engines_file(tmp_path: Path) -> Path:
    return tmp_path / "engines.yaml"


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as result:
        yield result


@pytest.fixture
def start_server(stack: ExitStack) -> StartServer:
    """Starts a socket server that answers with a script."""

    def start(script: Script, **gets: bytes) -> SocketServer:
        return stack.enter_context(
            serving(SocketServer(script, {f"/{k.replace('__', '/')}": v for k, v in gets.items()}))
        )

    return start


@pytest.fixture
def start_proxy(stack: ExitStack, engines_file: Path) -> StartProxy:
    """Starts the proxy with these engines (the first is the default), and gives a client of it."""

    def start(*engines: dict[str, Any], **settings: Any) -> httpx.Client:
        write_engines(engines_file, *engines)
        app = create_app(make_settings(engines_file=engines_file, **settings))
        url = stack.enter_context(running(app))
        return stack.enter_context(
            httpx.Client(base_url=url, headers=service_headers("llm-proxy"), timeout=20, trust_env=False)
        )

    return start


def write_engines(path: Path, *engines: dict[str, Any]) -> None:
    document = {"default_engine": engines[0]["id"] if engines else None, "engines": list(engines)}
    path.write_bytes(orjson.dumps(document))


def engine(server: SocketServer, *, kind: str = "vllm", **changes: Any) -> dict[str, Any]:
    """An engine behind a socket server."""
    return {"id": kind, "kind": kind, "base_url": server.url, "model": "tiny-bigram", **changes}


def chat(text: str = "hi", **members: Any) -> dict[str, Any]:
    return {"model": "default", "messages": [{"role": "user", "content": text}], **members}


def events_of(response: httpx.Response) -> list[Any]:
    """The data of a stream's events; `[DONE]` as that string."""
    blocks = [block for block in response.text.split("\n\n") if block.startswith("data: ")]
    return ["[DONE]" if block == "data: [DONE]" else orjson.loads(block.removeprefix("data: ")) for block in blocks]


def joined(events: list[Any], member: str = "content") -> str:
    """The text of a chat stream's deltas."""
    choices = [choice for item in events if isinstance(item, dict) for choice in item.get("choices", ())]
    return "".join(choice["delta"].get(member) or "" for choice in choices)
