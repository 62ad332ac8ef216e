"""Drives emitted screens in the real engine as a user would: mouse, keyboard, what is sent and what is shown then.

`PYTHON scenarios.py FOLDER SCENARIO [--portlet native] [--shot F.png]` prints what was seen, as JSON. It stands on the
judge (XFRAME_JUDGE names it), which brings the browser, the engine and the server; PYTHON is the judge's.
"""

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_INSIDE = "(s, X, k) => { const e = X.dom(s, k); return !!e && e.contains(document.activeElement); }"
_ENABLED = "(s, X, k) => X.comp(s, k).xf_prop.enable !== false && X.comp(s, k).xf_prop.enable !== '0'"
_SEEN = """(s, X, k) => { const e = X.dom(s, k), r = e.getBoundingClientRect();
  return e.contains(document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)); }"""
_VALUE = "(s, X, a) => s.xdataset_map[a[0]].getdatabyname(a[1], a[2])"
_SET = "(s, X, a) => s.xdataset_map[a[0]].setdatabyname(a[1], a[2], a[3])"
_EDITABLE = "(s, X, a) => X.comp(s, a[0]).getitemeditable(a[1], a[2])"


def judge_module() -> Any:
    """The judge as a module: it lies outside the repository."""
    path = Path(os.environ["XFRAME_JUDGE"])
    loaded = importlib.util.spec_from_file_location("judge", path)
    assert loaded is not None
    assert loaded.loader is not None
    module = importlib.util.module_from_spec(loaded)
    sys.modules["judge"] = module
    loaded.loader.exec_module(module)
    return module


class User:
    """What a scenario can do and see: mixed into the judge in place of its own checks."""

    scenario: Callable[[Any], None]
    shot: str | None

    def run(self: Any, screen: Any) -> None:
        self.cur = screen
        self.sc = (self.page.main_frame, "window.__xj.main()")
        if self.load():
            self.settle()
            self.desc = self.on(self.sc, "(s, X) => X.describe(s)")
            type(self).scenario(self)
            self.settle()

    def see(self: Any, name: str, look: object, *, wanted: object = True) -> None:
        """A value, or a function that is asked until it gives the value or a while is over."""
        seen = look
        if callable(look):
            self.wait(lambda: look() == wanted)
            seen = look()
        self.result(name, "pass" if seen == wanted else "fail", "" if seen == wanted else f"{seen!r}, not {wanted!r}")

    def get(self: Any, dataset: str, column: str, row: int = 0) -> Any:
        return self.on(self.sc, _VALUE, [dataset, row, column])

    def put(self: Any, dataset: str, column: str, value: str, row: int = 0) -> None:
        self.on(self.sc, _SET, [dataset, row, column, value])

    def press(self: Any, name: str) -> list[dict[str, Any]]:
        """Clicks a control, and gives the requests that followed."""
        before = self.mark()
        trouble = self.click(self.sc, name)
        assert not trouble, trouble
        self.settle()
        return list(self.posts_since(before))

    def said(self: Any, since: tuple[int, int]) -> list[str]:
        return [item["text"] for item in self.log(since=since[0]) if item["kind"] in {"app_alert", "confirm"}]

    def picture(self: Any, part: str) -> None:
        if self.shot:
            self.page.screenshot(path=str(Path(self.shot).with_suffix(f".{part}.png")), clip=_CLIP)


_CLIP = {"x": 0, "y": 0, "width": 1030, "height": 706}


def sent(posts: list[dict[str, Any]], dataset: str, column: str) -> list[str]:
    """The values of a column that the first request sent."""
    rows = next((item for post in posts for item in post["datasets"] if item["id"] == dataset), None)
    return list(rows["column_data_arr"][rows["column_name_arr"].index(column)]) if rows else []


def pages(judge: Any) -> None:
    """Search by Enter, the first field has the focus, pages are asked for one by one, a search begins at the first."""
    judge.see("initial_focus", judge.on(judge.sc, _INSIDE, "fld_emp_name"))
    before = judge.mark()
    judge.page.keyboard.type("kim")
    judge.page.keyboard.press("Enter")
    judge.settle()
    posts = list(judge.posts_since(before))
    judge.see("enter_searches", sent(posts, "DS_SEARCH", "EMP_NAME"), wanted=["kim"])
    judge.see("first_page", sent(posts, "DS_PAGE", "PAGE_NO"), wanted=["1"])
    before = judge.mark()
    judge.page.locator('._xf_pagingbar_item_page[data-page="3"]').click()
    judge.settle()
    posts = list(judge.posts_since(before))
    judge.see("third_page", sent(posts, "DS_PAGE", "PAGE_NO"), wanted=["3"])
    judge.see("page_size", sent(posts, "DS_PAGE", "PAGE_SIZE"), wanted=["20"])
    judge.see("same_conditions", sent(posts, "DS_SEARCH", "EMP_NAME"), wanted=["kim"])
    judge.see("page_shown", judge.on(judge.sc, "(s, X) => X.comp(s, 'pgb_grid').getcurpage()"), wanted=3)
    judge.see("rows_counted", judge.on(judge.sc, "(s, X) => X.comp(s, 'txt_grid_count').gettext()"), wanted="총 95건")
    judge.picture("page")
    judge.see("search_anew", sent(judge.press("btn_search"), "DS_PAGE", "PAGE_NO"), wanted=["1"])
    judge.put("DS_SEARCH", "HIRE_DATE_FROM", "20261231")
    judge.put("DS_SEARCH", "HIRE_DATE_TO", "20260101")
    before = judge.mark()
    judge.see("dates_in_order", judge.press("btn_search"), wanted=[])
    judge.see("dates_said", judge.said(before), wanted=["시작일이 종료일보다 늦을 수 없습니다."])


