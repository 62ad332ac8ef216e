"""The frame of a service on a socket: guard, health, errors, limits, metrics, docs."""

import contextlib
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import HTTPConnection
from tests.conftest import Stage

from chassis.errors import Unauthenticated
from chassis.guard import caller_of
from chassis.testing import TEST_METRICS_TOKEN, running, service_headers

HEADERS = service_headers("rag-service", user_id="u1", role="developer")


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/docs", "/openapi.json", "/docs/assets/swagger-ui-bundle.js"])
def test_these_paths_need_no_token(http: httpx.Client, path: str):
    assert http.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/caller", "/health", "/nothing", "/docs2", "//livez"])
def test_everything_else_does(http: httpx.Client, path: str):
    response = http.get(path)
    assert response.status_code == 401
    assert response.json()["code"] == "unauthenticated"
    assert http.get(path, headers={"Authorization": "Bearer x"}).status_code == 401
    assert http.get(path, headers=service_headers("llm-proxy")).status_code == 401


def test_the_caller_and_the_trace_reach_the_handler(http: httpx.Client):
    trace_id = "0af7651916cd43dd8448eb211c80319c"
    parent = {"traceparent": f"00-{trace_id}-b7ad6b7169203331-01"}
    response = http.get("/caller", headers={**HEADERS, **parent})
    assert response.json() == {"service": "gateway", "user_id": "u1", "role": "developer", "trace_id": trace_id}
    assert response.headers["x-trace-id"] == trace_id


def test_a_connection_that_no_guard_saw_has_no_caller():
    with pytest.raises(Unauthenticated):
        caller_of(HTTPConnection({"type": "http"}))


def test_readiness_is_the_own_stores_and_peers_are_information(http: httpx.Client, stage: Stage):
    stage.peer_hangs = True
    ready = http.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["dependencies"] == {
        "store": {"ok": True, "state": "up", "required": True},
        "peer": {"ok": False, "state": "ConnectionError", "required": False},
        "slow": {"ok": False, "state": "no answer within 2 s", "required": False},
    }
    stage.store_is_up = stage.peer_hangs = False
    assert http.get("/readyz").status_code == 503
    assert http.get("/livez").json() == {"status": "alive", "service": "rag-service"}
    health = http.get("/health", headers=HEADERS).json()
    assert health["status"] == "unready"
    assert health["documents"] == 3


def test_metrics_take_the_scrape_token_alone(http: httpx.Client):
    http.get("/caller", headers=HEADERS)
    http.get("/nothing/here", headers=HEADERS)
    assert http.get("/metrics").status_code == 401
    assert http.get("/metrics", headers=HEADERS).status_code == 401
    text = http.get("/metrics", headers={"Authorization": f"Bearer {TEST_METRICS_TOKEN}"}).text
    assert 'framewright_rag_http_request_seconds_count{method="GET",route="/caller",status="200"} 1.0' in text
    assert 'route="unmatched",status="404"' in text
    assert "framewright_rag_http_requests_in_flight" in text


def test_every_failure_is_a_problem_and_no_trace_leaves(http: httpx.Client):
    conflict = http.get("/fails/conflict", headers=HEADERS)
    assert conflict.status_code == 409
    assert conflict.headers["content-type"] == "application/problem+json"
    assert conflict.json()["detail"] == "It is there already."
    unexpected = http.get("/fails/otherwise", headers=HEADERS)
    assert unexpected.status_code == 500
    assert unexpected.json()["code"] == "internal_error"
    assert "secret" not in unexpected.text
    assert "ZeroDivision" not in unexpected.text
    assert unexpected.headers["x-trace-id"] == unexpected.json()["trace_id"]
    for _ in range(20):
        assert http.get("/fails/otherwise", headers=HEADERS).status_code == 500, "the connection goes on"
    with pytest.raises(httpx.RemoteProtocolError):
        http.get("/breaks", headers=HEADERS)
    assert http.get("/nothing", headers=HEADERS).json()["code"] == "not_found"
    wrong_method = http.put("/orders", headers=HEADERS)
    assert wrong_method.status_code == 405
    assert wrong_method.headers["allow"] == "POST"


def test_wrong_fields_are_named(http: httpx.Client):
    wrong = http.post("/orders", headers=HEADERS, json={"name": "", "count": "many"})
    assert wrong.status_code == 422
    assert [item["field"] for item in wrong.json()["errors"]] == ["name", "count"]
    assert "name, count" in wrong.json()["detail"]
    broken = http.post("/orders", headers={**HEADERS, "Content-Type": "application/json"}, content="{")
    assert broken.status_code == 400
    assert broken.json()["code"] == "invalid_json"
    assert http.post("/orders", headers=HEADERS).json()["errors"][0]["field"] == "body"


def test_a_body_over_the_limit_is_413_with_and_without_a_length(http: httpx.Client):
    def chunks() -> Iterator[bytes]:
        for _ in range(11):
            yield b"x" * 100

    assert http.post("/raw", headers=HEADERS, content=b"x" * 1000).json() == {"size": 1000}
    stated = http.post("/raw", headers=HEADERS, content=b"x" * 1001)
    chunked = http.post("/raw", headers=HEADERS, content=chunks())
    assert [stated.status_code, chunked.status_code] == [413, 413]
    assert stated.json()["code"] == chunked.json()["code"] == "payload_too_large"
    own = http.get("/fails/too-large", headers=HEADERS)
    assert own.json()["detail"] == "A file in it is too large."


def test_the_docs_need_no_other_server(http: httpx.Client):
    page = http.get("/docs").text
    assert "/docs/assets/swagger-ui-bundle.js" in page
    assert "https://" not in page


def test_a_lifespan_passes_through_all_rings():
    states: list[str] = []

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        states.append("up")
        yield
        states.append("down")

    with running(FastAPI(lifespan=lifespan)):
        assert states == ["up"]
    assert states == ["up", "down"]


def test_an_application_that_does_not_start_is_an_error():
    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.store.open()
        yield

    with pytest.raises(RuntimeError, match="did not start"), running(FastAPI(lifespan=lifespan)):
        pass
