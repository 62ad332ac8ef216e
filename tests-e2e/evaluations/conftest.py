"""Engines that replay recorded answers, known to the mesh by the names of their kinds."""

from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from support.api import Api
from support.mesh import ROOT, until
from support.replaying_engine import CAREFULLY, IN_PROSE, Kind, ReplayingEngine, replaying_engine

KINDS: tuple[Kind, ...] = ("good", "mediocre", "bad", "obedient", "written", "hasty")


@pytest.fixture(scope="session")
def client(mesh) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {mesh.key}"}
    with httpx.Client(base_url=mesh.url, headers=headers, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
def prompts(client: httpx.Client) -> dict[str, int]:
    """Two versions of the prompt for specs: one asks for prose, one for care."""
    made = client.post("/api/admin/templates", json={"framework": "xframe5", "task": "spec", "content": IN_PROSE})
    assert made.status_code == 201, made.text
    better = {"content": _careful_template(), "base_version": 1}
    assert client.post("/api/admin/templates/xframe5/spec/versions", json=better).status_code == 201
    return {"prose": 1, "careful": 2}


def _careful_template() -> str:
    """The pack's own template with one sentence more."""
    own = (ROOT / "frameworks" / "xframe5" / "prompts" / "spec.en.md").read_text(encoding="utf-8")
    return own.rpartition("---\n# system\n")[2].join([f"# system\n{CAREFULLY}\n", ""])


@pytest.fixture(scope="session")
def replays(client: httpx.Client) -> Iterator[dict[Kind, ReplayingEngine]]:
    with ExitStack() as stack:
        engines = {kind: stack.enter_context(replaying_engine(kind)) for kind in KINDS}
        for kind, engine in engines.items():
            body = {"id": kind, "kind": "openai", "base_url": engine.url, "model": f"replay-{kind}"}
            created = client.post("/api/admin/engines", json={**body, "context_window": 32768, "api": "chat"})
            assert created.status_code == 201, created.text
        until(lambda: all(Api(client).knows_engine(kind) for kind in KINDS), limit_s=30)
        yield engines
