"""The clients, over real sockets."""

import pytest
from aiohttp import web
from app.core.clients.engines import EngineClient, EngineUnreachable
from app.core.clients.gateway import GatewayClient
from app.security.url_policy import UrlPolicy
from fastapi import FastAPI, Request

from chassis.errors import ServiceError
from chassis.local_postgres import free_port
from chassis.testing import TEST_SECRET, running
from chassis.tokens import ServiceTokens

TOKENS = ServiceTokens(service="admin-service", secret=TEST_SECRET)


async def test_the_gateway_is_asked_as_the_contract_says() -> None:  # R1.17
    app = FastAPI()
    seen: list[tuple[dict[str, str], str, str]] = []

    @app.get("/livez")
    async def livez() -> dict[str, str]:
        return {"status": "alive"}

    @app.get("/internal/generations")
    async def listed(request: Request) -> dict[str, object]:
        token = request.headers["authorization"].removeprefix("Bearer ")
        caller = ServiceTokens(service="gateway", secret=TEST_SECRET).verify(token)
        seen.append((dict(request.query_params), caller.user_id, caller.role))
        return {"items": [{"id": "g1"}], "next_cursor": None}

    @app.get("/internal/generations/{generation_id}")
    async def one(generation_id: str) -> dict[str, str]:
        return {"id": generation_id}

    with running(app) as url:
        client = GatewayClient(base_url=url, tokens=TOKENS)
        assert await client.is_alive() == "answers"
        assert await client.list_generations({"limit": "5"}, user_id="u1", role="admin") == {
            "items": [{"id": "g1"}],
            "next_cursor": None,
        }
        assert seen == [({"limit": "5"}, "u1", "admin")]
        assert await client.get_generation("g1", user_id="u1", role="admin") == {"id": "g1"}
        await client.aclose()
    gone = GatewayClient(base_url=f"http://127.0.0.1:{free_port()}", tokens=TOKENS)
    with pytest.raises(ServiceError):
        await gone.is_alive()
    await gone.aclose()


async def test_an_engine_that_answers_too_much_is_cut_off() -> None:
    async def flood(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"x" * 65536)
        except ConnectionError:
            return response

    app = web.Application()
    app.router.add_get("/v1/models", flood)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    client = EngineClient(UrlPolicy(allow_loopback=True))
    with pytest.raises(EngineUnreachable, match="too_large"):
        await client.get(f"http://127.0.0.1:{port}/v1/models", api_key=None)
    with pytest.raises(EngineUnreachable, match="address_refused"):
        await EngineClient(UrlPolicy(allow_loopback=False)).get(f"http://127.0.0.1:{port}/v1/models", api_key="k")
    await runner.cleanup()
