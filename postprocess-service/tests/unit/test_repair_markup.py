"""Repair of markup: one example of each rule."""

import pytest
from app.checks.files import SourceFile
from app.packs.model import Pack
from app.repair.runner import RepairRunner

HEAD = '<screen title="Task" directory="/TASK/" screenid="TaskList" width="400" height="300"/>'
DATA = '<xlinkdataset id="DS_LIST" desc="d" columns="TITLE:&quot;t&quot;:100::;STATUS:&quot;s&quot;:2::"/>'
CODES = '<xlinkdataset id="DS_CODE" desc="c" columns="CODE:&quot;c&quot;:2:&quot;01&#x0A;&quot;:;NAME:&quot;n&quot;:9:&quot;A&#x0A;&quot;:"/>'
PLACE = 'x="10" y="10" width="100" height="20"'
GRID = f'<grid control_id="9" name="grd_list" {PLACE} link_data="DS_LIST"/>'
FIELD = f'<hangul_field control_id="1" name="fld_title" {PLACE} link_data="DS_LIST:TITLE"/>'


def document(*parts: str, head: str = HEAD) -> str:
    return "<map_list><map>" + head + "".join(parts) + "</map></map_list>"


def mended(pack: Pack, text: str, *, strict: bool = False, language: str = "en") -> tuple[str, set[str], set[str]]:
    """The mended text, the rules that mended it, the rules that found what is left."""
    file = SourceFile("TaskList.xml", "xml", text)
    [result] = RepairRunner().run([file], pack, language, strict=strict)
    [again] = RepairRunner().run([SourceFile("TaskList.xml", "xml", result.content)], pack, language, strict=strict)
    assert again.content == result.content, [item.rule for item in again.fixes]
    return result.content, {item.rule for item in result.fixes}, {item.rule for item in result.findings}


