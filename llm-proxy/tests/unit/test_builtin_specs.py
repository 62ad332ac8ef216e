"""The built-in engine composes whole screens by rule."""

import re
from copy import deepcopy
from typing import Any, get_args

import orjson
import pytest
from app.engines.builtin.engine import BuiltinEngine
from app.engines.protocol import Batch, Piece, Usage
from hypothesis import given, settings, strategies as st

from chassis.errors import InvalidInput
from screenspec.references import check_references
from screenspec.spec import Pattern, ScreenSpec

from .samples import MEMBER, ORDERS, TASK, block, call, fenced

PATTERNS = get_args(Pattern)
MODELS = {"task": TASK, "member": MEMBER, "orders": ORDERS}


def compose(**members: Any) -> ScreenSpec:
    answer = BuiltinEngine().answer(call(fenced(block(**members))))
    match = re.search(r"```json\n(.*?)\n```", answer, re.DOTALL)
    assert match is not None, answer
    assert answer.count("```json") == 1
    return ScreenSpec.model_validate(orjson.loads(match[1]))


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_pattern_gives_a_spec_whose_names_all_resolve(pattern: str, model: str, language: str) -> None:  # R1.5
    spec = compose(pattern=pattern, data_model=MODELS[model], language=language)
    assert check_references(spec) == []
    assert spec.screen_id == "TaskList"
    assert spec.title == "Task 관리"
    assert spec.language == language
    assert spec.framework == "acme"
    alone = pattern == "master_detail" and model != "orders"
    assert spec.pattern == ("list_detail" if alone else pattern)


def test_the_same_request_gives_the_same_bytes() -> None:
    text = fenced(block(pattern="list_popup"))
    assert len({BuiltinEngine().answer(call(text)) for _ in range(5)}) == 1


def test_the_search_is_by_name_codes_and_the_first_date_where_nothing_is_marked() -> None:
    search = compose().dataset("search")
    assert search is not None
    assert [column.name for column in search.columns] == ["title", "status", "due_date_from", "due_date_to"]
    assert not any(column.required or column.key or column.default for column in search.columns)


def test_marked_conditions_are_taken_as_marked() -> None:
    search = compose(data_model=ORDERS).dataset("search")
    assert search is not None
    names = [column.name for column in search.columns]
    dates, amounts = ["order_date_from", "order_date_to"], ["amount_from", "amount_to"]
    assert names == ["order_no", "customer_name", "memo", *dates, *amounts]
    memo = search.columns[2]
    assert (memo.type, memo.length) == ("string", 100)


def test_an_entity_with_nothing_to_search_by_is_searched_by_its_key() -> None:
    fields = [
        {"name": "no", "label": "No", "type": "integer"},
        {"name": "amount", "label": "Amount", "type": "decimal"},
    ]
    model = {"entities": [{"name": "entry", "label": "Entry", "table": "entry", "fields": fields}]}
    spec = compose(data_model=model)
    search, rows = spec.dataset("search"), spec.dataset("list")
    assert search is not None
    assert rows is not None
    assert [column.name for column in search.columns] == ["no"]
    assert rows.columns[0].key


def test_what_the_server_fills_is_read_only_and_not_required() -> None:
    spec = compose(data_model=MEMBER, language="en")
    rows = spec.dataset("list")
    assert rows is not None
    columns = {column.name: column for column in rows.columns}
    grid = spec.regions[-1]
    assert rows.columns[0].name == "id"
    assert grid.read_only == ["id", "created_at"]
    assert not columns["id"].required
    assert not columns["created_at"].required
    assert columns["created_at"].default is None
    assert columns["login_id"].required
    assert columns["grade"].type == "string"
    assert "bio" in grid.columns


def test_long_text_stands_in_forms_and_not_in_grids() -> None:
    spec = compose(pattern="list_detail")
    grid, form = spec.regions[1], spec.regions[2]
    assert "content" not in grid.columns
    assert "content" in form.fields
    assert form.dataset == grid.dataset == "list"


@pytest.mark.parametrize("pattern", ["list", "multi_save"])
def test_long_text_that_is_stated_is_shown_where_a_grid_is_all_there_is(pattern: str) -> None:
    stated = deepcopy(TASK)
    for field in stated["entities"][0]["fields"]:
        field["origin"] = "stated"
    assert "content" in compose(data_model=stated, pattern=pattern).regions[-1].columns
    assert "content" not in compose(pattern=pattern).regions[-1].columns


@pytest.mark.parametrize("pattern", PATTERNS)
def test_what_is_searched_by_alone_is_a_condition_and_nothing_else(pattern: str) -> None:
    model = deepcopy(TASK)
    month = {"name": "month", "label": "기준월", "length": 6, "search": "equal", "shown": False}
    model["entities"][0]["fields"].append(month)
    spec = compose(data_model=model, pattern=pattern)
    assert check_references(spec) == []
    holding = [item.role for item in spec.datasets if any(column.name == "month" for column in item.columns)]
    assert holding == ([] if pattern == "form" else ["search"])
    assert [item.id for item in spec.regions if "month" in item.shown] == ([] if pattern == "form" else ["conditions"])


