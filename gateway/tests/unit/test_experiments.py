"""Which arm of an A/B test a generation goes to."""

from collections import Counter
from typing import Any

from app.core.experiments import Arm, Experiment, Experiments, arm_of
from app.pipeline.draft import Order
from app.storage.records import now

from chassis.errors import UpstreamFailed

TEMPLATE = {"id": "xf/spec", "framework": "xf", "task": "spec", "version": "2", "content": "…"}
ARMS = [Arm(name="control", weight=3), Arm(name="new", weight=1, engine="coder", templates=[TEMPLATE])]


class FakeAdmin:
    """admin-service with one answer after the other."""

    def __init__(self, *answers: Any) -> None:
        self.forwarding, self.answers = self, list(answers)
        self.headers: list[Any] = []

    async def request(self, _method: str, _path: str, *, headers: Any = None, limit_s: float = 0) -> Any:
        self.headers.append(headers)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Answer:
    def __init__(self, status: int, content: bytes = b"", etag: str = "") -> None:
        self.status_code, self.content, self.headers = status, content, {"etag": etag}


def order(**changes: Any) -> Order:
    return Order(**{"id": "g1", "created_at": now(), "prompt": "p", "user_id": "alice", **changes})


def running(sticky: Any = "user") -> Experiments:
    experiments = Experiments(FakeAdmin())  # type: ignore[arg-type]
    experiments.running = Experiment(id="e1", sticky=sticky, arms=ARMS)
    return experiments


def test_arms_get_their_share_and_everybody_stays_with_one() -> None:
    counts = Counter(arm_of(ARMS, f"e1:user-{number}").name for number in range(4000))
    assert 900 < counts["new"] < 1100
    assert {running().route(order(session_id=f"s{number}")).arm for number in range(20)} == {
        running().route(order()).arm
    }, "sticky by user"
    by_session = {running("session").route(order(session_id=f"s{number}")).arm for number in range(60)}
    assert by_session == {"control", "new"}


def test_who_says_what_is_wanted_takes_no_part() -> None:
    experiments = running()
    experiments.running = Experiment(id="e1", arms=ARMS[1:])
    routed = experiments.route(order())
    assert (routed.model, routed.templates, routed.experiment, routed.arm) == ("coder", [TEMPLATE], "e1", "new")
    for asked in (order(model="mine"), order(templates=[TEMPLATE]), order(chat=True)):
        assert experiments.route(asked) is asked
    experiments.running = None
    assert experiments.route(order()).experiment is None


async def test_it_is_polled_and_goes_on_while_admin_service_is_away() -> None:
    document = b'{"experiment": {"id": "e1", "sticky": "user", "arms": [{"name": "a"}, {"name": "b"}]}}'
    admin = FakeAdmin(
        Answer(200, document, '"x"'), Answer(304), UpstreamFailed("away"), Answer(200, b"odd"),
        Answer(200, b'{"experiment": null}', '"none"'),
    )  # fmt: skip
    experiments = Experiments(admin)  # type: ignore[arg-type]
    for _ in range(4):
        await experiments.poll()
        assert experiments.running is not None
        assert experiments.running.id == "e1"
    assert admin.headers[:2] == [None, {"If-None-Match": '"x"'}]
    await experiments.poll()
    assert experiments.running is None
