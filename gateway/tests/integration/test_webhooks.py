"""Webhooks: signed, tried again, and never sent to where they must not go."""

import base64
import hashlib
import hmac
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response

from chassis.testing import running

from ..conftest import FakeMesh, GatewayFactory
from ..fakes.admin import KEY, OTHER_KEY
from .test_jobs import ordered, until_ended

HEADERS = {"Authorization": f"Bearer {KEY}"}


class FakeReceiver:
    """Keeps what it was sent; answers as told, one after the other, then 204."""

    def __init__(self) -> None:
        self.url = ""
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.app = FastAPI()

        @self.app.post("/hook")
        async def hook(request: Request) -> Response:
            self.got.append((dict(request.headers), await request.body()))
            status = self.answers.pop(0) if self.answers else 204
            return Response(status_code=status, headers={"Location": "/elsewhere"})

        @self.app.post("/elsewhere")
        async def elsewhere() -> Response:
            raise AssertionError("a redirect was followed")


@pytest.fixture
def receiver() -> Iterator[FakeReceiver]:
    fake = FakeReceiver()
    with running(fake.app) as url:
        fake.url = f"{url}/hook"
        yield fake


@pytest.fixture
def client(mesh: FakeMesh, start_gateway: GatewayFactory) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=start_gateway(webhook_allow="127.0.0.1"), headers=HEADERS, timeout=20) as client:
        yield client


def delivered(client: httpx.Client, limit_s: float = 25) -> dict[str, Any]:
    """The newest delivery when it is settled."""
    deadline = time.monotonic() + limit_s
    while True:
        items = client.get("/api/v1/webhooks/deliveries").json()["items"]
        if items and (items[0]["delivered_at"] or items[0]["failed_at"] or time.monotonic() > deadline):
            first: dict[str, Any] = items[0]
            return first
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_end_is_told_signed(
    client: httpx.Client, start_worker: GatewayFactory, receiver: FakeReceiver
) -> None:  # R2.2
    start_worker(webhook_allow="127.0.0.1")
    location = ordered(client, webhook={"url": receiver.url})
    assert until_ended(client, location)["status"] == "completed"
    delivery = delivered(client)
    assert (delivery["attempts"], delivery["event"], delivery["reason"]) == (1, "generation.completed", None)
    headers, body = receiver.got[0]
    secret = client.get("/api/v1/webhooks/secret").json()["secret"]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    document = httpx.Response(200, content=body).json()
    assert document["type"] == "generation.completed"
    assert document["data"]["generation_id"] == location.rpartition("/")[2]
    assert document["data"]["artifacts"][0]["path"] == "TaskList.xml"
    assert "content" not in document["data"]["artifacts"][0]


def test_a_receiver_that_fails_is_asked_again_with_the_same_message(
    client: httpx.Client, start_worker: GatewayFactory, receiver: FakeReceiver
) -> None:  # R2.2
    start_worker(webhook_allow="127.0.0.1")
    receiver.answers = [500]
    ordered(client, webhook={"url": receiver.url})
    delivery = delivered(client)
    assert (delivery["attempts"], delivery["reason"]) == (2, None)
    first, second = receiver.got
    assert (first[0]["webhook-id"], first[1]) == (second[0]["webhook-id"], second[1])


def test_a_redirect_is_no_delivery(
    client: httpx.Client, start_worker: GatewayFactory, receiver: FakeReceiver
) -> None:  # R2.2
    start_worker(webhook_allow="127.0.0.1")
    receiver.answers = [302, 410]
    ordered(client, webhook={"url": receiver.url})
    delivery = delivered(client)
    assert delivery["failed_at"] is not None, "410: the receiver wants no more"
    assert delivery["reason"] == "the receiver answered 410"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x", "http://127.1:8005/", "http://2130706433/", "http://0x7f.0.0.1/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest", "http://10.0.0.1/", "http://[fe80::1]/",
        "http://[64:ff9b::7f00:1]/", "http://user:pass@example.com/", "http://0.0.0.0/", "http://100.64.0.1/",
        "http://１２７.０.０.１/", "http://169。254。169。254/", "http://127.0.0.1./",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused_at_once(mesh: FakeMesh, gateway: str, url: str) -> None:  # R2.2
    body = {"prompt": "Task 화면", "webhook": {"url": url}}
    answer = httpx.post(f"{gateway}/api/v1/generations", json=body, headers=HEADERS)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "webhook.url"


def test_a_name_that_leads_to_a_private_address_is_refused_when_it_is_called(
    client: httpx.Client, start_worker: GatewayFactory, receiver: FakeReceiver
) -> None:  # R2.2
    start_worker()
    port = httpx.URL(receiver.url).port
    ordered(client, webhook={"url": f"http://localhost:{port}/hook"})
    delivery = delivered(client)
    assert delivery["failed_at"] is not None
    assert "not public" in delivery["reason"]
    assert receiver.got == []


def test_deliveries_are_ones_own(client: httpx.Client, start_worker: GatewayFactory, receiver: FakeReceiver) -> None:
    start_worker(webhook_allow="127.0.0.1")
    ordered(client, webhook={"url": receiver.url})
    delivered(client)

    other = {"Authorization": f"Bearer {OTHER_KEY}"}
    assert client.get("/api/v1/webhooks/deliveries", headers=other).json() == {"items": []}
    mine, theirs = (client.get("/api/v1/webhooks/secret", headers=headers).json() for headers in (HEADERS, other))
    assert mine != theirs
