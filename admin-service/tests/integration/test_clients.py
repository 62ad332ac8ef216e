"""The clients, over real sockets."""

from datetime import date

import pytest
from aiohttp import web
from app.core.clients.engines import EngineClient, EngineUnreachable
from app.core.clients.gateway import GatewayClient
from app.core.clients.llm_proxy import LlmProxyClient
from app.core.clients.rag import RagClient
from app.core.clients.services import ServicesClient
from app.security.url_policy import UrlPolicy
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse

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

    @app.get("/internal/generations/export")
    async def exported() -> PlainTextResponse:
        return PlainTextResponse("a line\n")

    @app.get("/internal/measures")
    @app.get("/internal/usage")
    async def counted(request: Request) -> dict[str, str]:
        return dict(request.query_params)

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
        acting = {"user_id": "u1", "role": "admin"}
        assert await client.get_generation("g1", {"redact": ["email"]}, **acting) == {"id": "g1"}
        async with client.export_generations({"redact": ["email", "card"]}, **acting) as content:
            assert [part async for part in content] == [b"a line\n"]
        assert await client.measures({"step_s": "60"}, **acting) == {"step_s": "60"}
        day = date(2026, 11, 1)
        assert await client.usage(day, day, **acting) == {"first": "2026-11-01", "last": "2026-11-01"}
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


async def test_services_say_how_they_are_and_one_that_is_gone_is_a_state() -> None:  # R5.8
    app = FastAPI()
    store = {"ok": False, "state": "ConnectionError", "required": True}

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        return JSONResponse({"status": "unready", "dependencies": {"postgres": store}}, status_code=503)

    @app.get("/v1/engines")
    async def engines() -> dict[str, object]:
        return {"default": "builtin", "engines": []}

    with running(app) as url:
        client = ServicesClient({"llm-proxy": url, "rag-service": f"http://127.0.0.1:{free_port()}"}, TOKENS)
        proxy, rag = await client.states()
        assert (proxy.state, proxy.dependencies, rag.state) == ("unready", {"postgres": store}, "unreachable")
        assert await client.engines() == {"default": "builtin", "engines": []}
        await client.aclose()


async def test_rag_service_is_asked_and_a_run_of_it_is_followed() -> None:  # R1.15
    app = FastAPI()
    seen: list[tuple[str, str]] = []

    @app.get("/v1/knowledge/status")
    async def status() -> dict[str, dict[str, int]]:
        return {"xframe5": {"entries": 3, "indexed": 3}}

    @app.post("/v1/prompts")
    async def prompts(request: Request) -> dict[str, object]:
        return {"messages": [], "asked": await request.json()}

    @app.post("/v1/knowledge/index")
    async def index(request: Request) -> PlainTextResponse:
        seen.append((request.headers["accept"], request.url.query))
        return PlainTextResponse('event: progress\ndata: {}\n\nevent: completed\ndata: {"ms": 1}\n\n')

    acting = {"user_id": "u1", "role": "admin"}
    with running(app) as url:
        client = RagClient(base_url=url, tokens=TOKENS)
        assert await client.index_state(**acting) == {"xframe5": {"entries": 3, "indexed": 3}}
        assert (await client.prompt({"task": "spec"}, **acting))["asked"] == {"task": "spec"}
        events = [(event.event, event.data) async for event in client.index(everything=True, **acting)]
        assert events == [("progress", "{}"), ("completed", '{"ms": 1}')]
        assert seen == [("text/event-stream", "everything=true")]
        await client.aclose()


@pytest.mark.parametrize(
    ("frames", "texts", "failure"),
    [
        (['{"choices": [{"delta": {"content": "a"}}]}', "[DONE]"], ["a"], ""),
        (['{"choices": [{"delta": {"content": "a"}}]}'], ["a"], "engine_stream_cut"),
        (['{"error": {"message": "out of memory"}}'], [], "engine_failed"),
    ],
)
async def test_an_engines_answer_comes_by_the_frame(frames: list[str], texts: list[str], failure: str) -> None:
    app = FastAPI()

    @app.get("/v1/engines")
    async def engines() -> dict[str, object]:
        return {"default": "coder", "engines": [{"id": "coder"}]}

    @app.post("/v1/chat/completions")
    async def chat() -> PlainTextResponse:
        return PlainTextResponse("".join(f"data: {frame}\n\n" for frame in frames))

    acting = {"user_id": "u1", "role": "admin"}
    said: list[str] = []
    code = ""
    with running(app) as url:
        client = LlmProxyClient(base_url=url, tokens=TOKENS)
        assert await client.engines(**acting) == [{"id": "coder"}]
        try:
            async for frame in client.chat({"model": "coder"}, **acting):
                said += [frame["choices"][0]["delta"]["content"]]
        except ServiceError as error:
            code = error.code
        await client.aclose()
    assert (said, code) == (texts, failure)


@pytest.mark.parametrize(
    ("body", "detail", "code"),
    [
        ({"error": {"message": "coder: connection refused", "code": "engine_failed"}}, "coder: connection refused",
         "engine_failed"),
        ({"detail": "Not yours.", "code": "forbidden"}, "Not yours.", "forbidden"),
    ],
)  # fmt: skip
async def test_a_refusal_of_an_engine_is_told_in_its_own_words(
    body: dict[str, object], detail: str, code: str
) -> None:  # R1.16
    app = FastAPI()

    @app.post("/v1/chat/completions")
    async def chat() -> JSONResponse:
        return JSONResponse(body, status_code=502)

    with running(app) as url:
        client = LlmProxyClient(base_url=url, tokens=TOKENS)
        with pytest.raises(ServiceError) as refused:
            await anext(client.chat({"model": "coder"}, user_id="u1", role="admin"))
        await client.aclose()
    assert (refused.value.detail, refused.value.code, int(refused.value.status)) == (detail, code, 502)
