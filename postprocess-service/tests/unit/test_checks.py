"""What is wrong with a screen's files is found, named, and placed."""

from dataclasses import replace

import pytest
from app.checks.files import MAX_CHECKED_CHARACTERS, SourceFile, check_files
from app.core.frameworks import Frameworks
from app.features.emission.schemas import ArtifactsRequest
from app.features.emission.service import EmissionService
from app.packs.model import CheckRules, Pack

from tests.conftest import FRAMEWORK, fixture


@pytest.fixture(scope="module")
def files(frameworks: Frameworks) -> dict[str, SourceFile]:
    request = ArtifactsRequest.model_validate({"spec": fixture("task_multi_save"), "framework": FRAMEWORK})
    response = EmissionService(frameworks).create(request)
    return {
        item.language: SourceFile(item.path, item.language, item.content, "postgres") for item in response.artifacts
    }


def broken(
    files: dict[str, SourceFile], pack: Pack, kind: str, old: str, new: str
) -> list[tuple[str, str, int | None]]:
    """(language, rule, line) of the findings after one replacement in one file."""
    source = files[kind]
    assert old in source.content
    changed = {**files, kind: SourceFile(source.path, kind, source.content.replace(old, new, 1), source.dialect)}
    found = check_files(list(changed.values()), pack, "ko")
    languages = {file.path: file.language for file in files.values()}
    return [(languages[path], note.rule, note.line) for path, notes in found.items() for note in notes]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("</map_list>", "</map>", "not_well_formed"),
        ("<map_list>", "<!DOCTYPE x [<!ENTITY a 'b'>]><map_list>", "document_type"),
        ("<map>", "<map></map><map>", "element_count"),
        ("<grid ", "<datagrid ", "not_well_formed"),
        ("<headermegeinfo", "<headermergeinfo", "unknown_element"),
        (' version="1.2"', ' version="1.2" placeholder="x"', "unknown_attribute"),
        ("on_mouseup=", "on_click=", "unknown_event"),
        ('"eventfunc:btn_search_on_mouseup(objInst)"', '"btn_search_on_mouseup"', "bad_event"),
        ('control_id="2" ', "", "missing_identifier"),
        ('control_id="2" ', 'control_id="3" ', "duplicate_identifier"),
        ('name="btn_search"', 'name="btn_add"', "duplicate_identifier"),
        ('link_data="DS_LIST"', 'link_data="DS_NOTHING"', "unknown_dataset"),
        ('link_data="DS_LIST:TITLE"', 'link_data="DS_LIST:NOTHING"', "unknown_column"),
        (":CODE:NAME:", ":CODE:NOTHING:", "unknown_column"),
        ('xtds id="DS_SEARCH"', 'xtds id="DS_NOTHING"', "unknown_dataset"),
        ('info="TITLE:1:"', 'info="TITLE:1"', "bad_list"),
        ('info="TITLE:1:"', 'info="NOTHING:1:"', "unknown_column"),
        (':100::"/>', ':100"/>', "bad_list"),
        ('xlinktranmap id="TR_SAVE"', 'xlinktranmap id="TR_OTHER"', "unused_transaction"),
        ("eventfunc:btn_add_on_mouseup", "eventfunc:btn_new_on_mouseup", "missing_handler"),
    ],
)
def test_a_fault_in_the_markup_is_found(
    files: dict[str, SourceFile], pack: Pack, old: str, new: str, rule: str
) -> None:
    assert rule in [found for _, found, _ in broken(files, pack, "xml", old, new)]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("function fn_search()", "function fn_search(", "script_syntax"),
        ("this.DS_LIST.addrow()", "this.DS_LIST.addRow()", "unknown_method"),
        ("this.DS_LIST.getrowcount()", "this.DS_LIST.getitemtext()", "unknown_method"),
        ("this.grd_list.deletecheckedrow()", "this.grd_list.insertrow(0)", "unknown_method"),
        ("this.screen.requestsubmit(", "this.screen.requestSubmit(", "unknown_method"),
        ("this.fn_search();", "factory.consolePrint('x');", "unknown_method"),
        ('requestsubmit("TR_SEARCH"', 'requestsubmit("TR_NOTHING"', "unknown_transaction"),
        ('getdatabyname(row, "TITLE")', 'getdatabyname(row, "NOTHING")', "unknown_column"),
        ("this.fn_save();", "this.fn_nothing();", "unknown_name"),
        ("function btn_add_on_mouseup", "function btn_new_on_mouseup", "unlinked_handler"),
        ("function btn_add_on_mouseup", "function btn_new_on_mouseup", "missing_handler"),
    ],
)
def test_a_fault_in_the_script_is_found(
    files: dict[str, SourceFile], pack: Pack, old: str, new: str, rule: str
) -> None:
    found = broken(files, pack, "javascript", old, new)
    assert rule in [name for _, name, _ in found]


def test_a_finding_has_the_line_that_it_is_in(files: dict[str, SourceFile], pack: Pack) -> None:
    found = broken(files, pack, "javascript", "this.DS_LIST.addrow()", "this.DS_LIST.addRow()")
    line = files["javascript"].content[: files["javascript"].content.index("this.DS_LIST.addrow()")].count("\n") + 1
    assert found == [("javascript", "unknown_method", line)]


def test_findings_in_a_script_come_in_the_order_of_the_text(files: dict[str, SourceFile], pack: Pack) -> None:
    script = files["javascript"]
    other = replace(script, content=script.content.replace("this.DS_", "this.DX_"))
    found = check_files([files["xml"], other], pack, "ko")[script.path]
    lines = [note.line for note in found if note.rule == "unknown_name"]
    assert len(lines) > 3
    assert lines == sorted(lines, key=lambda line: line or 0)


def test_a_script_without_its_markup_is_parsed_alone(files: dict[str, SourceFile], pack: Pack) -> None:
    assert check_files([files["javascript"]], pack, "ko") == {"TaskList.js": []}


def test_members_that_a_script_gives_itself_are_known(files: dict[str, SourceFile], pack: Pack) -> None:
    assert broken(files, pack, "javascript", "this.fn_save();", "this.count = 1; this.count = this.count + 1;") == []


def test_sql_that_does_not_parse_is_found_with_its_line(files: dict[str, SourceFile], pack: Pack) -> None:
    assert broken(files, pack, "sql", "PRIMARY KEY", "PRIMARY KEY KEY KEY") != []


def test_a_file_that_is_too_large_is_said_not_to_be_checked(pack: Pack) -> None:
    file = SourceFile("a.xml", "xml", "<" * (MAX_CHECKED_CHARACTERS + 1))
    assert [note.rule for note in check_files([file], pack, "en")["a.xml"]] == ["too_large"]


def test_a_pack_without_rules_has_its_markup_parsed_alone(files: dict[str, SourceFile], pack: Pack) -> None:
    bare = replace(pack, checks=CheckRules())
    assert check_files([files["xml"]], bare, "en") == {"TaskList.xml": []}


def test_entities_are_not_expanded(pack: Pack) -> None:
    entities = "".join(f'<!ENTITY b{index} "&b{index - 1};&b{index - 1};">' for index in range(1, 40))
    bomb = SourceFile("a.xml", "xml", f'<!DOCTYPE a [<!ENTITY b0 "0">{entities}]><a>&b39;</a>')
    plain = SourceFile("b.xml", "xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')
    found = check_files([bomb, plain], pack, "en")
    assert found["a.xml"][0].rule in {"document_type", "not_well_formed"}
    assert [note.rule for note in found["b.xml"]] == ["document_type"]
