"""The log of generations, read from the gateway, and the audit log."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from app.core.context import Context

from chassis.errors import NotFound, UpstreamFailed
from tests.conftest import Api
from tests.integration.test_engines_and_settings import VLLM
from tests.integration.test_sign_in import make_user

Query = Mapping[str, str | Sequence[str]]


class FakeGateway:
    """Records what was asked; answers as the contract says."""

    def __init__(self) -> None:
        self.asked: list[tuple[Query, str, str]] = []
        self.down = False

    async def list_generations(self, query: Query, *, user_id: str, role: str) -> dict[str, Any]:
        if self.down:
            raise UpstreamFailed("gateway could not be reached.")
        self.asked.append((query, user_id, role))
        return {"items": [{"id": "g1", "prompt": "Task 관리 화면", "user_id": "developer-1"}], "next_cursor": "abc"}

    @asynccontextmanager
    async def export_generations(self, query: Query, *, user_id: str, role: str) -> AsyncIterator[AsyncIterator[bytes]]:
        self.asked.append((query, user_id, role))

        async def parts() -> AsyncIterator[bytes]:
            for number in range(3):
                yield f'{{"id": "g{number}"}}\n'.encode()

        yield parts()

    async def get_generation(self, generation_id: str, query: Query, *, user_id: str, role: str) -> dict[str, Any]:
        self.asked.append((query, user_id, role))
        if generation_id != "g1":
            raise NotFound("There is no such generation.")
        return {"id": "g1", "user_id": "developer-1", "stages": [], "raw_answer": "…"}

    async def aclose(self) -> None:
        """Nothing is open."""


@pytest.fixture
def gateway(context: Context) -> FakeGateway:
    fake = FakeGateway()
    context.__dict__["gateway"] = fake
    return fake


async def test_the_log_is_listed_filtered_and_opened(operator: Api, gateway: FakeGateway) -> None:  # R1.17
    listed = await operator.get("/api/admin/generations?status=failed&q=Task&limit=10&cursor=xyz&user_id=u1")
    assert listed.json()["items"][0]["id"] == "g1"
    assert listed.json()["next_cursor"] == "abc"
    expected = {"limit": "10", "cursor": "xyz", "status": "failed", "user_id": "u1", "q": "Task"}
    assert gateway.asked == [(expected, "operator-1", "operator")]
    await operator.get(
        "/api/admin/generations?kind=generate&engine=vllm&framework=react&degraded=true&since=2026-01-01T00:00:00Z"
    )
    assert gateway.asked[1][0] == {
        "limit": "50", "kind": "generate", "engine": "vllm", "framework": "react", "degraded": "true",
        "since": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip
    assert (await operator.get("/api/admin/generations/g1")).json()["raw_answer"] == "…"
    assert (await operator.get("/api/admin/generations/g2")).status_code == 404
    gateway.down = True
    assert (await operator.get("/api/admin/generations")).status_code == 502


async def test_developers_see_their_own_log_alone(service: Api, developer: Api, gateway: FakeGateway) -> None:  # R1.17
    await developer.get("/api/admin/generations?user_id=somebody-else")
    assert gateway.asked[0][0]["user_id"] == "developer-1"
    assert (await developer.get("/api/admin/generations/g1")).status_code == 200
    other = Api(service._client, user_id="developer-2", role="developer")
    assert (await other.get("/api/admin/generations/g1")).status_code == 404


async def test_the_log_is_exported_as_it_is_filtered(operator: Api, developer: Api, gateway: FakeGateway) -> None:
    # R1.17
    answer = await operator.get("/api/admin/generations/export?format=csv&status=failed&q=Task")
    assert answer.text.splitlines() == ['{"id": "g0"}', '{"id": "g1"}', '{"id": "g2"}']
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].endswith('.csv"')
    await developer.get("/api/admin/generations/export")
    assert [asked[0] for asked in gateway.asked] == [
        {"status": "failed", "q": "Task", "format": "csv"}, {"user_id": "developer-1", "format": "jsonl"},
    ]  # fmt: skip
    assert (await operator.get("/api/admin/generations/export?format=xml")).status_code == 422


async def test_what_the_settings_mask_is_masked_for_all_but_the_author(
    operator: Api, developer: Api, gateway: FakeGateway
) -> None:  # R1.17
    changed = await operator.patch("/api/admin/settings", {"log": {"redact": ["email", "phone"], "keep_days": 90}})
    assert changed.json()["log"] == {"keep_days": 90, "keep_details_days": None, "redact": ["email", "phone"]}
    for caller in (operator, developer):
        await caller.get("/api/admin/generations")
        await caller.get("/api/admin/generations/g1")
    assert [asked[0].get("redact") for asked in gateway.asked] == [["email", "phone"]] * 2 + [None, []]
    assert (await operator.patch("/api/admin/settings", {"log": {"redact": ["name"]}})).status_code == 422
    assert (await operator.patch("/api/admin/settings", {"log": {"keep_days": None}})).json()["log"][
        "keep_days"
    ] is None
    published = Api(operator._client, caller="gateway")
    assert (await published.get("/internal/settings")).json()["log"]["redact"] == ["email", "phone"]


async def test_every_change_is_in_the_audit_log_without_secrets(admin: Api, operator: Api) -> None:  # R3.8
    user = await make_user(admin)
    await admin.patch(f"/api/admin/users/{user['id']}", {"role": "operator"})
    await admin.post(f"/api/admin/users/{user['id']}/password", {"password": "a-Secret-Word-7"})
    await operator.post("/api/admin/engines", VLLM)
    await operator.patch("/api/admin/engines/coder", {"api_key": "sk-new-secret"})
    await operator.patch("/api/admin/settings", {"default_engine": "coder"})
    await admin.post("/api/admin/signing-keys")
    answer = await admin.get("/api/admin/audit")
    actions = [entry["action"] for entry in answer.json()["items"]]
    assert actions == [
        "signing_key.rotate", "settings.update", "engine.update", "engine.create", "user.reset_password",
        "user.update", "user.create", "user.bootstrap",
    ]  # fmt: skip
    for secret in ("sk-very-secret", "sk-new-secret", "a-Secret-Word-7", "argon2", "fwk_"):
        assert secret not in answer.text
    entries = {entry["action"]: entry for entry in answer.json()["items"]}
    assert entries["user.update"]["before"] == {"role": "developer"}
    assert entries["user.update"]["after"] == {"role": "operator"}
    assert entries["user.update"]["actor_id"] == admin.user_id
    assert set(entries["engine.update"]["after"]) == {"api_key"}
    assert entries["settings.update"]["after"] == {"default_engine": "coder"}
    assert len(entries["settings.update"]["trace_id"]) == 32
    by_subject = (await admin.get(f"/api/admin/audit?subject_kind=user&subject_id={user['id']}")).json()["items"]
    assert len(by_subject) == 3
    assert len((await admin.get("/api/admin/audit?action=engine.")).json()["items"]) == 2
    assert len((await admin.get("/api/admin/audit?action=engine.create")).json()["items"]) == 1
    assert len((await admin.get("/api/admin/audit?actor_id=operator-1")).json()["items"]) == 3
    assert (await operator.get("/api/admin/audit")).status_code == 403
