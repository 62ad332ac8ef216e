"""Engines and settings: what people set, and what the services then poll."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from app.core.context import Context, build_context
from app.db.housekeeping import reseal
from app.db.models import Engine
from app.security.encryption import SecretBox

from chassis.local_postgres import free_port
from tests.conftest import ENCRYPTION_KEY, Api, make_settings

VLLM = {
    "id": "coder",
    "kind": "vllm",
    "base_url": "http://10.1.2.3:8000/v1/",
    "model": "qwen3-coder:30b",
    "api": "both",
    "context_window": 16384,
    "max_output_tokens": 4096,
    "temperature": 0.2,
    "api_key": "sk-very-secret",
    "fallbacks": ["builtin"],
}


@asynccontextmanager
async def engine_server(routes: dict[str, object], *, status: int = 200) -> AsyncIterator[str]:
    """A model server on loopback, its answers by path."""

    async def answer(request: web.Request) -> web.Response:
        if request.path not in routes:
            return web.json_response({"error": "no"}, status=404)
        return web.json_response(routes[request.path], status=status)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


async def test_a_fresh_database_has_the_builtin_engine_and_thresholds(service: Api) -> None:  # R1.4 R1.14
    settings = (await service.get("/internal/settings")).json()
    assert settings["default_engine"] == "builtin"
    assert settings["default_engine_chosen"] is False
    assert [engine["id"] for engine in settings["engines"]] == ["builtin"]
    assert settings["engines"][0]["kind"] == "builtin"
    assert settings["default_framework"]
    thresholds = [settings["retrieval"][name]["threshold"] for name in ("small", "medium", "large")]
    assert thresholds == sorted(thresholds, reverse=True)
    assert len(set(thresholds)) == 3


async def test_an_engine_is_added_changed_and_polled(service: Api, operator: Api) -> None:  # R1.14
    before = (await service.get("/internal/settings")).headers["ETag"]
    made = await operator.post("/api/admin/engines", VLLM)
    assert made.status_code == 201, made.text
    engine = made.json()
    assert engine["base_url"] == "http://10.1.2.3:8000/v1"
    assert engine["model_class"] == "medium", "30b"
    assert engine["has_api_key"] is True
    assert "sk-very-secret" not in made.text
    polled = await service.get("/internal/settings", If_None_Match=before)
    assert polled.status_code == 200
    assert polled.headers["ETag"] != before
    assert (await service.get("/internal/settings", If_None_Match=polled.headers["ETag"])).status_code == 304
    changed = await operator.patch("/api/admin/engines/coder", {"temperature": None, "model_class": "large"})
    assert changed.json()["temperature"] is None
    assert changed.json()["model_class"] == "large"
    assert (await service.get("/internal/settings", If_None_Match=polled.headers["ETag"])).status_code == 200
    assert (await operator("DELETE", "/api/admin/engines/coder")).status_code == 204
    assert (await operator.get("/api/admin/engines/coder")).status_code == 404


async def test_how_calls_are_spread_is_set_and_polled(service: Api, operator: Api) -> None:  # R1.14
    async def polled() -> dict[str, object]:
        engines = (await service.get("/internal/settings")).json()["engines"]
        engine = next(item for item in engines if item["id"] == "coder")
        return {name: engine[name] for name in defaults}

    defaults: dict[str, object] = {
        "weight": 1.0, "max_concurrency": None, "max_queue": 64, "aliases": [], "capabilities": None,
        "models_at_once": None,
    }  # fmt: skip
    await operator.post("/api/admin/engines", VLLM)
    assert await polled() == defaults
    wanted: dict[str, object] = {
        "weight": 2.5, "max_concurrency": 4, "max_queue": 10, "aliases": ["coder-large", "code model"],
        "capabilities": ["tools", "json"], "models_at_once": 1,
    }  # fmt: skip
    changed = await operator.patch("/api/admin/engines/coder", wanted)
    assert {name: changed.json()[name] for name in wanted} == wanted
    assert await polled() == wanted
    back: dict[str, object] = {"max_concurrency": None, "capabilities": None, "models_at_once": None}
    assert (await operator.patch("/api/admin/engines/coder", back)).status_code == 200
    assert await polled() == wanted | back


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ({"weight": -1}, "weight"),
        ({"max_concurrency": 0}, "max_concurrency"),
        ({"capabilities": ["flying"]}, "capabilities"),
        ({"aliases": ["default"]}, "aliases"),
        ({"aliases": ["builtin"]}, "aliases"),
        ({"aliases": ["class:small"]}, "aliases"),
    ],
)
async def test_what_can_not_be_set_says_which_field(operator: Api, members: dict[str, object], field: str) -> None:
    refused = await operator.post("/api/admin/engines", VLLM | members)
    assert refused.status_code == 422
    assert any(error["field"].startswith(field) for error in refused.json()["errors"])


async def test_a_secret_is_for_llm_proxy_alone(service: Api, operator: Api) -> None:
    await operator.post("/api/admin/engines", VLLM)
    for caller in ("gateway", "rag-service", "intent-service"):
        engines = (await Api(service._client, caller=caller).get("/internal/settings")).json()["engines"]
        assert all(engine["api_key"] is None for engine in engines)
    proxy = await Api(service._client, caller="llm-proxy").get("/internal/settings")
    keys = {engine["id"]: engine["api_key"] for engine in proxy.json()["engines"]}
    assert keys == {"builtin": None, "coder": "sk-very-secret"}
    assert proxy.headers["Cache-Control"] == "no-store"


async def test_a_secret_never_goes_to_another_server(operator: Api) -> None:
    await operator.post("/api/admin/engines", VLLM)
    moved = await operator.patch("/api/admin/engines/coder", {"base_url": "http://evil.example.com"})
    assert moved.status_code == 422
    assert moved.json()["errors"][0]["field"] == "api_key"
    again = {"base_url": "http://10.1.2.4:8000", "api_key": "sk-other"}
    assert (await operator.patch("/api/admin/engines/coder", again)).status_code == 200
    removed = await operator.patch("/api/admin/engines/coder", {"api_key": None})
    assert removed.json()["has_api_key"] is False


async def test_secrets_outlive_a_rotation_of_the_key_and_not_its_loss(operator: Api, context: Context) -> None:
    await operator.post("/api/admin/engines", VLLM)
    url = context.settings.database_url.get_secret_value()
    for keys, expected in [(f"{'n' * 32}, {ENCRYPTION_KEY}", "sk-very-secret"), ("n" * 32, None)]:
        other = build_context(make_settings(url, encryption_key=keys))
        from app.features.settings.router import get_service

        published = await (await get_service(other)).published(with_secrets=True)
        assert published["engines"][1]["api_key"] == expected
        assert (await other.signing.current()).kid
        await other.aclose()


async def test_secrets_are_sealed_anew_after_a_rotation(operator: Api, context: Context) -> None:
    await operator.post("/api/admin/engines", VLLM)
    await context.signing.current()
    rotated = SecretBox(f"{'n' * 32},{ENCRYPTION_KEY}")
    assert await reseal(context.database, rotated) == 2
    assert await reseal(context.database, rotated) == 0
    only_new = SecretBox("n" * 32)
    async with context.database.transaction() as session:
        engine = await session.get_one(Engine, "coder")
    assert only_new.open(engine.secret_encrypted or b"", purpose="engine:coder") == b"sk-very-secret"
    assert await reseal(context.database, SecretBox("z" * 32)) == 0, "what can't be opened stays as it is"


async def test_wrong_engines_are_refused_by_field(operator: Api) -> None:
    async def fields(**changes: object) -> set[str]:
        answer = await operator.post("/api/admin/engines", VLLM | changes)
        assert answer.status_code in {409, 422}, answer.text
        return {error["field"] for error in answer.json()["errors"]}

    assert await fields(id="default") == {"id"}
    assert await fields(id="builtin") == {"id"}
    assert await fields(id="Big One") == {"id"}
    assert await fields(base_url="http://169.254.169.254/") == {"base_url"}
    assert await fields(base_url="ftp://x") == {"base_url"}
    assert await fields(fallbacks=["nowhere"], max_output_tokens=16384) == {"fallbacks", "max_output_tokens"}
    assert await fields(fallbacks=["coder"]) == {"fallbacks"}
    assert await fields(temperature=3, context_window=1, kind="magic") == {"temperature", "context_window", "kind"}


async def test_a_chain_of_fallbacks_never_comes_back(operator: Api) -> None:
    await operator.post("/api/admin/engines", VLLM)
    await operator.post("/api/admin/engines", VLLM | {"id": "second", "fallbacks": ["coder"]})
    cycle = await operator.patch("/api/admin/engines/coder", {"fallbacks": ["second", "builtin"]})
    assert cycle.status_code == 422
    assert cycle.json()["errors"][0]["code"] == "cycle"
    in_use = await operator("DELETE", "/api/admin/engines/coder")
    assert in_use.status_code == 409
    assert in_use.json()["code"] == "engine_in_use"


async def test_the_default_engine_is_chosen_and_kept(service: Api, operator: Api) -> None:  # R1.14
    unknown = await operator.patch("/api/admin/settings", {"default_engine": "coder"})
    assert unknown.json()["errors"][0]["field"] == "default_engine"
    await operator.post("/api/admin/engines", VLLM | {"enabled": False})
    off = await operator.patch("/api/admin/settings", {"default_engine": "coder"})
    assert off.json()["errors"][0]["code"] == "disabled"
    await operator.patch("/api/admin/engines/coder", {"enabled": True})
    assert (await operator.patch("/api/admin/settings", {"default_engine": "coder"})).status_code == 200
    polled = (await service.get("/internal/settings")).json()
    assert polled["default_engine"] == "coder"
    assert polled["default_engine_chosen"] is True
    assert (await operator("DELETE", "/api/admin/engines/coder")).status_code == 409
    switched_off = await operator.patch("/api/admin/engines/coder", {"enabled": False})
    assert switched_off.json()["errors"][0]["field"] == "enabled"
    assert (await operator("DELETE", "/api/admin/engines/builtin")).json()["code"] == "builtin_engine"
    other_kind = await operator.patch("/api/admin/engines/builtin", {"model": "x"})
    assert other_kind.json()["errors"][0]["field"] == "model"


async def test_settings_change_by_part_and_refuse_old_versions(service: Api, operator: Api, developer: Api) -> None:
    read = await operator.get("/api/admin/settings")
    assert read.headers["ETag"] == '"1"'
    small = {"threshold": 0.5, "limit": 3}
    body = {"retrieval": {"small": small}, "default_framework": "react", "version": 1}
    changed = await operator.patch("/api/admin/settings", body)  # R1.4
    assert changed.json()["retrieval"]["small"] == small
    assert changed.json()["retrieval"]["large"] == read.json()["retrieval"]["large"]
    assert (await operator.patch("/api/admin/settings", body)).status_code == 409
    assert (await operator.patch("/api/admin/settings", {}, If_Match='"1"')).status_code == 412
    assert (await service.get("/internal/settings")).json()["default_framework"] == "react"
    await operator.patch("/api/admin/settings", {"default_framework": None})
    assert (await operator.get("/api/admin/settings")).json()["default_framework"] is None
    wrong = await operator.patch("/api/admin/settings", {"retrieval": {"small": {"threshold": 2, "limit": 1}}})
    assert wrong.json()["errors"][0]["field"] == "retrieval.small.threshold"
    assert (await developer.get("/api/admin/settings")).status_code == 403


async def test_developers_have_nothing_to_do_with_engines(developer: Api) -> None:
    assert (await developer.get("/api/admin/engines")).status_code == 403
    assert (await developer.post("/api/admin/engines", VLLM)).status_code == 403


async def test_an_old_version_of_an_engine_is_refused(operator: Api) -> None:
    await operator.post("/api/admin/engines", VLLM)
    read = await operator.get("/api/admin/engines/coder")
    assert (await operator.patch("/api/admin/engines/coder", {"name": "A"}, If_Match=read.headers["ETag"])).is_success
    late = await operator.patch("/api/admin/engines/coder", {"name": "B"}, If_Match=read.headers["ETag"])
    assert late.status_code == 412
    assert (await operator.get("/api/admin/engines?limit=1")).json()["next_cursor"]


async def test_the_connection_test_shows_what_the_server_reports(operator: Api) -> None:  # R1.14
    cards = {"object": "list", "data": [{"id": "qwen3-coder:30b", "max_model_len": 8192}]}
    async with engine_server({"/v1/models": cards, "/version": {"version": "0.32.0"}}) as url:
        await operator.post("/api/admin/engines", VLLM | {"base_url": url + "/v1"})
        report = (await operator.post("/api/admin/engines/coder/test")).json()
    assert report["ok"] is True
    assert report["server"] == "vllm 0.32.0"
    assert report["models"] == ["qwen3-coder:30b"]
    assert report["context_window"] == 8192
    assert [finding["code"] for finding in report["findings"]] == ["smaller_window"]
    assert report["findings"][0]["message_ko"]
    gone = (await operator.post("/api/admin/engines/coder/test")).json()
    assert gone["ok"] is False
    assert gone["findings"][0]["code"] == "unreachable"
    builtin = (await operator.post("/api/admin/engines/builtin/test")).json()
    assert builtin["ok"] is True


@pytest.mark.parametrize(("status", "code"), [(401, "unauthorized"), (503, "loading"), (302, "not_a_model_server")])
async def test_the_connection_test_names_what_is_wrong(operator: Api, status: int, code: str) -> None:
    async with engine_server({"/v1/models": {}}, status=status) as url:
        await operator.post("/api/admin/engines", VLLM | {"base_url": url, "kind": "llamacpp"})
        report = (await operator.post("/api/admin/engines/coder/test")).json()
    assert report["findings"][0]["code"] == code


async def test_ollama_is_asked_in_its_own_words(operator: Api) -> None:
    routes: dict[str, object] = {"/api/tags": {"models": [{"name": "gemma3:27b"}]}, "/api/version": {"version": "0.12"}}
    async with engine_server(routes) as url:
        await operator.post("/api/admin/engines", VLLM | {"base_url": url, "kind": "ollama", "model": "gpt-oss:20b"})
        report = (await operator.post("/api/admin/engines/coder/test")).json()
    assert report["server"] == "ollama 0.12"
    assert report["models"] == ["gemma3:27b"]
    assert report["findings"][0]["code"] == "model_missing"


async def test_a_name_that_leads_to_a_forbidden_address_is_not_called(operator: Api, context: Context) -> None:
    async with engine_server({"/v1/models": {"data": []}}) as url:
        await operator.post("/api/admin/engines", VLLM | {"base_url": url.replace("127.0.0.1", "localhost")})
        context.url_policy._allow_loopback = False
        report = (await operator.post("/api/admin/engines/coder/test")).json()
    assert report["findings"][0]["code"] == "address_refused"
