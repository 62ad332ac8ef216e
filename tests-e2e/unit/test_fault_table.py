"""The fault table is whole: every service with every fault, each row with a reason, and a way to do it. No mesh."""

from pathlib import Path

import pytest

from fault_table.injections import knows
from fault_table.report import END, START, Seen, write
from fault_table.rows import SERVICE_FAULTS, SERVICES, read_rows

NOBODY_CALLS = {"gateway-worker"}


def test_every_service_has_every_fault():  # R5.7
    rows = {(row.subject, row.fault) for row in read_rows()}
    for service in SERVICES:
        faults = ("killed", "hung") if service in NOBODY_CALLS else SERVICE_FAULTS
        assert {(service, fault) for fault in faults} <= rows, service
    for fault in ("restarted", "killed", "hung", "slow", "cut", "full", "read-only"):
        assert ("PostgreSQL", fault) in rows
    for fault in ("dead", "hung", "slow", "500", "garbage", "cut", "out of memory", "endless"):
        assert ("engine", fault) in rows
    assert {("Qdrant", "lost"), ("disk", "full"), ("clock", "an hour forward"), ("clock", "an hour back")} <= rows


def test_no_row_stands_twice_and_each_can_be_done():
    rows = read_rows()
    assert len({row.name for row in rows}) == len(rows)
    assert [row.name for row in rows if not knows(row)] == []


@pytest.mark.parametrize(
    ("member", "value"), [("generation", '["perfect"]'), ("search", "[]"), ("because", '""')]
)  # fmt: skip
def test_a_row_that_means_nothing_is_refused(tmp_path: Path, member: str, value: str):
    members = {"generation": '["failed"]', "search": '["answered"]', "because": '"x"', member: value}
    lines = [f"{name} = {text}" for name, text in members.items()]
    file = tmp_path / "rows.toml"
    file.write_text('[[row]]\nsubject = "engine"\nfault = "dead"\n' + "\n".join(lines), encoding="utf-8")
    with pytest.raises(ValueError, match="engine dead"):
        read_rows(file)


def test_the_table_goes_into_its_place_in_the_document(tmp_path: Path):
    document = tmp_path / "faults.md"
    document.write_text(f"before\n{START}\nold\n{END}\nafter\n", encoding="utf-8")
    rows = read_rows()
    seen = {rows[0].name: Seen("weaker", 1.25, "intent_rules", "answered", 0.1, 2.0, (), passed=False)}
    write(rows, seen, tmp_path / "out", document)
    text = document.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith(f"{END}\nafter\n")
    assert "weaker (intent_rules) **✗** | 1.2 | answered | 0.1 | 2.0 s | nothing" in text
    assert "old" not in text
    assert "not run" in text
