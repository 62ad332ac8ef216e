"""Repair of scripts: one example of each rule, and handlers both ways."""

import pytest
from app.checks.files import SourceFile
from app.packs.model import Pack
from app.repair.runner import RepairRunner

from .test_repair_markup import CODES, DATA, PLACE

HEAD = (
    '<screen title="T" directory="/TASK/" screenid="TaskList" width="400" height="300" '
    'on_load="eventfunc:screen_on_load()"{more}/>'
)
SAVES = (
    '<xlinktranmap id="TR_SEARCH" url="task/select.do" comment="조회"><xtds id="DS_LIST" in_op="" out_op="DELETE" info="TITLE::1"/></xlinktranmap>'
    '<xlinktranmap id="TR_SAVE" url="task/save.do" comment="저장"><xtds id="DS_LIST" in_op="UPDATE" out_op="" info="TITLE:1:"/></xlinktranmap>'
)
CONTROLS = (
    f'<hangul_field control_id="1" name="fld_title" {PLACE}/><combobox control_id="2" name="cbo_a" {PLACE}/>'
    f'<grid control_id="3" name="grd_list" {PLACE} link_data="DS_LIST"/>'
)
LOAD = "function screen_on_load()\n{\n\t%s\n}\n"


def pair(
    pack: Pack, script: str, *, more: str = "", controls: str = "", strict: bool = False
) -> tuple[str, str, set[str], set[str]]:
    """Script and markup after the repair, the rules that mended, those that found; and a second repair changes nothing."""
    markup = f"<map_list><map>{HEAD.format(more=more)}{DATA}{CODES}{SAVES}{CONTROLS}{controls}</map></map_list>"
    files = [SourceFile("TaskList.js", "javascript", script), SourceFile("TaskList.xml", "xml", markup)]
    results = RepairRunner().run(files, pack, "en", strict=strict)
    again = [SourceFile(item.path, item.language, item.content) for item in results]
    for first, second in zip(results, RepairRunner().run(again, pack, "en", strict=strict), strict=True):
        assert first.content == second.content, second.fixes
    fixes = {fix.rule for item in results for fix in item.fixes}
    return results[0].content, results[1].content, fixes, {note.rule for item in results for note in item.findings}


BODIES = [
    ("method_renamed", "this.DS_LIST.getRowCount();", "this.DS_LIST.getrowcount();"),
    ("method_renamed", 'this.DS_LIST.getitemtext(0, "TITLE");', 'this.DS_LIST.getdatabyname(0, "TITLE");'),
    ("method_renamed", "this.grd_list.insertrow();", "this.grd_list.additem();"),
    ("method_renamed", "this.cbo_a.getValue();", "this.cbo_a.getselectedcode();"),
    ("method_renamed", "this.fld_title.show();", "this.fld_title.setvisible(true);"),
    ("method_renamed", 'gfn_transaction("save", "task/save.do");', 'this.screen.requestsubmit("TR_SAVE", true);'),
    ("method_renamed", 'xcomm.execute("TR_SEARCH");', 'this.screen.requestsubmit("TR_SEARCH", true);'),
    ("method_renamed", 'closepopup("x");', 'this.screen.unloadpopup("x");'),
    ("method_renamed", 'factory.consolePrint("x");', 'factory.consoleprint("x");'),
    ("method_inverted", "this.fld_title.sethidden(true);", "this.fld_title.setvisible(false);"),
    ("method_inverted", "this.fld_title.sethidden(a);", "this.fld_title.setvisible(!(a));"),
    ("method_moved", 'factory.alert("x");', 'this.screen.alert("x");'),
    ("method_moved", 'this.alert("x");', 'this.screen.alert("x");'),
    ("method_by_name", 'this.DS_LIST.getdata(0, "TITLE");', 'this.DS_LIST.getdatabyname(0, "TITLE");'),
    ("property_as_method", "this.fld_title.value = a;", "this.fld_title.settext(a);"),
    ("property_as_method", "var a = this.DS_LIST.rowcount;", "var a = this.DS_LIST.getrowcount();"),
    ("arguments_order", 'this.DS_LIST.getdatabyname("TITLE", 0);', 'this.DS_LIST.getdatabyname(0, "TITLE");'),
    ("arguments_filled", 'this.screen.requestsubmit("TR_SEARCH");', 'this.screen.requestsubmit("TR_SEARCH", true);'),
    ("arguments_filled", 'this.screen.requestsubmit("TR_SEARCH", 1, 2);', 'this.screen.requestsubmit("TR_SEARCH", true);'),
    ("arguments_filled", 'this.screen.loadportletpopup("P", "/TASK/P", "T", 300, 200, key);', '"T", false, 1, 0, 0, 300, 200, true, false, false, key);'),
    ("self_added", "this.DS_LIST.addrow(); DS_LIST.getrowcount();", "this.DS_LIST.getrowcount();"),
    ("name_mended", "this.ds_list.getrowcount();", "this.DS_LIST.getrowcount();"),
    ("name_mended", "this.grdList.getrowcount();", "this.grd_list.getrowcount();"),
    ("name_mended", 'this.factory.consoleprint("x");', 'factory.consoleprint("x");'),
    ("transaction_named", 'this.screen.requestsubmit("search", true);', 'requestsubmit("TR_SEARCH", true);'),
    ("column_named", 'this.DS_LIST.getdatabyname(0, "title");', 'getdatabyname(0, "TITLE");'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "body", "holds"), BODIES, ids=[f"{item[0]}-{index}" for index, item in enumerate(BODIES)]
)
def test_each_rule_of_calls_and_names(pack: Pack, rule: str, body: str, holds: str) -> None:
    """R1.11"""
    script, _, fixes, _ = pair(pack, LOAD % body)
    assert holds in script
    assert rule in fixes


