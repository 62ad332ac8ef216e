"""An order out of its row, and what a log says to the next owner."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import orjson
from app.db.tables import GenerationRow
from app.pipeline.draft import BaseScreen, Order
from app.runs.resumption import draft_of, order_of, prior_of
from app.runs.rows import columns_of
from app.storage.records import Event

from ..samples import SPEC

MOMENT = datetime(2026, 11, 21, tzinfo=UTC)
BASE = BaseScreen("g0", SPEC, {"entities": []})
ORDER = Order(
    id="g1",
    created_at=MOMENT,
    prompt="Task 화면",
    user_id="alice",
    role="developer",
    mode="auto",
    framework="xframe5",
    model="vllm",
    session_id="s1",
    channel="rest",
    interactive=True,
    strictness="strict",
    artifacts=["ddl"],
    attachments=[{"name": "a.sql", "content": "x"}],
    history=[{"role": "user", "content": "x"}],
    base=BASE,
    request={"attachments": [{"name": "a.sql", "content": "x"}]},
    deadline_at=MOMENT,
    webhook={"url": "https://example.com"},
)


def some_row(**columns: Any) -> GenerationRow:
    """With the columns that matter here alone."""
    make: Any = GenerationRow
    row: GenerationRow = make(**columns)
    return row


def row_of(order: Order) -> GenerationRow:
    """As it comes back from PostgreSQL: what is JSON there has been through JSON."""
    columns = columns_of(order)
    for name in ("request", "resumption", "webhook"):
        columns[name] = orjson.loads(orjson.dumps(columns[name]))
    return some_row(**columns)


async def base_of(generation_id: str) -> GenerationRow | None:
    if generation_id != "g0":
        return None
    return some_row(id="g0", spec=SPEC, data_model={"entities": []})


async def test_an_order_survives_its_row_whole() -> None:
    changed: dict[str, Any] = {}
    for field in fields(Order):
        if getattr(ORDER, field.name) == field.default and field.type in {bool, str}:
            changed[field.name] = True if field.type is bool else "x"
    order = replace(ORDER, **changed)
    assert await order_of(row_of(order), base_of) == order


async def test_without_its_base_or_of_an_older_version_it_is_none() -> None:
    gone = replace(ORDER, base=replace(BASE, generation_id="gone"))
    assert await order_of(row_of(gone), base_of) is None
    row = row_of(ORDER)
    row.resumption = None
    assert await order_of(row, base_of) is None


class FakeLog:
    """A log of one page."""

    def __init__(self, *events: tuple[str, dict[str, Any]]) -> None:
        self._events = [Event(seq, type_, MOMENT, data) for seq, (type_, data) in enumerate(events, start=1)]

    async def read(self, generation_id: str, *, after: int) -> list[Event]:
        return self._events[after:]


QUESTION = {
    "question_id": "entity", "text": "무엇?", "choices": [{"value": "task", "label": "Task"}], "default": "task",
    "expires_at": "2026-11-21T00:02:00.000Z",
}  # fmt: skip


async def test_what_was_asked_is_known_with_its_time() -> None:
    prior = await prior_of(FakeLog(("created", {}), ("question", QUESTION)), "g1")
    assert (prior.seq, prior.begun, prior.voided) == (2, True, False)
    asked = draft_of(ORDER, prior).asked["entity"]
    assert asked.expires_at == datetime(2026, 11, 21, 0, 2, tzinfo=UTC)
    assert asked.question.choices[0].label == "Task"


async def test_what_was_sent_is_void_until_a_reset_has_said_so() -> None:
    delta = ("delta", {"attempt": 3, "channel": "code", "text": "x"})
    sent = await prior_of(FakeLog(("created", {}), delta), "g1")
    assert (sent.voided, sent.attempts) == (True, 3)
    said = await prior_of(FakeLog(("created", {}), delta, ("reset", {"attempt": 3})), "g1")
    assert (said.voided, said.attempts, said.begun) == (False, 3, True)
    fresh = await prior_of(FakeLog(("created", {})), "g1")
    assert (fresh.begun, fresh.seq) == (False, 1)
