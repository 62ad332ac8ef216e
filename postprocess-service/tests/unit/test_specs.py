"""Specs as models write them: read where they can be, mended by named rules, refused with reasons."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from app.specs.loose_json import LooseReader, NotJsonError, WorkLimitError
from app.specs.reading import SpecReading, read_spec
from hypothesis import given, settings, strategies as st

from screenspec.data_model import DataModel
from tests.conftest import fixture

Change = Callable[[dict[str, Any]], Any]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


def read(text: str) -> Any:
    return LooseReader(text).read(0).value


@given(st.dictionaries(st.text(max_size=8), JSON, max_size=5))
def test_json_is_read_as_it_is(value: dict[str, Any]) -> None:
    parsed = LooseReader(json.dumps(value)).read(0)
    assert parsed.value == value
    assert parsed.complete


def test_a_number_that_is_cut_off_after_its_sign_is_no_number() -> None:
    read = LooseReader('{"a": 1, "b": -').read(0)
    assert (read.value, read.complete) == ({"a": 1, "b": None}, False)


@given(st.dictionaries(st.text(max_size=8), JSON, min_size=1, max_size=5), st.data())
def test_json_that_is_cut_off_is_never_taken_for_whole(value: dict[str, Any], data: st.DataObject) -> None:
    text = json.dumps(value)
    cut = text[: data.draw(st.integers(1, len(text) - 1))]
    assert LooseReader(cut).read(0).complete is False


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{'a': 'b'}", {"a": "b"}),
        ("{a: 1, b-c: True, d: None}", {"a": 1, "b-c": True, "d": None}),
        ('{"a": [1, 2,], }', {"a": [1, 2]}),
        ('{"a": 1 // one\n, /* two */ "b": 2 # three\n}', {"a": 1, "b": 2}),
        ('{"a": "x\\n\\u0041\\ud800\\q\\uZZZZ"}', {"a": "x\nAq"}),
        ('{"a": -1.5e3, "b": word}', {"a": -1500.0, "b": "word"}),
        ('{"a": "line\nbreak"}', {"a": "line\nbreak"}),
    ],
)
def test_json_as_models_write_it_is_read(text: str, value: Any) -> None:
    assert read(text) == value


@pytest.mark.parametrize("text", ["{!}", '{"a" "b"}', '{"a": !}', "[" * 100 + "]" * 100])
def test_what_is_no_json_is_said_not_to_be(text: str) -> None:
    with pytest.raises(NotJsonError):
        read(text)


def test_reading_stops_at_its_limit() -> None:
    with pytest.raises(WorkLimitError):
        LooseReader("[" + "1," * 1000 + "]", steps=100).read(0)


def mended(change: Change, model: dict[str, Any] | None = None, name: str = "task_multi_save") -> SpecReading:
    document = fixture(name)
    change(document)
    return read_spec(document, DataModel.model_validate(model) if model else None, "ko")


OPEN = {"id": "open", "label": "?", "on": ["button"], "do": "open_popup"}
RULE = {"id": "rule", "dataset": "nothing", "kind": "unique", "columns": ["x"], "message": ""}
GROUPS = {"entities": [], "code_groups": [{"id": "KIND", "label": "종류", "values": [["A", "가"]]}]}


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("unknown_member", lambda d: d.update(comment="x")),
        ("unknown_member", lambda d: d["datasets"][1]["columns"][0].update(width=10)),
        ("name_form", lambda d: d["datasets"][0].update(id="search ")),
        ("name_form", lambda d: d.update(screen_id="task-list")),
        ("type_name", lambda d: d["datasets"][1]["columns"][1].update(type="VARCHAR(100)")),
        ("default_label", lambda d: d["datasets"][1]["columns"][1].pop("label")),
        ("list_form", lambda d: d["actions"][1].update(on="button")),
        ("value_form", lambda d: d["datasets"][2].update(rows=[{"code": "A", "name": "가"}, "나"])),
        ("code_group_dropped", lambda d: d["datasets"][1]["columns"][2].update(code_group="NOTHING")),
        ("unknown_reference", lambda d: d["regions"][1].update(columns=["task_id", "titel"])),
        ("reference_dropped", lambda d: d["regions"][1].update(columns=["task_id", "xxxxxxxx"])),
        ("unknown_reference", lambda d: d["regions"][1].update(dataset="lists")),
        ("reference_dropped", lambda d: d["transactions"][1].update(receives=[{"dataset": "xxxxxxxx"}])),
        ("member_filled", lambda d: d["actions"][0].update(transaction="xxxxxxx")),
        ("member_filled", lambda d: d["actions"][1].pop("region")),
        ("part_dropped", lambda d: d["actions"].append(OPEN)),
        ("reference_dropped", lambda d: d["actions"][3].update(then="xxxxxxxx")),
        ("duplicate_dropped", lambda d: d["actions"].append(d["actions"][0])),
        ("duplicate_dropped", lambda d: d["regions"].append(d["regions"][0])),
        ("duplicate_dropped", lambda d: d["datasets"][1]["columns"].append(d["datasets"][1]["columns"][0])),
        ("duplicate_dropped", lambda d: d["regions"][1]["columns"].append("title")),
        ("reference_dropped", lambda d: d["transactions"][0]["receives"].append({"dataset": "list"})),
        ("columns_filled", lambda d: d["regions"][1].update(columns=[])),
        ("default_label", lambda d: d["actions"][0].pop("label")),
        ("default_label", lambda d: d["actions"][3].update(label="")),
        ("part_dropped", lambda d: d.update(rules=[RULE])),
    ],
)  # fmt: skip
def test_each_safe_mend_has_a_name(rule: str, change: Change) -> None:  # R1.11
    reading = mended(change)
    assert reading.spec is not None, reading.problems
    assert rule in [item.rule for item in reading.fixes]


def test_a_code_dataset_that_is_missing_comes_from_the_data_model() -> None:
    reading = mended(lambda d: d["datasets"][1]["columns"][2].update(code_group="KIND"), GROUPS)
    assert reading.spec is not None
    assert reading.spec.code_dataset("KIND") is not None
    assert [item.rule for item in reading.fixes] == ["code_dataset_added"]


def test_sends_by_name_alone_are_understood() -> None:
    reading = mended(lambda d: d["transactions"][1].update(sends=["list"]))
    assert reading.spec is not None
    assert reading.spec.transactions[1].sends[0].dataset == "list"


def test_a_mended_spec_needs_no_mend() -> None:
    reading = mended(lambda d: (d["regions"][1].update(columns=["titel"]), d["actions"][3].update(then="x")))
    assert reading.spec is not None
    again = read_spec(reading.spec.model_dump(mode="json", by_alias=True), None, "ko")
    assert again.fixes == []
    assert again.spec == reading.spec


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(pattern="nothing"),
        lambda d: d.pop("screen_id"),
        lambda d: d["datasets"][1].update(id="한글"),
        lambda d: d["regions"][1].update(dataset="xxxxxxxx"),
        lambda d: d.update(regions=[], actions=[]),
        lambda d: d["datasets"][0].update(columns=[]),
        lambda d: d["datasets"][0].update(popup="nothing"),
    ],
)
def test_what_can_not_be_mended_is_refused_with_its_place(change: Change) -> None:
    reading = mended(change)
    assert reading.spec is None
    assert reading.problems[0].path
    assert reading.problems[0].message


def test_popups_are_mended_in_their_own_scope() -> None:
    def change(document: dict[str, Any]) -> None:
        document["regions"][2]["fields"] = ["task_id", "titel"]
        document["popups"][0]["key"] = ["task_id", "xxxx"]
        document["actions"][2]["opens"] = "task_popups"

    reading = mended(change, name="task_list_popup")
    assert reading.spec is not None
    assert reading.spec.regions[2].fields == ["task_id", "title"]
    assert reading.spec.popups[0].key == ["task_id"]
    assert reading.spec.actions[2].opens == "task_popup"


@settings(max_examples=60, deadline=None)
@given(
    JSON, st.sampled_from(["datasets", "regions", "actions", "transactions", "popups", "rules", "title", "language"])
)
def test_no_member_of_any_form_breaks_the_reading(value: Any, member: str) -> None:
    document = fixture("task_list_popup")
    document[member] = value
    reading = read_spec(document, None, "en")
    assert reading.spec is not None or reading.problems


def test_many_problems_take_little_time() -> None:
    document = fixture("task_multi_save")
    document["actions"] = [
        {"id": f"a{index}", "label": "x", "on": ["button"], "do": "submit", "transaction": "zzzz"}
        for index in range(500)
    ]
    started = time.thread_time()
    assert read_spec(document, None, "ko").spec is not None
    assert time.thread_time() - started < 2