TEXTS = [
    ("stray_text", "```js\n" + LOAD % "var a;" + "```\n"),
    ("stray_text", "This is it:\n\n" + LOAD % "var a;" + "It loads the list.\n"),
    ("script_wrapper", "<script>\n" + LOAD % "var a;" + "</script>\n"),
    ("invisible_characters", LOAD % "var a\u200b;"),
    ("smart_quotes", LOAD % "var a = “x”;"),
    ("script_entities", LOAD % "for (var i = 0; i &lt; 3; i++) { }"),
    ("script_bracket", LOAD % "if (a) { b = 1;"),
    ("script_bracket", LOAD % "var a = (1 + 2;"),
    ("script_extra_bracket", LOAD % "var a; }\n}"),
    ("module_syntax", "export " + LOAD % "var a;"),
    ("top_level_moved", LOAD % "var a;" + "function fn_search()\n{\n}\nfn_search();\n"),
]


@pytest.mark.parametrize(("rule", "script"), TEXTS, ids=[f"{item[0]}-{index}" for index, item in enumerate(TEXTS)])
def test_each_rule_of_the_text(pack: Pack, rule: str, script: str) -> None:
    """R1.11"""
    content, _, fixes, _ = pair(pack, script)
    assert rule in fixes
    assert content.startswith("\ufefffunction screen_on_load()")


def test_strings_keep_their_curly_marks(pack: Pack) -> None:
    script = LOAD % 'this.screen.alert("“저장” 하시겠습니까?");'
    content, _, _, _ = pair(pack, script)
    assert "“저장”" in content


def test_a_missing_handler_is_written_where_its_purpose_is_clear(pack: Pack) -> None:
    """R1.11"""
    button = f'<pushbutton control_id="7" name="btn_search" {PLACE} text="조회" on_mouseup="eventfunc:btn_search_on_mouseup(objInst)"/>'
    script, _, fixes, _ = pair(pack, LOAD % "var a;", controls=button)
    assert "function btn_search_on_mouseup(objInst)" in script
    assert 'this.screen.requestsubmit("TR_SEARCH", true);' in script
    assert "handler_generated" in fixes
    script, _, _, _ = pair(pack, LOAD % "var a;" + "function fn_search()\n{\n}\n", controls=button)
    assert "this.fn_search();" in script


def test_buttons_for_rows_get_what_their_text_says(pack: Pack) -> None:
    buttons = "".join(
        f'<pushbutton control_id="{index}" name="btn_{index}" {PLACE} text="{text}"/>'
        for index, text in ((7, "추가"), (8, "삭제"), (9, "알 수 없는 일"))
    )
    script, markup, _, _ = pair(pack, LOAD % "var a;", controls=buttons)
    assert "this.grd_list.additem();" in script
    assert "this.grd_list.deletecheckedrow();" in script
    assert "btn_9_on_mouseup" not in markup


def test_an_event_without_a_clear_purpose_stays_and_is_said(pack: Pack) -> None:
    """R1.11"""
    button = (
        f'<pushbutton control_id="7" name="btn_x" {PLACE} text="?" on_mouseup="eventfunc:btn_x_on_mouseup(objInst)"/>'
    )
    _, markup, _, left = pair(pack, LOAD % "var a;", controls=button)
    assert "btn_x_on_mouseup" in markup
    assert "event_without_handler" in left


