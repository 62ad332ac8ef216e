"""Whatever is sent, no answer is a server's error: bodies made at random from the API document."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from app.core.context import Loaders
from app.main import create_app
from hypothesis import HealthCheck, given, seed, settings as hypothesis_settings, strategies as st
from tests.conftest import FakeAnalyzer, FakeEncoder, make_settings, wait_until_ready

from chassis.testing import running, service_headers

DOCUMENT = json.loads((Path(__file__).parents[2] / "openapi.json").read_text(encoding="utf-8"))
PATHS = [path for path, item in DOCUMENT["paths"].items() if path.startswith("/v1/") and "post" in item]
EXAMPLES = 60
texts = st.one_of(st.text(max_size=40), st.sampled_from(["", "\x00", "\ud800", "𝄞", "그리드", "a" * 5000, "get_Row2"]))
scalars = st.one_of(st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), texts)
anything = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
)
lists = st.lists(texts, max_size=4)


@pytest.fixture(scope="module", name="fuzzed")
def _fuzzed() -> Iterator[httpx.Client]:
    app = create_app(make_settings(), loaders=Loaders(FakeEncoder, FakeAnalyzer))
    with running(app) as url, httpx.Client(base_url=url, headers=service_headers("embedding-service")) as client:
        wait_until_ready(client)
        yield client


def _names(path: str) -> list[str]:
    schema = DOCUMENT["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    return list(DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]["properties"])


@pytest.mark.parametrize("path", PATHS)
def test_no_answer_is_a_servers_error(fuzzed, path):  # R5.5
    likely = {"input": st.one_of(texts, lists), "query": texts, "documents": lists}
    members = {name: st.one_of(anything, likely[name]) if name in likely else anything for name in _names(path)}
    bodies = st.one_of(anything, st.fixed_dictionaries({}, optional=members))

    @seed(20261121)
    @hypothesis_settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(body=bodies)
    def run(body: Any) -> None:
        answer = fuzzed.post(path, content=json.dumps(body).encode(), headers={"Content-Type": "application/json"})
        assert answer.status_code < 500, (path, body, answer.text)

    run()
