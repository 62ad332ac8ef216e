"""Golden cases and scores: what an answer gets for what it holds."""

import json
from pathlib import Path
from typing import Any

import pytest
from app.quality.distance import files_distance, text_distance
from app.quality.fields import columns_of, score_columns, score_texts
from app.quality.golden import UnreadableCases, accepted_files, case_of, find_packs, read_cases
from app.quality.scoring import Prices, score
from app.quality.verbs import actions_of, options_of, transactions_of

from screenspec.spec import ScreenSpec

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "libs" / "screenspec" / "examples"
PACK = find_packs([ROOT / "frameworks"])["xframe5"]
FREE = Prices()
TASK = {
    "id": "task",
    "prompt": "Task 목록",
    "pattern": "list_popup",
    "entities": ["task"],
    "fields": "task_id*:string 제목|title:string status:code",
    "actions": ["search", "edit", "save"],
    "transactions": ["search", "save"],
    "options": ["popup", "date_range"],
}


def example(pattern: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((EXAMPLES / f"{pattern}.json").read_text(encoding="utf-8"))
    return document


def record(spec: dict[str, Any] | None, **changes: Any) -> dict[str, Any]:
    files = [{"path": "TaskList.xml", "content": "<x/>", "fixes": [], "diagnostics": []}]
    return {
        "status": "completed", "degraded": False, "spec": spec, "artifacts": files, "raw_answers": [{}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 500}, "timings": {"engine": 2000.0},
        "duration_ms": 2500.0, **changes,
    }  # fmt: skip


def test_there_are_sixty_golden_cases_of_all_patterns_in_both_languages() -> None:  # R1.19
    cases = read_cases(PACK.folder)
    assert len(cases) >= 60
    kinds = {(case.pattern, case.language) for case in cases}
    patterns = set(ScreenSpec.model_fields["pattern"].annotation.__args__)  # type: ignore[union-attr]
    assert kinds == {(pattern, language) for pattern in patterns for language in ("ko", "en")}
    types = {"string", "text", "integer", "decimal", "boolean", "date", "datetime", "time", "code"}
    assert {kind for case in cases for field in case.fields for kind in field.types} <= types
    assert all(accepted_files(PACK, case) for case in cases if case.accepted)
    assert sum(bool(case.accepted) for case in cases) == 7


@pytest.mark.parametrize("file", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_the_examples_do_what_their_pattern_is_for(file: Path) -> None:
    spec = json.loads(file.read_text(encoding="utf-8"))
    wanted = {case.pattern: case for case in read_cases(PACK.folder)}[spec["pattern"]]
    assert set(wanted.actions) <= actions_of(spec)
    assert set(wanted.transactions) <= set(transactions_of(spec).values())


def test_meanings_do_not_hang_on_ids() -> None:
    spec = example("list_popup")
    for transaction in spec["transactions"]:
        for action in spec["actions"]:
            if action.get("transaction") == transaction["id"]:
                action["transaction"] = f"x_{transaction['id']}"
        transaction["id"] = f"x_{transaction['id']}"
    assert actions_of(spec) == {"search", "add", "edit", "delete", "detail", "save", "close"}
    assert options_of(spec) == {"popup", "date_range"}


def test_a_screen_as_expected_gets_100_and_every_gap_costs() -> None:
    case = case_of(TASK, framework="xframe5")
    full = score(case, record(example("list_popup")), {}, FREE)
    assert (full.score, full.missed, full.valid_before) == (100.0, [], True)
    assert full.precision is None, "the prompt leaves open what else may come"
    poorer = example("list_popup")
    poorer["datasets"][1]["columns"] = [item for item in poorer["datasets"][1]["columns"] if item["name"] != "status"]
    poorer["datasets"][4]["columns"] = [item for item in poorer["datasets"][4]["columns"] if item["name"] != "status"]
    poorer["actions"] = [item for item in poorer["actions"] if item["id"] != "edit"]
    less = score(case, record(poorer), {}, FREE)
    assert less.missed == ["action edit", "field status", "types"]
    assert less.score < full.score - 10


def test_an_answer_of_another_engine_is_no_merit_of_this_one() -> None:
    case = case_of(TASK, framework="xframe5")
    for changes in ({"degraded": True, "warnings": [{"code": "engine_failed"}]}, {"status": "failed"}):
        found = score(case, record(example("list_popup"), **changes), {"spec.json": "{}"}, FREE)
        assert (found.score, found.own, found.valid_after, found.recall, found.distance) == (
            0.0,
            False,
            False,
            0.0,
            1.0,
        )
    assert found.problem == "not_completed"


def test_who_answered_and_what_the_prompts_were_made_with_is_kept() -> None:
    used = [
        {"id": "xframe5/spec", "version": "3", "source": "admin"},
        {"id": "xframe5/direct", "version": "1", "source": "pack"},
    ]
    found = score(case_of(TASK, framework="xframe5"), record(None, engine="coder", templates=used), {}, FREE)
    assert (found.engine, found.templates) == ("coder", ["xframe5/spec@3", "xframe5/direct@pack"])


def test_validity_before_and_after_repair() -> None:
    case, spec = case_of(TASK, framework="xframe5"), example("list_popup")
    mended = score(case, record(spec, fixes=[{"rule": "x"}]), {}, FREE)
    asked_again = score(case, record(spec, raw_answers=[{}, {}]), {}, FREE)
    broken = score(case, record(spec, diagnostics=[{"severity": "error"}, {"severity": "warning"}]), {}, FREE)
    assert [(item.valid_before, item.valid_after) for item in (mended, asked_again, broken)] == [
        (False, True), (False, True), (False, False),
    ]  # fmt: skip
    assert broken.errors == 1


def test_columns_that_nobody_asked_for_cost_precision_where_all_were_stated() -> None:
    case = case_of({**TASK, "whole": True, "fields": "task_id*:string title:string"}, framework="xframe5")
    found = score_columns(case.fields, columns_of(example("list_popup")), whole=True)
    assert (found.recall, found.precision, len(found.unasked)) == (1.0, 2 / 7, 5)
    assert 0 < found.f1 < 1
    wrong_type = case_of({**TASK, "fields": "title:date task_id*:string"}, framework="xframe5")
    assert score_columns(wrong_type.fields, columns_of(example("list_popup")), whole=False).types == 0.5


def test_files_that_an_engine_wrote_itself_are_searched_for_the_names() -> None:
    fields = case_of({**TASK, "fields": "task_id*:string 고객명:string due_date:date"}, framework="x").fields
    found = score_texts(fields, ['<column name="TASK_ID"/>', "고객명 입력"])
    assert (found.missing, found.precision) == (("due_date",), None)
    direct = score(case_of(TASK, framework="x"), record(None), {}, FREE)
    assert "pattern" not in direct.missed, "files alone don't show it"


def test_costs_are_of_tokens_and_of_the_engines_time() -> None:
    prices = Prices(input_per_million=2.0, output_per_million=10.0, gpu_hour=3.6, gpus=2)
    case, made = case_of(TASK, framework="x"), record(example("list_popup"))
    found = score(case, made, {}, prices)
    assert (found.gpu_s, round(found.cost, 6)) == (4.0, 0.002 + 0.005 + 0.004)
    beside_others = score(case, {**made, "engine_share": 0.25}, {}, prices)
    assert (beside_others.gpu_s, round(beside_others.cost, 6)) == (1.0, 0.002 + 0.005 + 0.001)
    foreign = score(case, {**made, "degraded": True}, {}, prices)
    assert (foreign.gpu_s, foreign.cost) == (0.0, 0.0), "another engine's time and tokens"


def test_edit_distance_is_a_share_of_tokens() -> None:
    assert text_distance("a b c", "a  b\nc") == 0.0
    assert text_distance("a b c d", "a b c e") == 0.25
    assert files_distance({}, {"a.js": "x"}) is None
    accepted = {"TaskList.js": "a b c", "TaskPopup.js": "d"}
    assert files_distance(accepted, {"Other.js": "a b c", "OtherPopup.js": "d"}) == 0.0
    assert files_distance(accepted, {}) == 1.0
    spec = json.dumps(example("list_popup"))
    same = score(case_of(TASK, framework="x"), record(json.loads(spec)), {"spec.json": spec}, FREE)
    assert same.distance == 0.0
    assert (
        score(case_of(TASK, framework="x"), record(None), {"spec.json": "no json", "T.xml": "<x/>"}, FREE).distance == 0
    )


def test_cases_that_cannot_be_read_say_where(tmp_path: Path) -> None:
    pack = tmp_path / "tiny"
    (pack / "golden").mkdir(parents=True)
    (pack / "pack.yaml").write_text("version: '2'", encoding="utf-8")
    file = pack / "golden" / "a.yaml"
    for content, said in {
        "cases: [{id: a}]": "a.yaml: the case a",
        "cases: [{id: a, prompt: x}, {id: a, prompt: y}]": "twice",
        "cases: [{id: a, prompt: x, fields: name}]": "name:type",
        "[1]": "mapping",
        "a: [": "can't be read",
    }.items():
        file.write_text(content, encoding="utf-8")
        with pytest.raises(UnreadableCases, match=said):
            read_cases(pack)
    found = find_packs([tmp_path, tmp_path / "nowhere"])["tiny"]
    with pytest.raises(UnreadableCases, match="no folder"):
        accepted_files(found, case_of({"id": "a", "prompt": "x", "accepted": "../.."}, framework="tiny"))
    before = found.hash
    file.write_text("cases: []", encoding="utf-8")
    assert find_packs([tmp_path])["tiny"].hash != before
