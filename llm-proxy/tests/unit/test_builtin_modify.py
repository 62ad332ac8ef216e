"""The built-in engine changes a screen as it is told, and nothing else."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from screenspec.references import check_references
from screenspec.spec import ScreenSpec

from .modifying import answer_to, base, changes, modified
from .samples import MEMBER, ORDERS, TASK

CASES = orjson.loads((Path(__file__).parents[1] / "data" / "modify.json").read_bytes())
SCREENS: dict[str, ScreenSpec] = {
    "multi": base(),
    "popup": base(pattern="list_popup"),
    "form": base(pattern="form"),
    "lst": base(pattern="list"),
    "ld": base(pattern="list_detail"),
    "md": base(pattern="master_detail", data_model=ORDERS, screen={"id": "OrderMaster", "title": "주문 관리"}),
    "en": base(language="en", data_model=MEMBER, screen={"id": "MemberList", "title": "Members"}),
}


@pytest.mark.parametrize("case", CASES, ids=[case["prompt"] for case in CASES])
def test_an_instruction_changes_what_it_names_and_nothing_else(case: dict[str, Any]) -> None:
    before = SCREENS[case["screen"]]
    after = modified(case["prompt"], before)
    if case["changes"] is None:
        assert after is None
        assert "```" not in answer_to(case["prompt"], before)
        return
    assert after is not None
    assert sorted(changes(before, after)) == sorted(case["changes"])
    assert check_references(after) == []


def test_what_is_not_understood_is_said_in_the_request_s_language() -> None:
    assert "이해하지 못했습니다" in answer_to("더 멋지게 해줘", SCREENS["multi"])
    assert "is not clear" in answer_to("make it nicer", SCREENS["en"])
    assert "'없는값' 항목이 화면에 없습니다" in answer_to("'없는값' 컬럼 빼줘", SCREENS["multi"])
    assert "read" in answer_to("add a remark field", SCREENS["en"], base_spec={"title": "x"})


def test_a_field_of_the_data_model_comes_as_it_is_there() -> None:
    small = {**TASK, "entities": [{**TASK["entities"][0], "fields": TASK["entities"][0]["fields"][:2]}]}
    before = base(data_model=small)
    after = modified("상태와 마감일 컬럼 추가해줘", before, data_model=TASK)
    assert after is not None
    codes = after.code_dataset("TASK_STATUS")
    assert codes is not None
    assert codes.rows[1] == ("DOING", "진행")
    assert [item.name for item in after.datasets[1].columns][-2:] == ["status", "due_date"]


def test_a_rename_reaches_the_messages_about_the_column() -> None:
    before = SCREENS["en"]
    after = modified('rename Start to "From day"', before)
    assert after is not None
    assert [rule.message for rule in after.rules] == [
        rule.message.replace("Start", "From day") for rule in before.rules
    ]


def test_the_last_condition_takes_its_panel_along() -> None:
    before = SCREENS["form"]
    after = modified("조회조건에서 Task ID 빼줘", before)
    assert after is not None
    assert all(region.kind != "conditions" for region in after.regions)
    assert all(not item.sends for item in after.transactions if item.id == "search")
    assert modified("조회조건에 제목 추가해줘", after) is None
