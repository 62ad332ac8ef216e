"""Accepted screens, profiles of models, and the life of an adapter."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from app.core.context import Context
from app.db.audit import Actor
from app.features.examples.consent import run_consent_watch
from app.features.examples.service import WITHDRAWN, ExampleService
from app.features.profiles.presets import normalised, preset_of, presets
from app.features.profiles.suggestions import edit_format_suggestions, suggestions_of

from chassis.errors import NotFound, UpstreamFailed, UpstreamRejected
from tests.conftest import Api
from tests.integration.test_engines_and_settings import VLLM

G1, G2 = "01890000-0000-7000-8000-000000000001", "01890000-0000-7000-8000-000000000002"
EXAMPLES = "/api/admin/examples"
SPEC = {"screen_id": "LeaveList", "title": "휴가 신청 현황", "pattern": "list", "datasets": []}


def rate(count: int, of: int, low: float, high: float) -> dict[str, Any]:
    return {"count": count, "of": of, "rate": count / of if of else 0.0, "low": low, "high": high}


def figures(model: str, adapter: str = "", **changes: Any) -> dict[str, Any]:
    return {
        "model": model, "adapter": adapter, "attempts": 40, "parse_failures": rate(1, 40, 0.0, 0.1),
        "engine_failures": rate(0, 40, 0.0, 0.1), "repaired": rate(4, 40, 0.0, 0.2),
        "accepted": rate(20, 30, 0.5, 0.8), "edit_ratio": 0.1, "p50_ms": 900.0, "p95_ms": 4000.0,
    } | changes  # fmt: skip


class FakeGateway:
    """The gateway's side of what is learnt."""

    def __init__(self) -> None:
        self.consent, self.down = True, False
        self.models: list[dict[str, Any]] = []
        self.edit_formats: list[dict[str, Any]] = []
        self.asked: list[list[str]] = []

    def line(self, generation_id: str) -> dict[str, Any]:
        return {
            "generation_id": generation_id, "created_at": "2026-11-28T08:00:00Z", "user_id": "developer-1",
            "prompt": "휴가 신청 현황 화면", "framework": "xframe5", "engine": "vllm", "model": "m", "rating": 5,
            "consent": self.consent, "distance": None,
        }  # fmt: skip

    async def candidates(self, query: dict[str, str], *, user_id: str, role: str) -> dict[str, Any]:
        assert (user_id, role) == ("operator-1", "operator")
        return {"items": [self.line(G1), self.line(G2)], "next_cursor": query.get("cursor")}

    async def candidate(self, generation_id: str, *, user_id: str, role: str) -> dict[str, Any]:
        if generation_id not in {G1, G2}:
            raise NotFound("There is no such accepted screen.")
        files = [
            {"path": "LeaveList.js", "language": "javascript", "content": "var a;", "diff": "+var a;"},
            {"path": "huge.js", "language": "javascript", "content": "x" * 100_000, "diff": ""},
        ]
        return self.line(generation_id) | {
            "comment": None, "pattern": "list", "title": "휴가", "spec": SPEC, "files": files, "scrubbed": {"email": 1},
        }  # fmt: skip

    async def candidate_preview(self, generation_id: str, theme: str, *, user_id: str, role: str) -> str:
        return f"<!DOCTYPE html>{theme}"

    async def withdrawn(self, generation_ids: Sequence[str]) -> list[str]:
        self.asked.append(list(generation_ids))
        return [] if self.consent else list(generation_ids)

    async def figures(self, days: int, *, user_id: str, role: str) -> dict[str, Any]:
        if self.down:
            raise UpstreamFailed("gateway could not be reached.")
        return {
            "since": "2026-10-29T00:00:00Z", "records": days, "models": self.models, "edit_formats": self.edit_formats,
        }  # fmt: skip

    async def aclose(self) -> None:
        """Nothing is open."""


