"""Busy paths past the framework: guard, errors and metrics hold there as everywhere."""

import httpx
import pytest
from fastapi import FastAPI
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from chassis.application import create_service_app
from chassis.direct import DirectPath, setup_direct_paths
from chassis.errors import NotFound
from chassis.metrics import ServiceMetrics
from chassis.settings import ServiceSettings
from chassis.testing import TEST_METRICS_TOKEN, TEST_SECRET, running, service_headers
from chassis.tokens import Caller


class Asked(BaseModel):
    name: str


async def _greet(body: Asked, context: str, caller: Caller) -> Response:
    if body.name == "nobody":
        raise NotFound("There is nobody.")
    return JSONResponse({"text": f"{context} {body.name}", "by": caller.service})


def _app() -> FastAPI:
    settings = ServiceSettings.model_validate(
        {"service_secret": TEST_SECRET, "metrics_token": TEST_METRICS_TOKEN, "log_level": "error"}
    )
    app = create_service_app(settings, service="demo-service", summary="Demo.", metrics=ServiceMetrics("demo-service"))
    app.state.context = "hello"
    setup_direct_paths(app, [DirectPath("/v1/greetings", Asked, _greet)])
    return app


@pytest.fixture(scope="module", name="client")
def _client():
    with running(_app()) as url, httpx.Client(base_url=url, headers=service_headers("demo-service")) as client:
        yield client


def test_a_direct_path_answers_with_context_and_caller(client):
    answer = client.post("/v1/greetings", json={"name": "kim"})
    assert answer.status_code == 200
    assert answer.json()["text"] == "hello kim"
    assert answer.json()["by"]


def test_the_guard_stands_before_it(client):
    assert client.post("/v1/greetings", json={"name": "kim"}, headers={"Authorization": ""}).status_code == 401


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [(b"{", 400, "invalid_json"), (b"{}", 422, "invalid_fields"), (b'{"name": "nobody"}', 404, "not_found")],
)
def test_what_is_wrong_is_a_problem_as_elsewhere(client, content, status, code):
    answer = client.post("/v1/greetings", content=content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_it_is_counted_under_its_route(client):
    client.post("/v1/greetings", json={"name": "kim"})
    scrape = client.get("/metrics", headers={"Authorization": f"Bearer {TEST_METRICS_TOKEN}"})
    assert 'route="/v1/greetings"' in scrape.text


def test_other_methods_and_paths_are_the_frameworks(client):
    assert client.get("/v1/greetings").status_code == 404
    assert client.post("/v1/other", json={}).status_code == 404
