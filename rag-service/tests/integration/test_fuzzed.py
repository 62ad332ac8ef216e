"""Whatever is sent, no answer is a server's error: bodies made at random from the API document."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from app.core.context import Upstreams
from app.main import create_app
from hypothesis import HealthCheck, given, seed, settings as hypothesis_settings, strategies as st
from tests.conftest import FakeAdmin, FakeEmbedding, indexed, make_settings, wait_until, write_pack

from chassis.testing import running, service_headers

DOCUMENT = json.loads((Path(__file__).parents[2] / "openapi.json").read_text(encoding="utf-8"))
OPERATIONS = [
    (method.upper(), path) for path, item in DOCUMENT["paths"].items() for method in item if path.startswith("/v1/")
]
PARAMETERS = {name for _, path in OPERATIONS for name in re.findall(r"\{\w+\}", path)}
EXAMPLES = 40
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), st.text(max_size=40), st.just("xframe5"),
    st.sampled_from(["demo", "\x00", "../..", "ko", "small", "code", "knowledge", "\ud800", "𝄞", "a" * 3000]),
)  # fmt: skip
anything = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
)


@pytest.fixture(scope="module", name="fuzzed")
def _fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("fuzzed")
    write_pack(folder / "packs")
    app = create_app(make_settings(folder), upstreams=lambda _settings: Upstreams(FakeEmbedding(), FakeAdmin()))
    with running(app) as url, httpx.Client(base_url=url, headers=service_headers("rag-service"), timeout=30) as client:
        wait_until(lambda: indexed(client) == 3)
        yield client


def _properties(method: str, path: str) -> dict[str, Any]:
    content = DOCUMENT["paths"][path][method.lower()].get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    found: dict[str, Any] = DOCUMENT["components"]["schemas"].get(name, {}).get("properties", {})
    return found


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_no_answer_is_a_servers_error(fuzzed, method, path):  # R5.5
    names = list(_properties(method, path))
    bodies = st.one_of(anything, st.fixed_dictionaries({}, optional=dict.fromkeys(names, anything)))
    known = {"query": "grid", "prompt": "grid", "task": "spec", "framework": "demo"}

    @seed(20261121)
    @hypothesis_settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(body=bodies, part=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
    def run(body: Any, part: str) -> None:
        if isinstance(body, dict):
            body = {name: known[name] for name in names if name in known} | body
        address = path
        for name in PARAMETERS:
            address = address.replace(name, quote(part, safe="") or "x")
        content = json.dumps(body).encode()
        answer = fuzzed.request(method, address, content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code < 500, (address, body, answer.text)

    run()
