"""Paging, tabs, radio buttons, popups that fill fields, formats: what is emitted for each."""

import re

import pytest
from app.core.frameworks import Frameworks
from app.features.emission.schemas import ArtifactsRequest
from app.features.emission.service import EmissionService
from lxml import etree

from tests.conftest import FRAMEWORK, fixture


def emitted(frameworks: Frameworks, name: str, *artifacts: str) -> dict[str, str]:
    request = ArtifactsRequest(spec=fixture(name), framework=FRAMEWORK, strictness="strict", artifacts=list(artifacts))
    return {item.path: item.content for item in EmissionService(frameworks).create(request).artifacts}


def markup(files: dict[str, str], name: str) -> etree._Element:
    return etree.fromstring(files[name].removeprefix("\ufeff").encode())


@pytest.fixture(scope="module")
def form(frameworks: Frameworks) -> dict[str, str]:
    return emitted(frameworks, "staff_form_options")


@pytest.fixture(scope="module")
def pages(frameworks: Frameworks) -> dict[str, str]:
    return emitted(frameworks, "employee_list_pages")


def test_pages_are_asked_for_by_number_and_size(pages: dict[str, str]) -> None:  # R1.11
    screen, script = markup(pages, "EmployeePages.xml"), pages["EmployeePages.js"]
    sent = {item.get("id"): item for item in screen.iter("xtds")}
    assert sent["DS_PAGE"].get("info") == "PAGE_NO:1:;PAGE_SIZE:1:"
    assert sent["DS_PAGE_TOTAL"].get("info") == "TOTAL_COUNT::1"
    assert [item.get("on_pageclick") for item in screen.iter("pagingbar")] == [
        "eventfunc:pgb_grid_on_pageclick(objInst, nPage)"
    ]
    assert 'this.DS_PAGE.setdatabyname(0, "PAGE_NO", String(nPage));' in script
    assert "this.pgb_grid.setmaxpagecount(Math.max(1, Math.ceil(total / 20)));" in script
    assert 'this.txt_grid_count.settext("총 " + total + "건");' in script


def test_text_is_masked_and_amounts_are_grouped(pages: dict[str, str]) -> None:  # R1.11
    columns = {item.get("name"): item for item in markup(pages, "EmployeePages.xml").iter("data")}
    assert columns["PHONE"].get("pattern") == "999-9999-9999"
    assert columns["SALARY"].get("pattern") == "-Z,ZZ9"


def test_regions_with_a_title_each_are_tabs(form: dict[str, str]) -> None:  # R1.11
    (tab,) = markup(form, "StaffForm.xml").iter("tab")
    assert [item.get("title") for item in tab.iter("tab_item")] == ["기본 정보", "근무 정보"]
    for item in tab.iter("tab_item"):
        assert [child.tag for child in item] == ["tab_order", "panel"]
        ids = {child.get("control_id") for child in item.iter("*")}
        assert set(item[0].get("order_info", "").split(",")) <= ids


def test_a_code_is_chosen_by_radio_buttons_of_one_group(form: dict[str, str]) -> None:  # R1.11
    buttons = [
        item
        for item in markup(form, "StaffForm.xml").iter("radiobutton")
        if item.get("link_data") == "DS_DETAIL:GENDER"
    ]
    assert [(item.get("select_value"), item.get("text")) for item in buttons] == [
        ("M", "남성"), ("F", "여성"), ("X", "응답 안 함"),
    ]  # fmt: skip
    assert len({item.get("select_group") for item in buttons}) == 1
    order = next(markup(form, "StaffForm.xml").iter("tab_order")).get("order_info", "").split(",")
    places = [order.index(str(item.get("control_id"))) for item in buttons]
    assert places == list(range(places[0], places[0] + 3))


def test_a_popups_choice_fills_the_field_and_columns_of_the_same_names(form: dict[str, str]) -> None:  # R1.11
    script = form["StaffForm.js"]
    assert 'this.screen.loadportletpopup("POP_FIND_DEPT", "/STAFF/DeptPopup"' in script
    handler = script[script.index("function screen_on_popupdestroy") :]
    assert 'popup_name == "POP_FIND_DEPT" && result && typeof result == "object"' in handler
    assert 'this.DS_DETAIL.setdatabyname(0, "DEPT_CODE", result.DEPT_CODE);' in handler
    assert 'this.DS_DETAIL.setdatabyname(0, "DEPT_NAME", result.DEPT_NAME);' in handler
    assert "DEPT_CODE: this.DS_CHOSEN.getdatabyname" in form["DeptPopup.js"]
    assert "fn_open_dept_popup" not in script


def test_an_unknown_field_or_column_of_a_choice_is_left_out_and_said(frameworks: Frameworks) -> None:  # R1.11
    document = fixture("staff_form_options")
    find = next(action for action in document["actions"] if action["id"] == "find_dept")
    find |= {"field": "nothing", "fills": [["dept_code", "dept_code"], ["dept_code", "elsewhere"]]}
    response = EmissionService(frameworks).create(ArtifactsRequest(spec=document, framework=FRAMEWORK))
    assert [fix.rule for fix in response.fixes] == ["reference_dropped", "reference_dropped"]
    script = next(item.content for item in response.artifacts if item.path == "StaffForm.js")
    assert len(re.findall(r"result\.\w+\);", script)) == 1
