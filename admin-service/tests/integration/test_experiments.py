"""A/B tests: started, polled, judged once enough take part, and ended in one call."""

from collections.abc import Collection
from typing import Any

import pytest
from app.core.context import Context

from tests.conftest import Api
from tests.integration.test_evaluations import FakeGateway

PATH = "/api/admin/experiments"
TEMPLATE = {"framework": "xframe5", "task": "spec", "content": "worse"}
ARMS = [{"name": "control"}, {"name": "new", "templates": {"xframe5/spec": 1}}]
UNITS = 24


class FakeGatewayWithOutcomes(FakeGateway):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, Any]] = []
        self.asked: list[tuple[str, list[str]]] = []

    async def experiment_outcomes(
        self,
        experiment_id: str,
        *,
        sticky: str,
        frameworks: Collection[str],
        after: str,
        limit: int,
        user_id: str,
        role: str,
    ) -> list[dict[str, Any]]:
        self.asked.append((sticky, list(frameworks)))
        return [row for row in self.rows if row["generation_id"] > after][:limit]


@pytest.fixture
def gateway(context: Context) -> FakeGatewayWithOutcomes:
    fake = FakeGatewayWithOutcomes()
    context.__dict__["gateway"] = fake
    return fake


@pytest.fixture
async def template(operator: Api) -> None:
    assert (await operator.post("/api/admin/templates", TEMPLATE)).status_code == 201


def outcomes(each: int = 5) -> list[dict[str, Any]]:
    """Of 24 users in each arm: of control most screens were accepted as they were, of the new arm few, after edits."""
    rows = []
    for number in range(2 * UNITS * each):
        arm, user = ("control", "new")[number % 2], number // 2 % UNITS
        accepted = (number // 2 // UNITS + user) % 5 < (4 if arm == "control" else 1)
        rows.append(
            {
                "generation_id": f"g{number:04}", "arm": arm, "unit": f"{arm}-{user}", "status": "completed",
                "degraded": False, "duration_ms": 100.0, "rating": None if accepted else 2, "accepted": accepted,
                "edit_ratio": (0.0 if arm == "control" else 0.5) if accepted else None,
            }
        )  # fmt: skip
    return rows


@pytest.mark.usefixtures("template")
async def test_an_experiment_is_judged_and_ended_in_one_call(
    operator: Api, service: Api, developer: Api, gateway: FakeGatewayWithOutcomes
) -> None:  # R4.6
    assert (await developer.post(PATH, {"arms": ARMS})).status_code == 403
    for wrong in ([ARMS[0], ARMS[0]], [ARMS[0], {"name": "x", "engine": "nothing"}],
                  [ARMS[0], {"name": "x", "templates": {"xframe5/spec": 9}}]):  # fmt: skip
        assert (await operator.post(PATH, {"arms": wrong})).json()["errors"][0]["field"] == "arms"
    assert (await operator.post(PATH, {"arms": ARMS, "planned_units": 4})).status_code == 422
    started = (await operator.post(PATH, {"arms": ARMS, "sticky": "session"})).json()
    assert started["planned_units"] == 20
    assert (await operator.post(PATH, {"arms": ARMS})).json()["code"] == "experiment_running"
    polled = await service.get("/internal/experiments")
    assert polled.json()["experiment"]["arms"][1]["templates"][0]["content"] == "worse"
    tag = polled.headers["ETag"]
    assert (await service.get("/internal/experiments", If_None_Match=tag)).status_code == 304
    gateway.rows = outcomes()
    found = (await operator.get(f"{PATH}/{started['id']}")).json()
    assert gateway.asked[0] == ("session", ["xframe5"]), "screens of other frameworks have nothing to do with it"
    control, new = found["outcomes"]
    assert (control["units"], control["missing_units"], control["generations"]) == (UNITS, 0, 120)
    assert (control["accepted"], new["accepted"]) == (96, 24)
    assert control["significant"] is False, "it is what the others are compared with"
    assert new["significant"] is True
    assert new["accepted_p"] < 0.001
    assert new["distance_p"] < 0.05
    assert (control["distance_mean"], new["distance_mean"]) == (0.0, 0.5)
    assert (await operator.post(f"{PATH}/{started['id']}/rollback")).json()["status"] == "ended"
    assert (await service.get("/internal/experiments", If_None_Match=tag)).json() == {"experiment": None}
    assert (await operator.get(PATH)).json()["items"][0]["status"] == "ended"
    assert (await operator.get(f"{PATH}/nothing")).status_code == 404
    assert (await operator.post(f"{PATH}/nothing/rollback")).status_code == 404


@pytest.mark.usefixtures("template")
async def test_nothing_is_said_before_the_planned_number_and_later_screens_change_nothing(
    operator: Api, gateway: FakeGatewayWithOutcomes
) -> None:  # R4.6
    started = (await operator.post(PATH, {"arms": ARMS, "planned_units": UNITS})).json()
    gateway.rows = outcomes()[: 2 * UNITS - 1]
    control, new = (await operator.get(f"{PATH}/{started['id']}")).json()["outcomes"]
    assert (control["missing_units"], new["missing_units"]) == (0, 1)
    assert (new["accepted_p"], new["distance_p"], new["significant"]) == (None, None, False)
    gateway.rows = outcomes()[: 2 * UNITS]
    reached = (await operator.get(f"{PATH}/{started['id']}")).json()["outcomes"][1]
    assert reached["missing_units"] == 0
    assert reached["accepted_p"] is not None
    gateway.rows = outcomes()
    later = (await operator.get(f"{PATH}/{started['id']}")).json()["outcomes"][1]
    assert later["generations"] > reached["generations"]
    assert later["accepted_p"] == reached["accepted_p"]


async def test_an_arm_with_an_engine_takes_screens_of_all_frameworks(
    operator: Api, gateway: FakeGatewayWithOutcomes
) -> None:
    engine = {"id": "other", "kind": "vllm", "base_url": "http://10.0.0.1:8000", "model": "coder-7b"}
    assert (await operator.post("/api/admin/engines", engine)).status_code == 201
    arms = [ARMS[0], {"name": "new", "engine": "other"}]
    started = (await operator.post(PATH, {"arms": arms})).json()
    assert (await operator.get(f"{PATH}/{started['id']}")).json()["outcomes"][0]["accepted_rate"] is None
    assert gateway.asked == [("user", [])]
