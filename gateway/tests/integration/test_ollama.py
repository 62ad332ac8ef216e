"""Ollama's protocol: passed on to llm-proxy as it is, errors included."""

import httpx

from ..conftest import FakeMesh


def test_a_stream_of_lines_comes_through_as_it_is(mesh: FakeMesh, client: httpx.Client) -> None:  # R4.4
    for path in ("/api/generate", "/api/chat", "/api/show"):
        body = {"model": "vllm", "prompt": "hi", "num_predict": 3}
        answer = client.post(path, json=body)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/x-ndjson"
        assert answer.text.splitlines() == ['{"response":"a","done":false}', '{"response":"","done":true}']
        assert mesh.llm.calls[-1] == (path, body)


def test_the_models_are_the_proxys(client: httpx.Client) -> None:
    assert client.get("/api/tags").json()["models"][0]["name"] == "vllm"


def test_errors_are_ollamas(client: httpx.Client) -> None:
    refused = client.post("/api/generate", json={"model": "nope"})
    assert (refused.status_code, refused.json()) == (404, {"error": "model 'nope' not found"})
    stranger = httpx.post(str(client.base_url).rstrip("/") + "/api/generate", json={}, trust_env=False)
    assert stranger.status_code == 401
