"""A gateway that stops while it generates, beside one that stays."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from app.core.settings import Settings
from app.main import create_app
from fastapi import Request, Response
from starlette.routing import Route

from chassis.testing import running

from ..fakes.admin import KEY
from ..fakes.llm import Script

LONG = Script(parts=["SPEC", *"x" * 400], pause_s=0.05)
_HEADERS = {"Authorization": f"Bearer {KEY}"}


async def first_generation(client: httpx.AsyncClient) -> str:
    """The id of the first generation of all, which is about to begin."""
    for _ in range(200):
        found = (await client.get("/api/v1/generations")).json()["items"]
        if found:
            return str(found[0]["id"])
        await asyncio.sleep(0.05)
    raise AssertionError("nothing was generated")


@dataclass(frozen=True)
class Stopping:
    """`url` is that of the gateway that will stop, `staying` that of the other."""

    url: str
    staying: str

    async def stop_while_it_generates(self) -> None:
        """Begins the drain once an engine has begun to answer."""
        async with httpx.AsyncClient(base_url=self.url, headers=_HEADERS, trust_env=False) as client:
            path = f"/api/v1/generations/{await first_generation(client)}/events"
            async with client.stream("GET", path) as events:
                async for line in events.aiter_lines():
                    if line == "event: delta":
                        break
            await client.post("/stop")

    def statuses(self) -> list[str]:
        """How the generations ended, as the other gateway tells."""
        listed = httpx.get(f"{self.staying}/api/v1/generations", headers=_HEADERS, trust_env=False)
        return [item["status"] for item in listed.json()["items"]]


@contextmanager
def stopping_gateway(staying: Settings, going: Settings) -> Iterator[Stopping]:
    app = create_app(going)

    async def stop(_request: Request) -> Response:
        app.state.context.drain.begin()
        return Response()

    app.router.routes.append(Route("/stop", stop, methods=["POST"]))
    with running(create_app(staying)) as staying_url, running(app) as url:
        yield Stopping(url, staying_url)
