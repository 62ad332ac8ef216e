"""What a screen needs, by its pattern and its fields' types."""

from pathlib import Path

import pytest
from app.core.in_play import InPlay, ScreenInPlay
from app.core.packs import read_packs
from app.features.search.fusion import Calibration, Candidate, calibrated, fused
from evaluation.generations import read_generations
from tests.conftest import write_pack

IN_PLAY = InPlay.model_validate(
    {
        "patterns": {"list": {"is": ["pattern.list"], "needs": ["search"], "helps": ["enter"]}},
        "forms": ["form"],
        "types": {"date": {"grid": {"needs": ["cell"], "helps": ["search"]}, "form": {"needs": ["field"]}}},
    }
)
KNOWN = {"pattern.list", "search", "enter", "cell", "field"}


def test_the_pattern_counts_most_and_types_by_where_they_stand():  # R1.3
    found = IN_PLAY.entries(ScreenInPlay(pattern="list", types=("date", "unheard")), KNOWN)
    assert found["pattern.list"] > found["search"] == found["cell"] > found["enter"] > 0
    assert "field" not in found
    assert set(IN_PLAY.entries(ScreenInPlay(pattern="form", types=("date",)), KNOWN)) == {"field"}


def test_what_is_not_known_is_not_in_play():
    assert set(IN_PLAY.entries(ScreenInPlay(pattern="list"), {"enter"})) == {"enter"}
    assert InPlay().entries(ScreenInPlay(), KNOWN) == {}


def test_what_is_in_play_is_found_by_no_word_of_the_prompt():  # R1.4
    play = {("demo", "pattern.list"): 1.0, ("demo", "enter"): 0.4}
    found = fused([(("demo", "other"), 0.3)], [], [], exact={}, asked={}, play=play)
    scores = dict(
        zip([item.entry[1] for item in found], calibrated(found, related={}, calibration=Calibration()), strict=True)
    )
    assert scores["pattern.list"] > scores["enter"] > scores["other"]
    assert calibrated([Candidate(("demo", "x"))], related={}, calibration=Calibration())[0] < 0.01


def test_the_shipped_pack_names_entries_that_there_are():
    pack = read_packs([Path(__file__).parents[3] / "frameworks"])["xframe5"]
    kinds = [kind for item in pack.in_play.types.values() for kind in (item.grid, item.form)]
    named = {entry for needed in (*pack.in_play.patterns.values(), *kinds) for entry, _ in needed.worth()}
    assert named <= set(pack.entries)
    assert set(pack.in_play.patterns) == set(pack.screens)
    graded = {entry for item in read_generations() for entry in item.query.grades}
    assert graded <= set(pack.entries)


@pytest.mark.parametrize("text", ["- a", "patterns: {list: {unheard: []}}", "{"])
def test_a_broken_file_leaves_the_pack_without_it(tmp_path, text):
    pack = write_pack(tmp_path)
    (pack / "in_play.yaml").write_text(text, encoding="utf-8")
    assert read_packs([tmp_path])["demo"].in_play == InPlay()
