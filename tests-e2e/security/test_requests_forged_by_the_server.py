"""Server-side request forgery: engines, webhooks and repositories are addresses that strangers name."""

import time

import httpx
import pytest

from security.conftest import Listener, refused
from security.payloads import payloads
from support.api import GENERATIONS

ENGINE = {"id": "forged", "kind": "openai", "model": "m"}


@pytest.mark.parametrize("url", payloads("ssrf_never"))
def test_no_engine_lives_where_credentials_of_machines_do(http: httpx.Client, url: str) -> None:  # R3.8 R1.14
    answer = http.post("/api/admin/engines", json={**ENGINE, "base_url": url})
    http.delete("/api/admin/engines/forged")  # where it was let in, the next case is not to stumble over it
    refused(answer, 422)


@pytest.mark.parametrize("url", payloads("ssrf_never") + payloads("ssrf_loopback"))
def test_no_webhook_goes_to_this_machine_or_to_a_private_one(
    http: httpx.Client, canary: Listener, url: str
) -> None:  # R3.8
    body = {"prompt": "Task 관리 화면 만들어줘", "webhook": {"url": url.replace("{port}", str(canary.port))}}
    answer = http.post(GENERATIONS, json=body, headers={"Prefer": "respond-async"})
    if "metadata" in url.lower().partition("/latest")[0].partition("/compute")[0]:
        assert answer.status_code == 202, "a name: looked up, and held to the same rules, when it is called"
    else:
        refused(answer, 422)
    assert canary.heard == []


@pytest.mark.parametrize("name", ["localhost", "ip6-localhost", "localhost.localdomain"])
def test_a_webhook_s_name_is_looked_at_again_when_it_is_called(
    http: httpx.Client, canary: Listener, name: str
) -> None:  # R3.8
    body = {"prompt": "Task 관리 화면 만들어줘", "webhook": {"url": f"http://{name}:{canary.port}/"}}
    answer = http.post(GENERATIONS, json=body, headers={"Prefer": "respond-async"})
    assert answer.status_code in {202, 422}
    if answer.status_code == 202:
        ours = f":{canary.port}/"
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            made = [one for one in http.get("/api/v1/webhooks/deliveries").json()["items"] if ours in one["url"]]
            if made and (made[0]["failed_at"] or made[0]["reason"]):
                break
            time.sleep(0.2)
        assert made, "it was tried"
    assert canary.heard == []


def test_an_engine_can_send_nobody_to_another_address(
    http: httpx.Client, redirecting: Listener, canary: Listener
) -> None:  # R3.8
    made = http.post("/api/admin/engines", json={**ENGINE, "base_url": f"http://127.0.0.1:{redirecting.port}/v1"})
    assert made.status_code == 201, made.text
    try:
        answer = http.post("/api/admin/engines/forged/test")
        assert answer.status_code < 500
        assert redirecting.heard, "it was asked"
        assert canary.heard == []
    finally:
        assert http.delete("/api/admin/engines/forged").status_code == 204


@pytest.mark.parametrize(
    "source",
    [
        *({"type": "git", "url": url} for url in payloads("ssrf_loopback")),
        {"type": "git", "url": "file:///etc"},
        {"type": "git", "url": "ext::sh -c 'touch /tmp/owned'"},
        {"type": "git", "url": "--upload-pack=touch /tmp/owned"},
        {"type": "git", "url": "https://git.example@127.0.0.1/a.git"},
        {"type": "git", "url": "https://git.example.evil.example/a.git"},
        {"type": "git", "url": "https://evil.example/git.example/a.git"},
        {"type": "git", "url": "https://git.example:8443/a.git"},
        {"type": "git", "url": "ssh://git.example/a.git"},
        {"type": "git", "url": "http://git.example/a.git"},
        {"type": "git", "url": "https://user:password@git.example/a.git"},
    ],
)
def test_repositories_are_cloned_from_named_hosts_alone(
    http: httpx.Client, canary: Listener, source: dict[str, str]
) -> None:  # R5.4
    source = {**source, "url": source["url"].replace("{port}", str(canary.port))}
    refused(http.post("/api/v1/repositories", json={"name": "forged", "source": source}), 422)
    assert canary.heard == []
