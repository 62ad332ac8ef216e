"""Whatever is sent, the answer is a problem document that says why: never a failure of the service."""

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from app.core.context import Context
from fastapi import FastAPI

from chassis.errors import NotFound
from tests.conftest import Api
from tests.integration.test_log_and_audit import FakeGateway

BODIES: list[bytes] = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"x"',
    b"{}",
    b'{"version": 1e400}',
    b"[" * 2000,
    json.dumps({"email": "\u0000@\u0000", "key": "\u0000", "name": ["\ud800"], "text": {"a": None}}).encode(),
    b'{"content": "\xff\xfe"}',
    b'{"version": 99999999999999999999, "limit": -1, "base_version": 2147483648, "refresh_token": "\\u0000"}',
]
PLACES = ["x", "%00", "%ED%95%9C", "a" * 3000, "..%2F..", "0", "99999999999999999999", "%ff"]
QUERY = "?limit=abc&cursor=%00&q=%00&since=%00&from=0&to=x&action=%00&tag=%ff"


def operations(app: FastAPI) -> list[tuple[str, str]]:
    paths: dict[str, dict[str, Any]] = app.openapi()["paths"]
    return [(method.upper(), path) for path, item in paths.items() for method in item]


class FakeThatKnowsNothing:
    """Whatever it is asked, there is no such thing."""

    async def aclose(self) -> None: ...

    def __getattr__(self, _name: str) -> Any:
        async def unknown(*_arguments: Any, **_options: Any) -> None:
            raise NotFound("There is no such thing.")

        return unknown


class FakeGatewayThatKnowsLittle(FakeThatKnowsNothing, FakeGateway):
    """Generations alone."""


class FakeIndexThatKnowsNothing(FakeThatKnowsNothing):
    """What it streams ends before it began."""

    async def index(self, **_options: Any) -> AsyncIterator[Any]:
        for _ in await self.nothing():
            yield None


@pytest.mark.parametrize("role", ["admin", "developer"])
async def test_no_request_makes_it_fail(app: FastAPI, client: Any, context: Context, role: str) -> None:  # R3.8
    nobody = FakeThatKnowsNothing()
    context.__dict__.update(gateway=FakeGatewayThatKnowsLittle(), llm_proxy=nobody, rag=FakeIndexThatKnowsNothing())
    caller = Api(client, user_id="someone", role=role)
    headers = caller.headers | {"Content-Type": "application/json", "If-Match": '"x'}
    for method, path in operations(app):
        for number, body in enumerate(BODIES):
            place = PLACES[number % len(PLACES)]
            target = re.sub(r"\{[^}]+\}", place, path) + (QUERY if number % 2 else "")
            sent = headers if number % 3 else caller.headers
            answer = await client.request(method, target, content=body, headers=sent)
            assert answer.status_code < 500, (method, target, body, answer.text)
            if answer.status_code >= 400:
                problem = answer.json()
                assert problem["code"]
                assert "Traceback" not in answer.text
