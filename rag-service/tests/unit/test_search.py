"""Fusion, calibration, keywords, packs."""

from pathlib import Path
from typing import Any

import pytest
from app.core.entries import Entry
from app.core.keywords import KeywordIndex
from app.core.packs import parse_template, read_packs
from app.core.phrases import PhraseIndex
from app.features.search.fusion import FEATURES, Calibration, Candidate, calibrated, fused
from tests.conftest import write_pack


def _match(name: str, score: float) -> tuple[tuple[str, str], float]:
    return ("demo", name), score


def _ranked(candidates, **options):
    scores = calibrated(candidates, related=options.get("related", {}), calibration=Calibration())
    return {item.entry[1]: score for item, score in zip(candidates, scores, strict=True)}


def test_a_side_that_found_nothing_has_no_say():  # R1.3
    matches = [_match("a", 0.9), _match("b", 0.4)]
    none: list[tuple[tuple[str, str], float]] = []
    for dense, phrases, sparse in ((none, none, matches), (matches, none, none), (none, matches, none)):
        scores = _ranked(fused(dense, phrases, sparse, exact={}, asked={}))
        assert scores["a"] > scores["b"]


def test_what_both_sides_found_comes_first():
    both = fused(
        [_match("x", 0.6), _match("both", 0.6)], [], [_match("y", 9.0), _match("both", 9.0)], exact={}, asked={}
    )
    scores = _ranked(both)
    assert scores["both"] > max(scores["x"], scores["y"])


def test_an_entry_counts_by_the_best_of_its_phrases():
    (one,) = fused([], [_match("a", 0.4), _match("a", 0.9), _match("a", 0.6)], [], exact={}, asked={})
    assert (one.phrase, one.dense) == (0.9, 0.0)


HIGH: dict[str, Any] = {"entry": ("demo", "high"), "sparse": 1.0}


def test_scores_lie_between_0_and_1_and_grow_with_every_feature():
    plain, better = {}, {}
    for name in FEATURES:
        low = Candidate(("demo", "low"), sparse=1.0)
        scores = _ranked([low, Candidate(**{**HIGH, name: 5.0 if name == "sparse" else 0.9})])
        plain[name], better[name] = scores["low"], scores["high"]
    assert all(0 <= plain[name] < better[name] <= 1 for name in FEATURES)


def test_a_sure_hit_lends_to_what_is_related_to_it():
    sure = Candidate(("demo", "sure"), dense=0.9, phrase=0.9, asked=0.9, exact=1.0)
    friend, other = (Candidate(("demo", name), dense=0.2) for name in ("friend", "other"))
    scores = _ranked([sure, friend, other], related={("demo", "sure"): [(("demo", "friend"), 1.0)]})
    assert scores["sure"] > scores["friend"] > scores["other"]


def test_a_phrase_is_compared_as_a_whole():
    index = PhraseIndex(
        {"open": ["open a popup", "팝업 열기"], "close": ["close a popup", "팝업 닫기"], "grid": ["grid"]}
    )
    found = index.search("팝업 닫기")
    assert found["close"] == pytest.approx(1.0)
    assert found["close"] > found["open"]
    assert "grid" not in found
    assert index.search("zzz") == {}
    assert index.search("zzz", ["grid"], related_weight=0.25)["grid"] < 0.5


def test_keywords_see_through_particles():
    index = KeywordIndex({"save": "저장 트랜잭션 requestsubmit", "popup": "팝업 닫기 unloadpopup"})
    assert index.search("팝업을 닫으려면", limit=5)[0][0] == "popup"
    assert index.search("requestSubmit", limit=5)[0][0] == "save"
    assert index.search("zzz", limit=5) == []
    assert KeywordIndex({}).search("a", limit=1) == []


def test_a_bad_entry_is_left_out_and_the_rest_stays(tmp_path):
    pack = write_pack(tmp_path)
    (pack / "knowledge" / "broken.yaml").write_text("- id: BAD ID\n- [\n", encoding="utf-8")
    (pack / "knowledge" / "other.yaml").write_text("- {id: half, kind: rule}\n- text\n", encoding="utf-8")
    (pack / "prompts" / "broken.md").write_text("---\n- a\n---\ntext", encoding="utf-8")
    found = read_packs([tmp_path, tmp_path / "nowhere"])["demo"]
    assert sorted(found.entries) == ["grid.deletecheckedrow", "grid.list", "server.spring"]
    assert len(found.templates) == 1
    (pack / "artifacts.yaml").write_text("artifacts: [{kind: 1}]", encoding="utf-8")
    assert read_packs([tmp_path])["demo"].artifacts == []


def test_a_template_takes_what_its_head_leaves_out():
    template = parse_template("no head", id="x", version="2", task="chat")
    assert (template.id, template.body) == ("x", "no head")


def test_the_shipped_packs_are_read_whole():
    packs = read_packs([Path(__file__).parents[3] / "frameworks"])
    shipped = packs["xframe5"]
    assert len(shipped.entries) >= 60
    assert {template.task for template in shipped.templates} == {"spec", "direct", "answer", "modify", "chat"}
    assert shipped.artifacts
    assert {other for entry in shipped.entries.values() for other in entry.related} <= set(shipped.entries)
    for entry in shipped.entries.values():
        assert isinstance(entry, Entry)
        assert any("가" <= letter <= "힣" for letter in entry.text.ko)
