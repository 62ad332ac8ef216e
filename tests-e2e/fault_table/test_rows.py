"""Each row of the fault table, done to a running mesh: what users see meanwhile, until when, and what is lost."""

import threading

import pytest

from fault_table.conftest import Patient
from fault_table.faulty_mesh import ENGINE
from fault_table.injections import injected
from fault_table.observation import Watched, generate, losses, order, recovered, search
from fault_table.report import Seen
from fault_table.rows import CLOCK, Row, read_rows
from load.words import ENTITIES, Words
from support.oom_engines import LLAMACPP, OLLAMA

ROWS = read_rows()
ENGINES = {"out of memory (llama.cpp)": LLAMACPP, "out of memory (Ollama)": OLLAMA}
_LAST_CHANCE_S = 90.0
_SHORT_SEARCH_S = 5.0
_LOOKED_AT_S = 11.0
"""A stream that waits says so every ten seconds; only then is looked at the clock."""
_words = Words(seed=11)
_SCREENS = ("목록 조회 화면 만들어줘", "관리 화면 만들어줘", "등록 팝업이 있는 목록 화면")
"""What is asked while something is broken, nobody has asked before: an answer that was kept would show nothing."""


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_row(row: Row, request: pytest.FixtureRequest, seen: dict[str, Seen]):  # R5.7, R5.8, R3.8, R2.3
    hurt: Patient = request.getfixturevalue("jumping" if row.subject == CLOCK else "plain")
    http = hurt.users.inside
    user = hurt.users.outside if row.subject == "gateway" else http
    model = ENGINES.get(row.fault, ENGINE) if row.subject == ENGINE or row.running else None
    mended = model if model == ENGINE else None  # the others are broken for good
    number = ROWS.index(row)
    assert recovered(http, hurt.kept, _LAST_CHANCE_S, mended) < _LAST_CHANCE_S, "it was not well before"
    watched, thread = Watched(), None
    if row.running:
        thread = threading.Thread(target=generate, args=(user, row.within_s, model, watched))
        thread.start()
        assert watched.begun.wait(20), "the engine said nothing"
    with injected(hurt.faulty, row):
        job = None if row.running else order(user)
        if not row.running:
            generate(user, row.within_s, model, watched, _prompt(number))
        found, search_s, said = search(user, _SHORT_SEARCH_S if row.running else row.within_s, _words.query(number))
    recovery_s = recovered(http, hurt.kept, row.recovers_s + _LAST_CHANCE_S, mended)
    if thread:
        thread.join(row.within_s)
    accepted = [item for item in (job, watched.generation_id) if item]
    lost = tuple(losses(http, hurt.kept, accepted, _LAST_CHANCE_S))
    passed = (
        watched.outcome in row.generation and found in row.search and watched.seconds <= row.within_s + _LOOKED_AT_S
        and recovery_s <= row.recovers_s and not lost
    )  # fmt: skip
    seen[row.name] = result = Seen(
        watched.outcome, watched.seconds, watched.detail, found, search_s, recovery_s, lost, passed
    )
    assert passed, (result, said)


def _prompt(number: int) -> str:
    """One that is understood without a warning."""
    screens, entity = divmod(number, len(ENTITIES))
    return f"{ENTITIES[entity]} {_SCREENS[screens]}"