def test_functions_named_after_components_are_linked(pack: Pack) -> None:
    button = f'<pushbutton control_id="7" name="btn_x" {PLACE} text="?"/>'
    _, markup, fixes, _ = pair(pack, LOAD % "var a;" + "function btn_x_on_click(objInst)\n{\n}\n", controls=button)
    assert 'on_mouseup="eventfunc:btn_x_on_click(objInst)"' in markup
    assert "handler_linked" in fixes


def test_a_save_gets_its_callback_and_its_branch(pack: Pack) -> None:
    """R1.11"""
    script, markup, fixes, _ = pair(pack, LOAD % 'this.screen.requestsubmit("TR_SAVE", true);')
    assert 'if (mapid == "TR_SAVE")' in script
    assert "on_submitcomplete=" in markup
    assert "callback_generated" in fixes
    callback = 'function screen_on_submitcomplete(mapid, result)\n{\n\tswitch (mapid) {\n\tcase "SEARCH":\n\t\tbreak;\n\t}\n}\n'
    script, _, fixes, _ = pair(pack, LOAD % 'this.screen.requestsubmit("TR_SAVE", true);' + callback)
    assert 'case "TR_SEARCH":' in script
    assert 'case "TR_SAVE":' in script
    assert {"transaction_named", "callback_branch", "handler_linked"} <= fixes


def test_a_screen_that_another_opens_becomes_a_constructor(pack: Pack) -> None:
    """R1.11"""
    opener = (
        LOAD
        % 'this.screen.loadportletpopup("P", "/TASK/TaskPopup", "T", false, 1, 0, 0, 3, 2, true, false, false, null);'
    )
    popup = '<map_list><map><screen screenid="TaskPopup" width="9" height="9" on_load="eventfunc:screen_on_load()"/></map></map_list>'
    script = 'function screen_on_load()\n{\n\tfn_load();\n}\n\nfunction fn_load()\n{\n\tscreen.alert("x");\n}\n'
    files = [
        SourceFile("TaskList.js", "javascript", opener),
        SourceFile("TaskPopup.js", "javascript", script),
        SourceFile("TaskPopup.xml", "xml", popup),
    ]
    results = {item.path: item for item in RepairRunner().run(files, pack, "en", strict=False)}
    content = results["TaskPopup.js"].content
    assert content.startswith("\ufefffunction TASK_TaskPopup()")
    assert "this.screen_on_load = function ()" in content
    assert "this.fn_load();" in content
    assert 'this.screen.alert("x");' in content
    assert 'directory="/TASK/"' in results["TaskPopup.xml"].content
    wrong = content.replace("TASK_TaskPopup", "TaskPopup")
    again = RepairRunner().run(
        [
            files[0],
            SourceFile("TaskPopup.js", "javascript", wrong),
            SourceFile("TaskPopup.xml", "xml", results["TaskPopup.xml"].content),
        ],
        pack,
        "en",
        strict=False,
    )
    assert again[1].content == content


def test_strict_mode_says_what_it_would_have_guessed(pack: Pack) -> None:
    script, _, _, left = pair(pack, LOAD % 'this.screen.requestsubmit("search", true);', strict=True)
    assert '"search"' in script
    assert "guess_refused" in left


def test_a_script_that_stays_broken_is_left_as_it_is(pack: Pack) -> None:
    broken = "function a( {{{ ] ] = = =\n"
    script, _, _, _ = pair(pack, broken)
    assert "= = =" in script


def test_inner_functions_of_a_popup_are_said(pack: Pack) -> None:
    opener = 'function a()\n{\n\tvar u = "/TASK/TaskPopup";\n}\n'
    popup = (
        f'<map_list><map><screen directory="/TASK/" screenid="TaskPopup" width="9" height="9"/>{DATA}</map></map_list>'
    )
    script = "function fn_a()\n{\n\t[1].forEach(function (x) { DS_LIST.addrow(); });\n}\n"
    files = [
        SourceFile("Other.js", "javascript", opener),
        SourceFile("TaskPopup.js", "javascript", script),
        SourceFile("TaskPopup.xml", "xml", popup),
    ]
    results = RepairRunner().run(files, pack, "ko", strict=False)
    assert [note.rule for note in results[1].findings] == ["self_in_function"]