EXAMPLES = [
    ("stray_text", "Here it is:\n" + document(DATA) + "\nDone.", 'id="DS_LIST"'),
    ("smart_quotes", document(DATA.replace('id="DS_LIST"', "id=“DS_LIST”")), 'id="DS_LIST"'),
    ("bare_ampersand", document(DATA.replace('desc="d"', 'desc="R&D"')), 'desc="R&amp;D"'),
    ("bare_less_than", document(DATA.replace('desc="d"', 'desc="a<b"')), 'desc="a&lt;b"'),
    ("inner_quotes", document(DATA.replace("&quot;", '"')), "TITLE:&quot;t&quot;:100::"),
    ("attribute_quotes", document(DATA.replace('"DS_LIST"', "DS_LIST")), 'id="DS_LIST"'),
    ("attribute_without_value", document(DATA, FIELD.replace("/>", " hidden/>")), 'hidden="1"'),
    ("duplicate_attribute", document(DATA.replace("/>", ' id="DS_LIST"/>')), 'id="DS_LIST"'),
    ("unclosed_element", document(DATA, f'<panel control_id="2" name="p" {PLACE}>'), "</map>"),
    ("stray_end_tag", document(DATA, "</panel>"), "</map>"),
    ("document_type", "<!DOCTYPE map_list>" + document(DATA), "<map_list>"),
    ("comment_form", document("<!-- a -- b -->", DATA), 'id="DS_LIST"'),
    ("namespace", document(DATA).replace("<map_list>", '<map_list xmlns="urn:x">'), "<map_list>"),
    ("root_element", f"<map>{HEAD}{DATA}</map>", "<map_list>"),
    ("one_body", document(DATA).replace("</map>", "</map><map><line/></map>"), "<line"),
    ("children_moved", document(DATA, head=HEAD.replace("/>", f">{FIELD}</screen>")), "fld_title"),
    ("container_unwrapped", document(f"<objects>{DATA}</objects>"), 'id="DS_LIST"'),
    ("head_added", document(DATA, head=""), '<screen version="2.0"'),
    ("element_renamed", document(DATA.replace("xlinkdataset", "xdataset")), "<xlinkdataset"),
    ("attribute_renamed", document(DATA, FIELD.replace("/>", ' maxlength="3"/>')), 'max_length="3"'),
    ("attribute_dropped", document(DATA, FIELD.replace("/>", ' max_length="3" maxlength="4"/>')), 'max_length="3"'),
    ("attribute_filled", document(DATA, head='<screen directory="/A/"/>'), 'width="1024"'),
    ("value_form", document(DATA, FIELD.replace('width="100"', 'width="100px"')), 'width="100"'),
    ("colour_form", document(DATA, FIELD.replace("/>", ' fore_color="#FF0000"/>')), 'fore_color="000000FF"'),
    ("font_form", document(DATA, FIELD.replace("/>", ' font="맑은 고딭,9"/>')), 'font="맑은 고딕,9,0,0,0,0"'),
    ("text_content", document(f'<pushbutton control_id="1" name="b" {PLACE}>조회</pushbutton>'), 'text="조회"'),
    ("columns_from_children", document('<xlinkdataset id="DS_X"><column id="A" desc="a" length="3"/></xlinkdataset>'), "A:&quot;a&quot;:3::"),
    ("columns_form", document('<xlinkdataset id="DS_X" columns="A,B:string"/>'), "A:&quot;A&quot;:100::"),
    ("columns_from_use", document('<xlinkdataset id="DS_LIST"/>', FIELD), "TITLE:&quot;TITLE&quot;:100::"),
    ("column_added", document(DATA, FIELD.replace("DS_LIST:TITLE", "DS_LIST:OTHER")), "OTHER:&quot;OTHER&quot;"),
    ("info_form", document(DATA, '<xlinktranmap id="T" url="u"><xtds id="DS_LIST" in_op="" out_op="DELETE" info="TITLE"/></xlinktranmap>'), 'info="TITLE::1"'),
    ("members_from_attributes", document(DATA, '<xlinktranmap id="T" url="u" output="DS_LIST"/>'), 'out_op="DELETE"'),
    ("duplicate_member", document(DATA, '<xlinktranmap id="T" url="u"><xtds id="DS_LIST" in_op="ALL" out_op="" info="TITLE:1:"/><xtds id="DS_LIST" in_op="" out_op="DELETE" info="TITLE::1"/></xlinktranmap>'), 'info="TITLE:1:1"'),
    ("save_operation", document(DATA, '<xlinktranmap id="R" url="u"><xtds id="DS_LIST" in_op="" out_op="DELETE" info="TITLE::1"/></xlinktranmap><xlinktranmap id="TR_SAVE" url="v"><xtds id="DS_LIST" in_op="ALL" out_op="" info="TITLE:1:"/></xlinktranmap>', GRID), 'in_op="UPDATE"'),
    ("code_dataset_in_save", document(DATA, CODES, '<xlinktranmap id="TR_SAVE" url="v"><xtds id="DS_CODE" in_op="UPDATE" out_op="" info="CODE:1:"/><xtds id="DS_LIST" in_op="UPDATE" out_op="" info="TITLE:1:"/></xlinktranmap>'), 'in_op="UPDATE"'),
    ("member_dropped", document(DATA, '<xlinktranmap id="T" url="u"><xtds id="OTHERS" in_op="ALL" info="A:1:"/></xlinktranmap>'), "<xlinktranmap"),
    ("id_numbered", document(DATA, FIELD, FIELD.replace("fld_title", "fld_b")), 'control_id="2"'),
    ("name_given", document(f'<pushbutton {PLACE} text="조회"/>'), 'name="btn_search"'),
    ("name_made_unique", document(DATA, FIELD, FIELD.replace('"1"', '"2"')), 'name="fld_title_2"'),
    ("name_form", document(f'<pushbutton control_id="1" name="btn-search" {PLACE}/>'), 'name="btn_search"'),
    ("geometry", document(DATA, FIELD), 'right="290" bottom="270"'),
    ("link_form", document(DATA, FIELD.replace("DS_LIST:TITLE", "ds_list.title")), 'link_data="DS_LIST:TITLE"'),
    ("link_dropped", document(DATA, FIELD.replace("DS_LIST:TITLE", "ELSEWHERE:A")), "fld_title"),
    ("picklist_from_link", document(CODES, f'<combobox control_id="1" name="c" {PLACE} link_data="DS_CODE"/>'), 'picklist_linkdata="DS_CODE:CODE:NAME:"'),
    ("choices_from_children", document(f'<combobox control_id="1" name="c" {PLACE}><option value="1">하나</option></combobox>'), "content='1:하나'"),
    ("grid_column_form", document(DATA, f'<grid control_id="1" name="g" {PLACE} link_data="DS_LIST"><column name="TITLE" title="제목"/></grid>'), '<header title="제목"/>'),
    ("element_added", document(DATA, f'<grid control_id="1" name="g" {PLACE} link_data="DS_LIST"><column name="TITLE" title="제목"/></grid>'), '<headermegeinfo info=""/>'),
    ("tab_order", document(DATA, '<tab_order order_option="0" order_info="1,9"/>', FIELD), 'order_info="1"'),
    ("event_renamed", document(f'<pushbutton control_id="1" name="b" {PLACE} onclick="eventfunc:f(objInst)"/>'), 'on_mouseup="eventfunc:f(objInst)"'),
    ("event_form", document(f'<pushbutton control_id="1" name="b" {PLACE} on_mouseup="this.f()"/>'), 'on_mouseup="eventfunc:f(objInst)"'),
    ("file_format", document(DATA), "\ufeff"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "holds"), EXAMPLES, ids=[item[0] for item in EXAMPLES])