class FakeProxy:
    """llm-proxy's adapters, with their history of shares."""

    def __init__(self) -> None:
        self.loaded: dict[str, str] = {}
        self.history: list[dict[str, float]] = []
        self.fail: Exception | None = None

    def view(self, engine_id: str) -> dict[str, Any]:
        if self.fail:
            raise self.fail
        weights = self.history[-1] if self.history else {"": 1.0}
        items = [
            {"name": name, "path": path, "scale": None, "weight": weights.get(name, 0.0)}
            for name, path in self.loaded.items()
        ]
        return {"engine": engine_id, "base_weight": weights.get("", 0.0), "adapters": items}

    async def adapters(self, engine_id: str, *, user_id: str, role: str) -> dict[str, Any]:
        return self.view(engine_id)

    async def load(
        self, engine_id: str, *, name: str, version: str, path: str, user_id: str, role: str
    ) -> dict[str, Any]:
        self.loaded[f"{name}@{version}" if version else name] = path
        return self.view(engine_id)

    async def unload(self, engine_id: str, name: str, *, user_id: str, role: str) -> dict[str, Any]:
        del self.loaded[name]
        return self.view(engine_id)

    async def weigh(self, engine_id: str, weights: dict[str, float], *, user_id: str, role: str) -> dict[str, Any]:
        self.history.append(weights)
        return self.view(engine_id)

    async def roll_back(self, engine_id: str, *, user_id: str, role: str) -> dict[str, Any]:
        self.history.pop()
        return self.view(engine_id)

    async def aclose(self) -> None:
        """Nothing is open."""


@pytest.fixture
def gateway(context: Context) -> FakeGateway:
    fake = FakeGateway()
    context.__dict__["gateway"] = fake
    return fake


@pytest.fixture
def proxy(context: Context) -> FakeProxy:
    fake = FakeProxy()
    context.__dict__["llm_proxy"] = fake
    return fake


async def published(service: Api) -> dict[str, Any]:
    entries = (await service.get("/internal/knowledge")).json()["entries"]
    return {entry["id"]: entry for entry in entries}


async def test_an_accepted_screen_is_an_example_only_once_it_is_approved(
    service: Api, operator: Api, gateway: FakeGateway
) -> None:  # R4.8
    listed = (await operator.get(EXAMPLES)).json()
    assert [item["status"] for item in listed["items"]] == ["pending", "pending"]
    assert await published(service) == {}
    body = {"title": "휴가 신청 현황", "aliases": ["leave requests"]}
    approved = await operator.post(f"{EXAMPLES}/{G1}/approve", body)
    assert (approved.status_code, approved.json()["status"]) == (200, "approved")
    entry = (await published(service))[f"accepted-{G1}"]
    assert (entry["kind"], entry["tags"], entry["framework"]) == ("example", ["accepted"], "xframe5")
    assert entry["aliases"] == ["leave requests", "휴가 신청 현황 화면"]
    assert entry["source"] == f"generation {G1}, approved by operator-1"
    assert '```json\n{"screen_id": "LeaveList"' in entry["text"]
    assert "```js path=LeaveList.js\nvar a;\n```" in entry["text"]
    assert "huge.js" not in entry["text"]
    assert [item["status"] for item in (await operator.get(f"{EXAMPLES}?status=approved")).json()["items"]] == [
        "approved"
    ]
    assert (await operator.post(f"{EXAMPLES}/{G1}/reject", {"reason": "x"})).json()["code"] == "example_approved"


async def test_an_example_is_taken_back_and_comes_again(
    service: Api, admin: Api, operator: Api, gateway: FakeGateway
) -> None:
    await operator.post(f"{EXAMPLES}/{G1}/approve", {"title": "휴가"})
    taken = await operator.post(f"{EXAMPLES}/{G1}/retract", {"reason": "옛 규칙"})
    assert (taken.json()["status"], taken.json()["reason"], taken.json()["title"]) == ("retracted", "옛 규칙", "휴가")
    assert await published(service) == {}
    again = await operator.post(f"{EXAMPLES}/{G1}/retract", {"reason": "x"})
    assert again.json()["code"] == "example_not_approved"
    await operator.post(f"{EXAMPLES}/{G1}/approve", {"title": "휴가 2"})
    assert (await published(service))[f"accepted-{G1}"]["title"] == "휴가 2"
    entries = (await admin.get("/api/admin/audit?action=example.")).json()["items"]
    assert [entry["action"] for entry in entries] == ["example.approve", "example.retract", "example.approve"]