def form(judge: Any) -> None:
    """Radio buttons, a popup that fills fields, tabs, required and length checks, keys locked on loaded rows."""
    judge.see("default_value", judge.get("DS_DETAIL", "GENDER"), wanted="M")
    judge.see("new_key_typed", judge.on(judge.sc, _ENABLED, "fld_basic_emp_no"))
    judge.page.locator("text=여성").first.click()
    judge.settle()
    judge.see("radio", judge.get("DS_DETAIL", "GENDER"), wanted="F")
    before = judge.mark()
    judge.see("required_stops", judge.press("btn_save"), wanted=[])
    judge.see("required_said", judge.said(before), wanted=["사번은 필수 입력 항목입니다."])
    judge.put("DS_DETAIL", "EMP_NO", "E1")
    judge.put("DS_DETAIL", "EMP_NAME", "가" * 31)
    before = judge.mark()
    judge.see("length_stops", judge.press("btn_save"), wanted=[])
    judge.see("length_said", judge.said(before), wanted=["성명은 30자 이내로 입력하세요."])
    _look_up(judge)
    judge.page.locator("text=근무 정보").first.click()
    judge.settle()
    judge.see("second_tab", lambda: judge.on(judge.sc, _SEEN, "dt_hire_date"))
    judge.see("first_tab_hidden", lambda: judge.on(judge.sc, _SEEN, "fld_emp_name"), wanted=False)
    judge.picture("tab")
    judge.press("btn_search")
    judge.see("loaded_key_locked", lambda: judge.on(judge.sc, _ENABLED, "fld_basic_emp_no"), wanted=False)


def _look_up(judge: Any) -> None:
    shown = judge.overlays()
    before = judge.mark()
    judge.press("btn_find_dept")
    popup = judge.opened(shown, before)
    judge.see("popup_opens", bool(popup and popup["up"]))
    judge.picture("popup")
    cell = judge.dom(popup["sc"], "(s, X, a) => X.cell(s, a, 1)", "grd_dept_list")
    cell.dblclick()
    judge.settle(300)
    judge.see(
        "choice_fills", [judge.get("DS_DETAIL", name) for name in ("DEPT_CODE", "DEPT_NAME")], wanted=["D2", "영업"]
    )
    judge.see("popup_closed", judge.overlays()["portlet"], wanted=[])


def rows(judge: Any) -> None:
    """A grid that is edited: keys of new rows are typed, changed rows are sent, changes aren't lost unasked."""
    judge.press("btn_search")
    judge.see("loaded_key_locked", bool(judge.on(judge.sc, _EDITABLE, ["grd_list", 0, 0])), wanted=False)
    judge.press("btn_add")
    judge.see("new_row", judge.on(judge.sc, "(s) => s.xdataset_map.DS_LIST.getrowoperation(3)"), wanted="I")
    judge.see("new_key_typed", bool(judge.on(judge.sc, _EDITABLE, ["grd_list", 3, 0])))
    before = judge.mark()
    judge.press("btn_search")
    judge.see("discard_asked", judge.said(before)[:1], wanted=["저장하지 않은 내용이 있습니다. 계속하시겠습니까?"])
    before = judge.mark()
    judge.see("nothing_to_save", judge.press("btn_save"), wanted=[])
    judge.see("nothing_said", judge.said(before), wanted=["변경된 내용이 없습니다."])
    before = judge.mark()
    judge.press("btn_delete")
    judge.see("none_checked", judge.said(before), wanted=["삭제할 행을 선택하세요."])
    judge.put("DS_LIST", "TITLE", "바뀐 제목", 1)
    judge.on(judge.sc, "(s, X) => X.comp(s, 'grd_list').setcheckedrow(0, true)")
    judge.press("btn_delete")
    posts = judge.press("btn_save")
    saved = next(item for item in posts[0]["datasets"] if item["id"] == "DS_LIST")
    judge.see("row_states", sorted(item["row_op"] for item in saved["row_info_arr"]), wanted=["D", "U"])
    judge.see("searched_again", [post["mapid"] for post in posts], wanted=["TR_SAVE", "TR_SEARCH"])
    judge.picture("rows")


_TOTAL = {"TR_SEARCH": {"DS_PAGE_TOTAL": [{"TOTAL_COUNT": "95"}]}}
_FOUND = [{"DEPT_CODE": f"D{number}", "DEPT_NAME": name} for number, name in ((1, "인사"), (2, "영업"), (3, "개발"))]
SCENARIOS: dict[str, tuple[Callable[[Any], None], dict[str, Any]]] = {
    "pages": (pages, _TOTAL),
    "form": (form, {"TR_DEPT_FIND": {"DS_DEPT_LIST": _FOUND}}),
    "rows": (rows, {}),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("scenario", choices=SCENARIOS)
    parser.add_argument("--portlet", choices=("wrap", "native"), default="native")
    parser.add_argument("--shot", help="where pictures are written: F.png names them F.<part>.png")
    arguments = parser.parse_args()
    judge = judge_module()
    scenario, data = SCENARIOS[arguments.scenario]
    judge.Judge = type("Driver", (User, judge.Judge), {"scenario": scenario, "shot": arguments.shot})
    screens = [judge.Screen(arguments.folder, str(path)) for path in sorted(Path(arguments.folder).glob("*.xml"))]
    options = argparse.Namespace(
        engine_screens=False, format="json", rows=0, portlet=arguments.portlet, shot=None, posts=False, load_ms=6000
    )
    report = judge.judge(judge.pick_main(screens, {}, None), screens, {"data": data}, options)
    print(
        json.dumps({name: report[name] for name in ("ok", "errors", "checks", "alerts")}, ensure_ascii=False, indent=1)
    )
    return 0 if report["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
