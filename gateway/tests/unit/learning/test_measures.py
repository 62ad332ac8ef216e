"""Edit distance and the figures by model."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from app.learning.distance import edit_distance
from app.learning.figures import figures_of, wilson


def test_line_ends_and_byte_order_marks_are_no_edits() -> None:
    measured = edit_distance({"a.js": "\ufeffvar a;\r\nvar b;\r\n"}, {"a.js": "var a;\nvar b;"})
    assert (measured.lines, measured.characters, measured.ratio, measured.changed_files) == (0, 0, 0.0, [])


def test_changed_lines_and_characters_are_counted() -> None:
    measured = edit_distance({"a.js": "one\ntwo\nthree"}, {"a.js": "one\ntwo!\nthree\nfour"})
    assert (measured.lines, measured.characters) == (2, 5)
    assert measured.changed_files == ["a.js"]
    assert measured.ratio == pytest.approx(5 / 19, abs=0.001)


def test_a_new_or_thrown_away_file_counts_whole() -> None:
    assert edit_distance({}, {"a.js": "abcd"}).ratio == 1.0
    assert edit_distance({"a.js": "abcd"}, {}).characters == 4
    long = "x" * 5_000
    assert edit_distance({"a.js": long}, {"a.js": long.replace("x", "y")}).characters == 5_000


DAY = datetime(2026, 11, 10, tzinfo=UTC)


def attempt(**changes: Any) -> dict[str, Any]:
    return {"engine": "vllm", "model": "m", "adapter": None, "outcome": "usable", "ms": 100, "degraded": False,
            "asked": "m"} | changes  # fmt: skip


def record(*attempts: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"created_at": DAY, "attempts": list(attempts), "fixes": [], "feedback": None} | changes


def test_attempts_are_counted_for_the_model_that_made_them() -> None:
    records = [
        record(attempt(), fixes=[{"rule": "x"}], feedback={"rating": 5}),
        record(attempt(outcome="unusable"), attempt(ms=300), feedback={"rating": 2}),
        record(attempt(outcome="unusable"), attempt(model="builtin", engine="builtin", asked="m")),
        record(attempt(outcome="failed", model=None, engine="unknown")),
        record(attempt(model="builtin", degraded=True)),
        record(attempt(adapter="screens@2"), feedback={"accepted": [{"path": "a.js"}], "distance": {"ratio": 0.2}}),
        record(attempt(adapter="screens@2"), feedback={"accepted": [{"path": "a.js"}], "rating": 3}),
    ]
    by = {(item.model, item.adapter): item for item in figures_of(records)}
    of = by["m", ""]
    assert of.attempts == 6
    assert (of.parse_failures.count, of.parse_failures.of) == (2, 4)
    assert (of.engine_failures.count, of.engine_failures.of) == (2, 6)
    assert (of.repaired.count, of.repaired.of) == (1, 2)
    assert (of.accepted.count, of.accepted.of) == (1, 2)
    assert (of.p50_ms, of.edit_ratio) == (100, None)
    assert by["m", "screens@2"].edit_ratio == 0.2
    assert by["m", "screens@2"].accepted.count == 2, "what was taken over is accepted, however it was rated"
    assert by["builtin", ""].attempts == 2


def test_an_adapter_is_held_to_the_model_without_it_on_the_same_days() -> None:
    def rated(day: int, rating: int, adapter: str | None = None) -> dict[str, Any]:
        at = DAY + timedelta(days=day)
        return record(attempt(adapter=adapter), created_at=at, feedback={"rating": rating})

    before, after = [rated(day, 5) for day in range(10)], [rated(day, 5) for day in range(20, 25)]
    while_it_was_there = [rated(10, 5, "a@1"), rated(11, 1), rated(12, 4), rated(13, 1), rated(14, 5, "a@1")]
    by = {item.adapter: item for item in figures_of([*before, *while_it_was_there, *after])}
    assert (by[""].accepted.count, by[""].accepted.of, by[""].base_accepted) == (16, 18, None)
    base = by["a@1"].base_accepted
    assert base is not None
    assert (base.count, base.of) == (1, 3)


def test_wilsons_interval() -> None:
    rate = wilson(8, 10)
    assert rate.rate == 0.8
    assert rate.low == pytest.approx(0.4902, abs=1e-3)
    assert rate.high == pytest.approx(0.9433, abs=1e-3)
    assert wilson(0, 0).high == 0.0
