"""Problems in the shapes of OpenAI's and Ollama's protocols."""

import httpx
import pytest
from fastapi import FastAPI

from chassis.errors import FieldError, NotFound, TooManyRequests, Unprocessable, setup_errors
from chassis.protocol_errors import ProtocolErrorsMiddleware, openai_error


@pytest.fixture
def client() -> httpx.AsyncClient:
    app = FastAPI()
    setup_errors(app)

    @app.get("/v1/chat")
    @app.get("/api/chat")
    @app.get("/api/v1/chat")
    async def refused(busy: bool = False) -> None:
        if busy:
            raise TooManyRequests("Come back.", retry_after_s=7)
        errors = [FieldError("model", "there is none")]
        raise Unprocessable("No.", code="invalid_fields", errors=errors, extra={"limit": 3})

    app.add_middleware(ProtocolErrorsMiddleware, openai=["/v1/"], ollama=["/api/chat", "/api/tags"])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


async def test_an_openai_path_answers_in_openais_shape(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/chat")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/json")
    assert answer.json() == {
        "error": {
            "message": "No. model: there is none", "type": "invalid_request_error", "param": "model",
            "code": "invalid_fields", "limit": 3,
        }
    }  # fmt: skip
    busy = await client.get("/v1/chat", params={"busy": True})
    assert (busy.status_code, busy.headers["retry-after"]) == (429, "7")
    assert busy.json()["error"]["type"] == "rate_limit_error"


async def test_an_ollama_path_answers_with_a_text(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/chat")
    assert (answer.status_code, answer.json()) == (400, {"error": "No. model: there is none"})


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/v1/nope", 404), ("POST", "/api/chat", 405)])
async def test_what_the_framework_refuses_has_the_shape_too(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await client.request(method, path)
    assert (answer.status_code, set(answer.json())) == (status, {"error"})


async def test_other_paths_keep_their_problems(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/chat")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["code"] == "invalid_fields"


def test_an_error_inside_a_stream_has_the_same_shape() -> None:
    error = openai_error(NotFound("Gone.", code="gone"))["error"]
    assert error == {"message": "Gone.", "type": "not_found_error", "param": None, "code": "gone"}
