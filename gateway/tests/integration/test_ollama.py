"""Ollama's protocol: passed on to llm-proxy as it is, errors included."""

import httpx
import ollama

from ..conftest import FakeMesh
from ..fakes.admin import KEY


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


def test_what_clients_ask_first_is_answered(mesh: FakeMesh, client: httpx.Client) -> None:  # R4.4
    for path in ("/api/version", "/api/ps"):
        assert client.get(path).json() == {"asked": path}
    for path in ("/api/embed", "/api/embeddings"):
        body = {"model": "vllm", "input": "a", "prompt": "a"}
        assert client.post(path, json=body).status_code == 200
        assert mesh.llm.calls[-1] == (path, body)


def test_the_root_is_a_heartbeat_and_leads_browsers_to_the_console(gateway: str) -> None:
    for method in ("GET", "HEAD"):
        alive = httpx.request(method, f"{gateway}/", trust_env=False)
        assert (alive.status_code, alive.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    led = httpx.get(f"{gateway}/", headers=browser, trust_env=False)
    assert (led.status_code, led.headers["location"]) == (302, "/console/")
    assert httpx.post(f"{gateway}/", trust_env=False).status_code == 401


def test_the_official_client_finds_its_way(gateway: str) -> None:
    with ollama.Client(gateway, headers={"Authorization": f"Bearer {KEY}"}) as client:
        assert client.list().models[0].model == "vllm"


def test_errors_are_ollamas(client: httpx.Client, gateway: str) -> None:
    refused = client.post("/api/generate", json={"model": "nope"})
    assert (refused.status_code, refused.json()) == (404, {"error": "model 'nope' not found"})
    stranger = httpx.post(f"{gateway}/api/chat", json={}, trust_env=False)
    assert (stranger.status_code, stranger.headers["www-authenticate"]) == (401, "Bearer")
    too_large = client.post("/api/chat", content=b"x" * 5_000_000)
    wrong_method = client.get("/api/chat")
    assert (too_large.status_code, wrong_method.status_code) == (413, 405)
    for answer in (stranger, too_large, wrong_method):
        assert answer.headers["content-type"] == "application/json"
        assert set(answer.json()) == {"error"}
        assert isinstance(answer.json()["error"], str)
