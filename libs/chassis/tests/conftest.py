"""A service made of the chassis alone, on a real socket."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any

import httpx
import pytest
from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from chassis.application import create_service_app
from chassis.errors import Conflict, PayloadTooLarge
from chassis.guard import caller_of
from chassis.health import Probe
from chassis.metrics import ServiceMetrics
from chassis.settings import ServiceSettings
from chassis.testing import TEST_METRICS_TOKEN, TEST_SECRET, running
from chassis.tokens import Caller
from chassis.tracing import current_trace_id

MAX_BODY_BYTES = 1000


class Order(BaseModel):
    name: str = Field(min_length=1)
    count: int = 1


class Stage:
    """What the tests turn: the state of the store, and how often a path was called."""

    def __init__(self) -> None:
        self.store_is_up = True
        self.peer_hangs = False
        self.calls = 0
        self.chunks_sent = 0


async def _raise() -> str:
    raise ConnectionError("no peer")


def _routes(app: FastAPI, stage: Stage) -> None:
    @app.get("/caller")
    async def caller(who: Annotated[Caller, Depends(caller_of)]) -> dict[str, str]:
        return {"service": who.service, "user_id": who.user_id, "role": who.role, "trace_id": current_trace_id()}

    @app.post("/orders")
    async def orders(order: Order) -> dict[str, Any]:
        return {"name": order.name}

    @app.post("/raw")
    async def raw(request: Request) -> dict[str, int]:
        return {"size": len(await request.body())}

    @app.get("/fails/{how}")
    async def fails(how: str) -> dict[str, str]:
        stage.calls += 1
        if how == "conflict":
            raise Conflict("It is there already.")
        if how == "too-large":
            raise PayloadTooLarge("A file in it is too large.")
        raise ZeroDivisionError("a secret of the inside")


def _odd_routes(app: FastAPI, stage: Stage) -> None:
    @app.get("/flaky/{status}")
    async def flaky(status: int) -> Response:
        stage.calls += 1
        return Response('{"ok": true}', status_code=status if stage.calls == 1 else 200)

    @app.get("/odd/{kind}")
    async def odd(kind: str) -> Response:
        if kind == "html":
            return Response("<html>", status_code=500)
        return Response("not json") if kind == "text" else Response(status_code=204)

    @app.get("/breaks")
    async def breaks() -> StreamingResponse:
        async def chunks() -> AsyncIterator[bytes]:
            yield b"half"
            raise ZeroDivisionError("in the middle")

        return StreamingResponse(chunks())

    @app.get("/slow")
    async def slow() -> dict[str, str]:
        await asyncio.sleep(30)
        return {}

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        async def chunks() -> AsyncIterator[bytes]:
            for number in range(3):
                stage.chunks_sent += 1
                yield f"data: {number}\n\n".encode()
                await asyncio.sleep(0.05)

        return StreamingResponse(chunks(), media_type="text/event-stream")


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def app(stage: Stage) -> FastAPI:
    async def store() -> str:
        if not stage.store_is_up:
            raise ConnectionError("no store")
        return "up"

    async def slow() -> str:
        await asyncio.sleep(60 if stage.peer_hangs else 0)
        return "up"

    settings = ServiceSettings(service_secret=TEST_SECRET, metrics_token=TEST_METRICS_TOKEN, log_level="error")
    made = create_service_app(
        settings,
        service="rag-service",
        summary="A service for tests.",
        metrics=ServiceMetrics("rag-service"),
        probes=[Probe("store", store), Probe("peer", _raise, required=False), Probe("slow", slow, required=False)],
        facts=lambda: {"documents": 3},
        max_body_bytes=MAX_BODY_BYTES,
    )
    _routes(made, stage)
    _odd_routes(made, stage)
    return made


@pytest.fixture
def url(app: FastAPI) -> Iterator[str]:
    with running(app) as base_url:
        yield base_url


@pytest.fixture
def http(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=10, trust_env=False) as client:
        yield client
