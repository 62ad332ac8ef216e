"""The dashboard's numbers, and the account of usage with its prices."""

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest
from app.core.clients.services import ServiceState
from app.core.context import Context

from chassis.errors import UpstreamFailed
from tests.conftest import Api
from tests.integration.test_engines_and_settings import VLLM

USED = {"generations": 4, "completed": 3, "failed": 1, "degraded": 1}


def line(day: str, user_id: str, engine: str, model: str) -> dict[str, Any]:
    tokens = {"prompt_tokens": 1_000_000, "completion_tokens": 500_000, "engine_ms": 3_600_000.0}
    return {"day": day, "user_id": user_id, "engine": engine, "model": model, **USED, **tokens}


class FakeGateway:
    """Counts as the contract says, and records what was asked."""

    def __init__(self) -> None:
        self.asked: list[Any] = []
        self.lines = [
            line("2026-11-01", "developer-1", "coder", "qwen"), line("2026-11-02", "=cmd", "builtin", ""),
            line("2026-11-02", "developer-1", "coder", "qwen"),
        ]  # fmt: skip

    async def measures(self, query: dict[str, str], *, user_id: str, role: str) -> dict[str, Any]:
        self.asked.append(query)
        measured = {
            **USED, "cancelled": 0, "prompt_tokens": 1, "completion_tokens": 1, "p50_ms": 900.0, "p95_ms": None,
            "engine_p50_ms": 800.0,
        }  # fmt: skip
        return {
            "since": query["since"], "until": query["until"], "step_s": int(query["step_s"]), "total": measured,
            "series": [{**measured, "at": query["since"]}], "engines": [{**measured, "engine": "coder"}],
            "open": {"running": 1, "waiting": 0, "queued": 2},
        }  # fmt: skip

    async def usage(self, first: date, last: date, *, user_id: str, role: str) -> dict[str, Any]:
        self.asked.append((first, last))
        return {"lines": self.lines, "truncated": False}

    async def aclose(self) -> None:
        """Nothing is open."""


class FakeServices:
    """One service that is ready and one that is gone."""

    down = False

    async def states(self) -> list[ServiceState]:
        dependencies = {"postgres": {"ok": True, "state": "up", "required": True}}
        return [ServiceState("gateway", "ready", 3.5, dependencies), ServiceState("rag-service", "unreachable")]

    async def engines(self) -> dict[str, Any]:
        if self.down:
            raise UpstreamFailed("llm-proxy could not be reached.")
        engine = {
            "id": "builtin", "name": "Built-in", "kind": "builtin", "model": "builtin", "state": "ready", "detail": "",
            "running": 0, "waiting": 0, "max_concurrency": None,
        }  # fmt: skip
        return {"default": "builtin", "engines": [engine]}

    async def aclose(self) -> None:
        """Nothing is open."""


@pytest.fixture
def gateway(context: Context) -> FakeGateway:
    fake = FakeGateway()
    context.__dict__["gateway"] = fake
    return fake


@pytest.fixture
def services(context: Context) -> FakeServices:
    fake = FakeServices()
    context.__dict__["services"] = fake
    return fake


async def test_the_state_of_services_and_engines_is_shown(
    operator: Api, developer: Api, services: FakeServices
) -> None:  # R5.8
    answer = (await operator.get("/api/admin/operations/health")).json()
    assert [(service["name"], service["state"]) for service in answer["services"]] == [
        ("gateway", "ready"), ("rag-service", "unreachable"),
    ]  # fmt: skip
    assert answer["services"][0]["dependencies"][0] == {"name": "postgres", "ok": True, "state": "up", "required": True}
    assert (answer["default_engine"], answer["engines"][0]["state"]) == ("builtin", "ready")
    services.down = True
    assert (await operator.get("/api/admin/operations/health")).json()["engines"] is None
    assert (await developer.get("/api/admin/operations/health")).status_code == 403


@pytest.mark.parametrize(("span", "step_s", "buckets"), [("hour", 60, 60), ("day", 1800, 48), ("month", 86400, 30)])
async def test_a_span_has_whole_buckets(
    operator: Api, gateway: FakeGateway, span: str, step_s: int, buckets: int
) -> None:  # R5.8
    answer = (await operator.get(f"/api/admin/operations/measures?span={span}")).json()
    asked = gateway.asked[0]
    assert int(asked["step_s"]) == step_s
    since, until = (datetime.fromisoformat(asked[name]) for name in ("since", "until"))
    assert ((until - since).total_seconds(), until.timestamp() % step_s) == (buckets * step_s, 0)
    assert (answer["open"]["queued"], answer["engines"][0]["engine"]) == (2, "coder")
    assert (await operator.get("/api/admin/operations/measures?span=year")).status_code == 422


async def test_usage_has_its_price_by_day_user_model_and_engine(operator: Api, gateway: FakeGateway) -> None:  # R3.1
    await operator.post("/api/admin/engines", VLLM)
    price = {"gpu_hour": 2.0, "prompt_million": 1.0, "completion_million": 4.0}
    changed = await operator.patch("/api/admin/settings", {"prices": {"coder": price}, "currency": "USD"})
    assert (changed.json()["prices"], changed.json()["currency"]) == ({"coder": price}, "USD")
    usage = (await operator.get("/api/admin/usage?first=2026-11-01&last=2026-11-02")).json()
    assert gateway.asked == [(date(2026, 11, 1), date(2026, 11, 2))]
    assert (usage["currency"], usage["total"]["cost"], usage["total"]["gpu_seconds"]) == ("USD", 10.0, 7200.0)
    assert [(row["key"], row["cost"]) for row in usage["days"]] == [("2026-11-01", 5.0), ("2026-11-02", 5.0)]
    assert [(row["key"], row["generations"]) for row in usage["users"]] == [("developer-1", 8), ("=cmd", 4)]
    assert [(row["key"], row["gpu_seconds"]) for row in usage["engines"]] == [("coder", 7200.0), ("builtin", 0.0)]
    assert [row["key"] for row in usage["models"]] == ["qwen", ""]


async def test_usage_is_exported_for_a_spreadsheet(operator: Api, developer: Api, gateway: FakeGateway) -> None:  # R3.1
    answer = await operator.get("/api/admin/usage/export")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["day"], row["user"], row["engine"], row["currency"]) for row in rows] == [
        ("2026-11-01", "developer-1", "coder", "KRW"), ("2026-11-02", "'=cmd", "builtin", "KRW"),
        ("2026-11-02", "developer-1", "coder", "KRW"),
    ]  # fmt: skip
    first, last = gateway.asked[0]
    assert (last - first).days == 29
    assert (await developer.get("/api/admin/usage/export")).status_code == 403


async def test_a_price_can_be_taken_away(operator: Api) -> None:
    await operator.patch("/api/admin/settings", {"prices": {"coder": {"gpu_hour": 1.5}, "other": {}}})
    after = (await operator.patch("/api/admin/settings", {"prices": {"other": None}})).json()
    assert after["prices"] == {"coder": {"gpu_hour": 1.5, "prompt_million": 0.0, "completion_million": 0.0}}
    refused: list[dict[str, Any]] = [{"coder": {"gpu_hour": -1}}, {"coder": {"hour": 1}}, {"Not A Slug": {}}]
    for wrong in refused:
        assert (await operator.patch("/api/admin/settings", {"prices": wrong})).status_code == 422
    assert (await operator.patch("/api/admin/settings", {"currency": "Won"})).status_code == 422