async def test_an_example_whose_consent_is_taken_back_goes_by_itself(
    service: Api, admin: Api, operator: Api, gateway: FakeGateway, context: Context
) -> None:  # R4.8
    examples = ExampleService(context.database, gateway, context.clock)
    await operator.post(f"{EXAMPLES}/{G1}/approve", {"title": "휴가"})
    await operator.post(f"{EXAMPLES}/{G2}/reject", {"reason": "너무 특수함"})
    assert await examples.retract_withdrawn(Actor(service="admin-service")) == 0
    gateway.consent = False
    assert await examples.retract_withdrawn(Actor(service="admin-service")) == 1
    assert await published(service) == {}
    assert gateway.asked == [[G1], [G1]]
    taken = (await operator.get(f"{EXAMPLES}/{G1}")).json()
    assert (taken["status"], taken["reason"], taken["decided_by"]) == ("retracted", WITHDRAWN, "")
    assert (await operator.post(f"{EXAMPLES}/{G1}/approve", {"title": "휴가"})).json()["code"] == "no_consent"
    entries = (await admin.get("/api/admin/audit?action=example.retract")).json()["items"]
    assert [(entry["actor_service"], entry["subject_id"]) for entry in entries] == [("admin-service", G1)]


async def test_a_gateway_that_is_away_is_asked_again() -> None:
    answers: list[Any] = [UpstreamFailed("gateway could not be reached."), 1]
    done = asyncio.Event()

    async def retract() -> int:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        done.set()
        return int(answer)

    watch = asyncio.create_task(run_consent_watch(retract, first_after_s=0, every_s=0.01))
    async with asyncio.timeout(5):
        await done.wait()
    watch.cancel()


async def test_without_consent_nothing_is_approved(operator: Api, developer: Api, gateway: FakeGateway) -> None:
    gateway.consent = False
    refused = await operator.post(f"{EXAMPLES}/{G1}/approve", {"title": "휴가"})
    assert (refused.status_code, refused.json()["code"]) == (409, "no_consent")
    rejected = await operator.post(f"{EXAMPLES}/{G2}/reject", {"reason": "너무 특수함"})
    assert (rejected.json()["status"], rejected.json()["reason"]) == ("rejected", "너무 특수함")
    assert (await operator.post(f"{EXAMPLES}/{G2}/reject", {"reason": " "})).status_code in {200, 422}
    assert (await developer.get(EXAMPLES)).status_code == 403


async def test_a_candidate_is_looked_at_before(operator: Api, gateway: FakeGateway) -> None:
    candidate = (await operator.get(f"{EXAMPLES}/{G1}")).json()
    assert (candidate["title"], candidate["scrubbed"], candidate["files"][0]["diff"]) == (
        "휴가",
        {"email": 1},
        "+var a;",
    )
    picture = await operator.get(f"{EXAMPLES}/{G1}/preview?theme=dark")
    assert picture.text == "<!DOCTYPE html>dark"
    assert "sandbox" in picture.headers["content-security-policy"]
    assert (await operator.get(f"{EXAMPLES}/01890000-0000-7000-8000-000000000009")).status_code == 404


async def profile(operator: Api, model: str) -> dict[str, Any]:
    items = (await operator.get("/api/admin/profiles")).json()["items"]
    return next(item for item in items if item["model"] == model)


def value(found: dict[str, Any], name: str) -> tuple[Any, str]:
    item = next(item for item in found["values"] if item["name"] == name)
    return item["value"], item["origin"]


@pytest.mark.parametrize(
    ("name", "preset"),
    [
        ("gpt-oss:20b", "gpt-oss-20b"),
        ("openai/gpt-oss-20b", "gpt-oss-20b"),
        ("qwen3-coder:30b", "qwen3-coder-30b"),
        ("gemma3:27b", "gemma3-27b"),
        ("google/gemma-3-27b-it", "gemma3-27b"),
        ("qwen2.5-coder:7b", "qwen2.5-coder-7b"),
        ("mistralai/Mistral-7B-Instruct-v0.3", "mistral-7b-instruct-v0.3"),
        ("Qwen/Qwen2.5-Coder-32B-Instruct-AWQ", "qwen2.5-coder-32b"),
    ],
)
def test_the_models_in_use_have_presets_with_their_sources(name: str, preset: str) -> None:  # R1.18
    found = preset_of(name)
    assert found is not None
    assert found["key"] == preset
    assert all(source["url"].startswith("https://") for source in found["sources"])
    assert any(source["checked"] for source in found["sources"]), "what we say of a model was looked up"
    assert all({"value", "ko", "en"} <= entry.keys() for entry in found["values"].values())


