"""Experiments, and what came of them."""

from typing import Any

import pytest
from app.core.context import Context

from tests.conftest import Api
from tests.integration.test_evaluations import FakeGateway

TEMPLATE = {"framework": "xframe5", "task": "spec", "content": "worse"}


class FakeGatewayWithOutcomes(FakeGateway):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, Any]] = []

    async def experiment_outcomes(
        self, experiment_id: str, *, after: str, limit: int, user_id: str, role: str
    ) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["generation_id"] > after][:limit]


@pytest.fixture
def gateway(context: Context) -> FakeGatewayWithOutcomes:
    fake = FakeGatewayWithOutcomes()
    context.__dict__["gateway"] = fake
    return fake


async def test_an_experiment_is_judged_and_ended_in_one_call(
    operator: Api, service: Api, developer: Api, gateway: FakeGatewayWithOutcomes
) -> None:
    await operator.post("/api/admin/templates", TEMPLATE)
    path = "/api/admin/experiments"
    arms = [{"name": "control"}, {"name": "new", "templates": {"xframe5/spec": 1}}]
    assert (await developer.post(path, {"arms": arms})).status_code == 403
    for wrong in ([arms[0], arms[0]], [arms[0], {"name": "x", "engine": "nothing"}],
                  [arms[0], {"name": "x", "templates": {"xframe5/spec": 9}}]):  # fmt: skip
        assert (await operator.post(path, {"arms": wrong})).json()["errors"][0]["field"] == "arms"
    started = (await operator.post(path, {"arms": arms, "sticky": "session"})).json()
    assert (await operator.post(path, {"arms": arms})).json()["code"] == "experiment_running"
    polled = await service.get("/internal/experiments")
    assert polled.json()["experiment"]["arms"][1]["templates"][0]["content"] == "worse"
    tag = polled.headers["ETag"]
    assert (await service.get("/internal/experiments", If_None_Match=tag)).status_code == 304
    gateway.rows = outcomes()
    found = (await operator.get(f"{path}/{started['id']}")).json()
    control, new = found["outcomes"]
    assert (control["accepted"], control["generations"], new["accepted"]) == (60, 120, 20)
    assert control["significant"] is False, "it is what the others are compared with"
    assert new["significant"] is True
    assert new["accepted_p"] < 0.001
    assert new["distance_p"] < 0.05
    assert control["distance_mean"] == 0.0
    assert (await operator.post(f"{path}/{started['id']}/rollback")).json()["status"] == "ended"
    assert (await service.get("/internal/experiments", If_None_Match=tag)).json() == {"experiment": None}
    assert (await operator.get(path)).json()["items"][0]["status"] == "ended"
    assert (await operator.get(f"{path}/nothing")).status_code == 404
    assert (await operator.post(f"{path}/nothing/rollback")).status_code == 404


def outcomes() -> list[dict[str, Any]]:
    """240 generations: of control every second one was accepted as it was, of the new arm every sixth after edits."""
    rows = []
    for number in range(240):
        arm, every = (("control", 2), ("new", 6))[number % 2]
        accepted = (number // 2) % every == 0
        code = "a b c d" if arm == "control" else "a b x y"
        feedback = {"rating": None, "accepted": [{"path": "a.js", "content": code}]} if accepted else {"rating": 2}
        rows.append(
            {
                "generation_id": f"g{number:04}", "arm": arm, "status": "completed", "degraded": False,
                "duration_ms": 100.0, "feedback": feedback,
                "artifacts": [{"path": "a.js", "content": "a b c d"}],
            }
        )  # fmt: skip
    return rows
