"""Fusion, calibration, keywords, packs."""

from pathlib import Path

from app.core.entries import Entry
from app.core.keywords import KeywordIndex
from app.core.packs import parse_template, read_packs
from app.core.qdrant import Match
from app.features.search.fusion import Calibration, calibrated, fused
from tests.conftest import write_pack


def _match(name, score):
    return Match(name, score, {"entry": name})


def test_a_side_that_found_nothing_has_no_say():
    sparse = [_match("a", 9.0), _match("b", 4.0)]
    assert [item.id for item in fused([], sparse, [])] == ["a", "b"]
    assert [item.id for item in fused(sparse, [], [])] == ["a", "b"]


def test_what_both_sides_found_comes_first():
    found = fused([_match("x", 0.9), _match("both", 0.8)], [_match("y", 9.0), _match("both", 8.0)], ["y"])
    assert found[0].id == "both"
    assert (found[0].dense, found[0].sparse) == (0.8, 8.0)
    assert [item.id for item in found if item.exact] == ["y"]


def test_scores_lie_between_0_and_1_and_grow_with_every_feature():
    plain, dense, both = fused(
        [_match("dense", 0.9), _match("both", 0.9)], [_match("both", 20.0), _match("plain", 1.0)], []
    )[::-1]
    assert {plain.id, dense.id} == {"plain", "dense"}
    scores = [calibrated(item, best_sparse=20.0, calibration=Calibration()) for item in (plain, dense, both)]
    assert all(0 <= score <= 1 for score in scores)
    assert scores[2] == max(scores)


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
    for entry in shipped.entries.values():
        assert isinstance(entry, Entry)
        assert any("가" <= letter <= "힣" for letter in entry.text.ko)