def test_names_are_read_in_one_way_and_strangers_have_none() -> None:
    assert normalised(" Qwen/Qwen2.5-Coder 7B ") == "qwen2.5-coder-7b"
    assert preset_of("llama3:8b") is None
    assert len({preset["key"] for preset in presets()}) == 6


async def test_every_value_says_why_it_holds(operator: Api, admin: Api, gateway: FakeGateway) -> None:  # R1.18
    await admin.post("/api/admin/engines", VLLM | {"id": "own", "model": "qwen2.5-coder:7b"})
    found = await profile(operator, "qwen2.5-coder:7b")
    assert found["engines"] == ["own"]
    assert value(found, "edit_format") == ("whole", "preset")
    assert value(found, "threshold")[1] == "class"
    assert found["preset"]["context_window"] == 32768
    changed = await operator(
        "PUT", "/api/admin/profiles", {"model": "Qwen2.5-Coder:7B", "values": {"mode": "auto"}, "reason": "시험"}
    )
    assert value(changed.json(), "mode") == ("auto", "manual")
    assert changed.json()["values"][0]["reason"]["ko"] == "시험"
    back = await operator("PUT", "/api/admin/profiles", {"model": "qwen2.5-coder:7b", "values": {"mode": None}})
    assert value(back.json(), "mode") == ("spec", "preset")
    unknown = await operator("PUT", "/api/admin/profiles", {"model": "nobody", "values": {}})
    assert unknown.json()["code"] == "model_not_found"
    wrong = await operator("PUT", "/api/admin/profiles", {"model": "x", "values": {"examples": 9}})
    assert wrong.status_code == 422


async def test_the_gateway_polls_values_by_model(service: Api, operator: Api, gateway: FakeGateway) -> None:
    first = await service.get("/internal/profiles")
    assert first.json()["presets"]["mistral-7b"]["hits"] == 3
    tag = first.headers["etag"]
    assert (await service.get("/internal/profiles", If_None_Match=tag)).status_code == 304
    gateway.models = [figures("my-model")]
    await operator("PUT", "/api/admin/profiles", {"model": "my-model", "values": {"repair_budget": 3}})
    second = await service.get("/internal/profiles", If_None_Match=tag)
    assert second.json()["profiles"] == {"my-model": {"repair_budget": 3}}


async def test_figures_suggest_and_a_suggestion_is_taken_over(operator: Api, gateway: FakeGateway) -> None:
    gateway.models = [figures("my-model", parse_failures=rate(15, 40, 0.24, 0.53))]
    found = await profile(operator, "my-model")
    suggested = {item["name"]: item for item in found["suggestions"]}
    assert (suggested["mode"]["value"], suggested["repair_budget"]["value"]) == ("auto", 2)
    assert "15/40" in suggested["mode"]["reason"]["ko"]
    body = {"model": "my-model", "names": ["mode"]}
    taken = (await operator.post("/api/admin/profiles/suggestions", body)).json()
    assert value(taken, "mode") == ("auto", "measured")
    again = await operator.post("/api/admin/profiles/suggestions", body)
    assert again.json()["code"] == "suggestion_not_found"
    gateway.down = True
    assert (await operator.get("/api/admin/profiles")).json()["figures_known"] is False


