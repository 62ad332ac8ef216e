"""Each row of the fault table, done to a running mesh: what users see meanwhile, until when, and what is lost."""

import threading

import pytest

from fault_table.faulty_mesh import ENGINE, FaultyMesh, Users
from fault_table.injections import injected
from fault_table.observation import Kept, Watched, generate, losses, order, recovered, search
from fault_table.report import Seen
from fault_table.rows import Row, read_rows

ROWS = read_rows()
_LAST_CHANCE_S = 60.0


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_row(row: Row, faulty: FaultyMesh, users: Users, kept: Kept, seen: dict[str, Seen]):  # R5.7, R5.8, R3.8, R2.3
    http = users.inside
    user = users.outside if row.subject == "gateway" else http
    model = ENGINE if row.subject == ENGINE or row.running else None
    assert recovered(http, _LAST_CHANCE_S) < _LAST_CHANCE_S, "it was not well before"
    watched, thread = Watched(), None
    if row.running:
        thread = threading.Thread(target=generate, args=(user, row.within_s, model, watched))
        thread.start()
        assert watched.begun.wait(20), "the engine said nothing"
    with injected(faulty, row):
        job = None if row.running else order(user)
        if not row.running:
            generate(user, row.within_s, model, watched)
        found, search_s, said = search(user, row.within_s)
    recovery_s = recovered(http, row.recovers_s + _LAST_CHANCE_S)
    if thread:
        thread.join(row.within_s)
    accepted = [item for item in (job, watched.generation_id) if item]
    lost = tuple(losses(http, kept, accepted, _LAST_CHANCE_S))
    passed = (
        watched.outcome in row.generation and found in row.search and watched.seconds <= row.within_s
        and recovery_s <= row.recovers_s and not lost
    )  # fmt: skip
    seen[row.name] = result = Seen(
        watched.outcome, watched.seconds, watched.detail, found, search_s, recovery_s, lost, passed
    )
    assert passed, (result, said)
