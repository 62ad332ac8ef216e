"""What a prompt asks for beyond its pattern: read from its words, and put into the screen."""

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from app.engines.builtin.wishes import Wish, read_wishes

from screenspec.references import check_references
from screenspec.spec import Pattern, ScreenSpec

from .samples import MEMBER, ORDERS, STAFF, TASK
from .test_builtin_specs import compose

CASES = yaml.safe_load((Path(__file__).parents[1] / "data" / "wishes.yaml").read_text(encoding="utf-8"))
EVERYTHING = "탭으로 나누고 30건씩 페이징, 엑셀 다운로드, 상태는 라디오 버튼, 담당자는 검색 팝업으로 선택"


def _around(wishes: tuple[Wish, ...]) -> list[str]:
    return [f"{wish.before} {wish.after}" for wish in wishes]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["prompt"])
def test_a_prompt_s_words_are_read(case: dict[str, Any]) -> None:  # R1.2
    wishes = read_wishes(case["prompt"])
    assert wishes.page_size == case.get("pages")
    assert wishes.export == case.get("excel", False)
    assert wishes.tabs == case.get("tabs", False)
    assert list(wishes.tab_titles) == case.get("titles", [])
    for found, wanted in ((wishes.radio, case.get("radio", [])), (wishes.pickers, case.get("picker", []))):
        assert len(found) == len(wanted)
        assert all(word in text for word, text in zip(wanted, _around(found), strict=True))


@pytest.mark.parametrize("model", [TASK, MEMBER, ORDERS, STAFF], ids=["task", "member", "orders", "staff"])
@pytest.mark.parametrize("pattern", get_args(Pattern))
def test_every_pattern_takes_every_wish_and_its_names_still_resolve(pattern: str, model: dict[str, Any]) -> None:
    assert check_references(compose(pattern=pattern, data_model=model, prompt=EVERYTHING)) == []


def form(prompt: str, pattern: str = "form", **more: Any) -> ScreenSpec:
    return compose(pattern=pattern, data_model=STAFF, prompt=prompt, **more)


def test_pages_are_asked_for_by_the_search() -> None:
    spec = form("직원 목록, 30건씩 페이징", "list")
    assert [(item.id, item.page_size) for item in spec.transactions] == [("search", 30)]


def test_radio_buttons_are_for_the_field_that_is_named_else_for_all_that_can_be() -> None:
    def radios(prompt: str) -> list[str]:
        detail = form(prompt).dataset("detail")
        assert detail is not None
        return [column.name for column in detail.columns if column.widget == "radio"]

    assert radios("성별은 라디오 버튼으로") == ["gender"]
    assert radios("라디오 버튼을 쓰는 직원 등록") == ["gender", "remote_yn"]
    assert radios("혈액형은 라디오 버튼으로") == []


def test_a_form_is_cut_into_the_tabs_that_are_named() -> None:
    spec = form("인적정보와 부서정보 탭으로 나눈 직원 등록")
    tabs = [(item.tab, item.fields) for item in spec.regions if item.kind == "form"]
    assert [title for title, _ in tabs] == ["인적정보", "부서정보"]
    assert tabs[1][1][:2] == ["dept_code", "dept_name"]
    detail = spec.dataset("detail")
    assert detail is not None
    assert sorted(name for _, fields in tabs for name in fields) == sorted(column.name for column in detail.columns)


@pytest.mark.parametrize(
    "prompt",
    [
        "탭 2개로 나눠줘. 인적 탭: 성명, 성별. 소속 탭: 부서코드, 부서명, 입사일, 재택여부. 직원 등록",
        "직원 등록. 인적 탭(성명, 성별) 소속 탭(부서코드, 부서명, 입사일, 재택여부)",
        "직원 등록 화면, 탭으로.\n탭1 인적: 성명, 성별\n탭2 소속: 부서코드, 부서명, 입사일, 재택여부",
        "직원 등록 화면, 탭으로.\n[인적] 성명, 성별\n[소속] 부서코드, 부서명, 입사일, 재택여부",
        "직원 화면을 탭으로 구성: 인적(성명, 성별), 소속(부서코드, 부서명, 입사일, 재택여부)",
        "인적 탭에는 성명, 성별이 있고 소속 탭에는 부서코드, 부서명, 입사일, 재택여부가 있는 직원 등록",
    ],
)
def test_a_form_is_cut_into_the_tabs_as_their_fields_are_listed(prompt: str) -> None:  # R1.2
    tabs = [(item.tab, item.fields) for item in form(prompt).regions if item.kind == "form"]
    assert tabs == [
        ("인적", ["emp_no", "emp_name", "gender"]),
        ("소속", ["dept_code", "dept_name", "hire_date", "remote_yn"]),
    ]


def test_english_tabs_hold_what_is_listed_for_them() -> None:
    for prompt in (
        "Member form with tabs: account (login id, nickname, bio) and period (start, end, grade)",
        "Member form. Account tab: login id, nickname, bio. Period tab: start, end, grade",
    ):
        spec = compose(pattern="form", data_model=MEMBER, prompt=prompt, language="en")
        tabs = {str(item.tab).lower(): item.fields for item in spec.regions if item.kind == "form"}
        assert tabs["period"] == ["start_date", "end_date", "grade"]


def test_a_popup_fills_the_code_and_the_name_that_belongs_to_it() -> None:
    spec = form("직원 등록, 부서는 검색 팝업으로 선택")
    opening = next(item for item in spec.actions if item.do == "open_popup")
    assert (opening.field, opening.fills) == ("dept_code", [("dept_code", "dept_code"), ("dept_name", "dept_name")])
    popup = next(item for item in spec.popups if item.id == opening.opens)
    assert popup.title == "부서 찾기"
    assert [item.id for item in spec.actions if item.popup == popup.id and item.do == "choose_row"]


def test_a_name_that_stands_alone_is_filled_with_the_name() -> None:
    spec = compose(pattern="list", data_model=ORDERS, prompt="주문 목록, 고객명은 검색 팝업으로 선택")
    opening = next(item for item in spec.actions if item.do == "open_popup")
    assert (opening.region, opening.fills) == ("conditions", [("customer_name", "customer_name")])


def test_a_wish_for_a_field_that_is_not_there_changes_nothing() -> None:
    plain, wished = form("직원 등록"), form("직원 등록, 창고는 검색 팝업으로 선택")
    assert wished == plain


@pytest.mark.parametrize(
    ("pattern", "titles"), [("multi_save", ["직원 목록", "직원 상세"]), ("list_detail", ["기본 정보", "추가 정보"])]
)
def test_tabs_find_their_place_where_a_screen_has_no_form_of_its_own(pattern: str, titles: list[str]) -> None:
    spec = form("직원 관리, 탭으로", pattern)
    assert [item.tab for item in spec.regions if item.tab] == titles