@pytest.mark.parametrize(
    ("values", "changes", "expected"),
    [
        ({"examples": 1}, {"repaired": rate(30, 40, 0.6, 0.86)}, [("examples", 2)]),
        ({"examples": 1}, {"accepted": rate(5, 30, 0.07, 0.34)}, [("examples", 2)]),
        ({"examples": 3}, {"repaired": rate(30, 40, 0.6, 0.86)}, []),
        ({"examples": None, "hits": 5}, {"repaired": rate(30, 40, 0.6, 0.86)}, [("hits", 6)]),
        ({"examples": None, "hits": 5}, {"accepted": rate(5, 30, 0.07, 0.34)}, [("hits", 6)]),
        ({"examples": None, "hits": 20}, {"accepted": rate(5, 30, 0.07, 0.34)}, []),
        ({"examples": 2}, {"p95_ms": 75_000.0}, [("examples", 1)]),
        ({"examples": None}, {"p95_ms": 75_000.0}, [("examples", 2)]),
        ({"examples": 0}, {"p95_ms": 75_000.0, "repaired": rate(30, 40, 0.6, 0.86)}, []),
        ({"repair_budget": 2}, {"parse_failures": rate(0, 200, 0.0, 0.02)}, [("repair_budget", 1)]),
        ({"mode": "auto", "repair_budget": 3}, {"parse_failures": rate(15, 40, 0.24, 0.53)}, []),
        ({"mode": "spec"}, {"parse_failures": rate(3, 4, 0.3, 0.95)}, []),
    ],
)
def test_suggestions_have_bounds_and_need_enough_cases(
    values: dict[str, Any], changes: dict[str, Any], expected: list[tuple[str, Any]]
) -> None:
    assert [(item.name, item.value) for item in suggestions_of(values, figures("m", **changes))] == expected
    assert suggestions_of(values, None) == []


async def test_a_model_without_a_preset_is_given_more_to_go_by(operator: Api, gateway: FakeGateway) -> None:
    gateway.models = [figures("my-model", repaired=rate(30, 40, 0.6, 0.86))]
    found = await profile(operator, "my-model")
    assert value(found, "examples") == (None, "default")
    (suggested,) = found["suggestions"]
    assert (suggested["name"], suggested["value"]) == ("hits", value(found, "hits")[0] + 1)


@pytest.mark.parametrize(
    ("current", "unusable", "expected"),
    [
        ("search_replace", {"search_replace": rate(15, 40, 0.24, 0.53), "whole": rate(1, 40, 0.0, 0.13)}, ["whole"]),
        (None, {"search_replace": rate(1, 40, 0.0, 0.13), "whole": rate(15, 40, 0.24, 0.53)}, ["search_replace"]),
        ("search_replace", {"search_replace": rate(15, 40, 0.24, 0.53)}, ["whole"]),
        ("search_replace", {"search_replace": rate(2, 40, 0.01, 0.17)}, []),
        ("search_replace", {"search_replace": rate(15, 40, 0.24, 0.53), "whole": rate(11, 40, 0.16, 0.43)}, []),
        ("whole", {"search_replace": rate(15, 40, 0.24, 0.53), "whole": rate(1, 40, 0.0, 0.13)}, []),
        ("whole", {"whole": rate(3, 4, 0.3, 0.95)}, []),
    ],
)
def test_the_form_of_edits_that_fails_less_is_suggested(
    current: str | None, unusable: dict[str, Any], expected: list[str]
) -> None:  # R1.18
    found = edit_format_suggestions({"edit_format": current}, unusable)
    assert [(item.name, item.value) for item in found] == [("edit_format", value) for value in expected]


async def test_an_edit_format_out_of_daily_use_is_taken_over(operator: Api, gateway: FakeGateway) -> None:  # R1.18
    gateway.models = [figures("My-Model")]
    gateway.edit_formats = [{"model": "my-model", "edit_format": "whole", "unusable": rate(15, 40, 0.24, 0.53)}]
    (suggested,) = (await profile(operator, "My-Model"))["suggestions"]
    assert (suggested["name"], suggested["value"]) == ("edit_format", "search_replace")
    assert "15/40" in suggested["reason"]["ko"]
    body = {"model": "my-model", "names": ["edit_format"]}
    taken = (await operator.post("/api/admin/profiles/suggestions", body)).json()
    assert value(taken, "edit_format") == ("search_replace", "measured")
    assert taken["suggestions"] == []