def test_each_rule_mends_its_example_once(pack: Pack, rule: str, text: str, holds: str) -> None:
    """R1.11"""
    content, rules, _ = mended(pack, text)
    assert rule in rules or rule == "file_format"
    assert holds in content


def test_what_stays_broken_is_said_with_advice_in_the_language(pack: Pack) -> None:
    """R1.11"""
    file = SourceFile("TaskList.xml", "xml", document(DATA, FIELD.replace("DS_LIST:TITLE", "ELSEWHERE:A")))
    [korean] = RepairRunner().run([file], pack, "ko", strict=False)
    assert [note.rule for note in korean.findings] == ["link_lost"]
    assert "데이터셋을 추가" in korean.findings[0].message


def test_nothing_is_guessed_in_strict_mode(pack: Pack) -> None:
    text = document(DATA, FIELD.replace("DS_LIST:TITLE", "DS_LISTE:TITLE"))
    content, _, left = mended(pack, text, strict=True)
    assert "DS_LISTE" in content
    assert left == {"guess_refused"}


def test_a_document_cut_off_in_its_components_says_so(pack: Pack) -> None:
    text = document(DATA, f'<panel control_id="2" name="p" {PLACE}><text ')
    _, _, left = mended(pack, text[: text.index("<text ") + 6])
    assert "cut_off" in left


def test_what_is_no_markup_at_all_is_left_alone(pack: Pack) -> None:
    for text in ("", "no markup", "<", "<<<>>>", "<a" * 5000, '<a b="' + 'x b="' * 5000):
        file = SourceFile("A.xml", "xml", text)
        [result] = RepairRunner().run([file], pack, "en", strict=False)
        assert len(result.content) < len(text) * 8 + 10_000


def test_a_file_too_large_is_left_alone_and_said(pack: Pack) -> None:
    [result] = RepairRunner().run([SourceFile("A.xml", "xml", "<a/>" * 60_000)], pack, "en", strict=False)
    assert [note.rule for note in result.findings] == ["too_large_to_repair"]
    assert not result.fixes