def test_start_and_end_are_checked_in_what_is_saved() -> None:
    spec = compose(data_model=MEMBER, language="en")
    assert [(rule.kind, rule.columns, rule.dataset) for rule in spec.rules] == [
        ("date_order", ["start_date", "end_date"], "list")
    ]
    assert spec.rules[0].message == "Start can't be later than End."
    assert compose(data_model=MEMBER, pattern="list").rules == []


def test_a_popup_has_its_key_its_detail_and_its_own_actions() -> None:
    spec = compose(pattern="list_popup")
    popup = spec.popups[0]
    assert (popup.id, popup.screen_id, popup.key) == ("task_popup", "TaskPopup", ["task_id"])
    assert [item.id for item in spec.datasets if item.popup] == ["key", "detail"]
    assert [item.path for item in spec.transactions] == [
        "task/select.do",
        "task/delete.do",
        "task/detail.do",
        "task/save.do",
    ]
    assert [item.id for item in spec.actions if item.popup] == ["load", "save", "close"]


def test_details_refer_to_the_row_chosen_in_the_master() -> None:
    spec = compose(pattern="master_detail", data_model=ORDERS)
    key, detail = spec.dataset("key"), spec.dataset("detail")
    assert key is not None
    assert detail is not None
    assert [column.name for column in key.columns] == ["order_no"]
    assert detail.columns[0].name == "order_no"
    grid = next(region for region in spec.regions if region.id == "detail_grid")
    assert grid.read_only == ["order_no"]


def test_a_second_entity_without_a_stated_relation_is_the_detail() -> None:
    spec = compose(pattern="master_detail", data_model={**ORDERS, "relations": []})
    assert spec.pattern == "master_detail"
    assert check_references(spec) == []


def test_an_excel_button_where_the_prompt_asks_for_one() -> None:
    assert "export" not in [action.id for action in compose().actions]
    spec = compose(prompt="엑셀 다운로드 되는 Task 관리 화면", pattern="list_popup")
    assert "export" in [action.id for action in spec.actions]
    assert check_references(spec) == []


def test_a_code_group_may_have_the_name_of_a_dataset() -> None:
    groups = [{"id": "SEARCH", "label": "검색", "values": [["1", "하나"]]}]
    fields = [
        {"name": "no", "label": "No", "key": True},
        {"name": "kind", "label": "종류", "type": "code", "code_group": "SEARCH"},
    ]
    model = {"entities": [{"name": "a", "label": "A", "table": "a", "fields": fields}], "code_groups": groups}
    spec = compose(data_model=model)
    assert check_references(spec) == []
    assert [(item.id, item.code_group) for item in spec.datasets if item.role == "code"] == [("search_codes", "SEARCH")]


@pytest.mark.parametrize("missing", ["data_model", "pattern", "screen"])
def test_a_block_that_lacks_what_a_screen_needs_is_refused(missing: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        BuiltinEngine().answer(call(fenced(block(**{missing: None}))))
    assert refused.value.errors[0].field == missing


def test_an_empty_data_model_is_refused() -> None:
    with pytest.raises(InvalidInput):
        BuiltinEngine().answer(call(fenced(block(data_model={"entities": []}))))


async def test_the_answer_streams_in_pieces_and_ends_with_its_usage() -> None:
    text = fenced(block())
    stream = await BuiltinEngine().open(call(text))
    batches: list[Batch] = []
    while batch := await stream.read():
        batches.append(batch)
    stream.close()
    pieces = [item for batch in batches for item in batch if isinstance(item, Piece)]
    assert len(pieces) > 4
    assert "".join(piece.text for piece in pieces) == BuiltinEngine().answer(call(text))
    assert pieces[-1].finish == "stop"
    usage = batches[-1][-1]
    assert isinstance(usage, Usage)
    assert usage.completion_tokens > 100
    assert (await BuiltinEngine().probe()).state == "ready"


NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,61}", fullmatch=True)
FIELDS = st.lists(
    st.fixed_dictionaries(
        {
            "name": NAMES,
            "label": st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20),
            "type": st.sampled_from(
                ["string", "text", "integer", "decimal", "boolean", "date", "datetime", "time", "code"]
            ),
            "required": st.booleans(),
            "key": st.booleans(),
            "search": st.sampled_from(["none", "none", "equal", "like", "range"]),
            "code_group": st.sampled_from([None, "G_ONE", "G_TWO"]),
            "default": st.sampled_from([None, "x", "now()"]),
        }
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda field: field["name"],
)


@settings(max_examples=60, deadline=None)
@given(
    fields=FIELDS,
    others=st.lists(FIELDS, max_size=1),
    pattern=st.sampled_from(PATTERNS),
    groups=st.sets(st.sampled_from(["G_ONE"])),
)
def test_any_data_model_gives_a_spec_whose_names_resolve(
    fields: list[Any], others: list[Any], pattern: str, groups: set[str]
) -> None:
    entities = [
        {"name": name, "label": name, "table": name, "fields": items}
        for name, items in zip(["one", "two"], [fields, *others], strict=False)
    ]
    codes = [{"id": item, "label": item, "values": [["1", "가"]]} for item in groups]
    spec = compose(data_model={"entities": entities, "code_groups": codes}, pattern=pattern)
    assert check_references(spec) == []