async def test_an_adapter_is_registered_loaded_compared_promoted_and_rolled_back(
    operator: Api, admin: Api, gateway: FakeGateway, proxy: FakeProxy
) -> None:  # R4.6
    await admin.post("/api/admin/engines", VLLM | {"id": "own", "model": "m"})
    path = "/api/admin/engines/own/adapters"
    body = {"name": "screens", "version": "2", "path": "/adapters/screens-2", "note": "11월 내보내기"}
    made = await operator.post(path, body)
    assert made.status_code == 201
    assert (made.json()["adapters"][0]["name"], made.json()["adapters"][0]["loaded"]) == ("screens@2", False)
    assert (await operator.post(path, body)).json()["code"] == "adapter_exists"
    loaded = (await operator.post(f"{path}/screens@2/load")).json()
    assert (loaded["adapters"][0]["loaded"], loaded["adapters"][0]["share"], loaded["base_share"]) == (True, 0.0, 1.0)
    shared = (await operator("PUT", f"{path}/shares", {"shares": {"screens@2": 0.2}})).json()
    assert (shared["base_share"], shared["adapters"][0]["share"]) == (0.8, 0.2)
    same_days = rate(20, 30, 0.5, 0.8)
    whole_month = figures("m", accepted=rate(99, 100, 0.94, 0.99))
    mine = figures("m", "screens@2", accepted=rate(29, 30, 0.83, 0.99), base_accepted=same_days)
    gateway.models = [whole_month, mine]
    compared = (await operator.get(path)).json()
    assert compared["comparisons"][0]["base_accepted"] == same_days["rate"]
    assert compared["comparisons"][0]["verdict"] == "better"
    assert compared["comparisons"][0]["low"] > 0
    promoted = (await operator.post(f"{path}/screens@2/promote")).json()
    assert (promoted["base_share"], promoted["adapters"][0]["share"]) == (0.0, 1.0)
    back = (await operator.post(f"{path}/rollback")).json()
    assert back["base_share"] == 0.8
    await operator.post(f"{path}/screens@2/promote")
    assert (await operator("DELETE", f"{path}/screens@2")).json()["code"] == "adapter_loaded"
    unloaded = (await operator.post(f"{path}/screens@2/unload")).json()
    assert (unloaded["base_share"], unloaded["adapters"][0]["share"]) == (1.0, 0.0), "who else is there?"
    assert (await operator("DELETE", f"{path}/screens@2")).status_code == 204
    assert (await operator.get(path)).json()["adapters"] == []
    actions = [entry["action"] for entry in (await admin.get("/api/admin/audit?action=adapter.")).json()["items"]]
    assert actions == [
        "adapter.remove", "adapter.unload", "adapter.share", "adapter.roll_back", "adapter.share", "adapter.share",
        "adapter.load", "adapter.register",
    ]  # fmt: skip


async def test_few_cases_decide_nothing_and_a_worse_adapter_is_called_so(
    operator: Api, admin: Api, gateway: FakeGateway, proxy: FakeProxy
) -> None:  # R4.6
    await admin.post("/api/admin/engines", VLLM | {"id": "own", "model": "m"})
    base = rate(27, 30, 0.74, 0.97)
    gateway.models = [
        figures("m", accepted=base),
        figures("m", "few", accepted=rate(2, 3, 0.2, 0.94), base_accepted=base),
        figures("m", "bad", accepted=rate(5, 30, 0.07, 0.34), base_accepted=base),
        figures("m", "same", accepted=rate(26, 30, 0.7, 0.95), base_accepted=base),
    ]
    compared = (await operator.get("/api/admin/engines/own/adapters")).json()["comparisons"]
    assert {item["name"]: item["verdict"] for item in compared} == {
        "few": "too_few",
        "bad": "worse",
        "same": "not_sure",
    }


async def test_an_engine_that_takes_none_or_is_away_says_so(
    operator: Api, admin: Api, gateway: FakeGateway, proxy: FakeProxy
) -> None:
    await admin.post("/api/admin/engines", VLLM | {"id": "own", "model": "m"})
    gateway.down = True
    proxy.fail = UpstreamFailed("llm-proxy could not be reached.")
    answer = (await operator.get("/api/admin/engines/own/adapters")).json()
    assert (answer["reachable"], answer["supported"], answer["base_share"]) == (False, True, 1.0)
    proxy.fail = UpstreamRejected("llm-proxy", 400, {"detail": "no", "code": "unsupported_parameter"})
    answer = (await operator.get("/api/admin/engines/own/adapters")).json()
    assert (answer["reachable"], answer["supported"]) == (True, False)
    assert (await operator.get("/api/admin/engines/none/adapters")).status_code == 404
    proxy.fail = None
    too_much = await operator("PUT", "/api/admin/engines/own/adapters/shares", {"shares": {"a": 0.7, "b": 0.7}})
    assert too_much.json()["errors"][0]["field"] == "shares"
    assert (await operator.post("/api/admin/engines/own/adapters/none/load")).json()["code"] == "adapter_not_found"
