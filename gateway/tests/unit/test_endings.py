"""What a caller hears who waits for nothing but the answer."""

from typing import Any

import pytest
from app.runs.endings import failure_of
from app.storage.records import Event, now

from chassis.errors import ServiceError, problem


def end(type_: str, **data: Any) -> Event:
    return Event(9, type_, now(), data)


def test_a_log_that_was_not_read_to_its_end_is_no_answer() -> None:  # R3.8
    error = failure_of(None)
    assert error is not None
    assert (int(error.status), error.code, error.retry_after_s) == (503, "gateway_stopping", 1)


@pytest.mark.parametrize(
    ("event", "code"),
    [(end("completed"), None), (end("cancelled"), "cancelled"),
     (end("failed", problem=problem(ServiceError("no", code="gone"), instance="/x")), "gone")],
)  # fmt: skip
def test_an_end_is_an_answer_or_its_reason(event: Event, code: str | None) -> None:
    error = failure_of(event)
    assert (error.code if error else None) == code
