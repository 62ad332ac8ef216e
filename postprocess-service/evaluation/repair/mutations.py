"""Named faults: each turns a good screen's file into what models and people write by mistake."""

import re
from collections.abc import Callable
from dataclasses import dataclass

Change = Callable[[re.Match[str]], str] | str


@dataclass(frozen=True, slots=True)
class Mutation:
    """A fault in files of one language. `exact`: the repair has to bring the good file back, not only a right one."""

    kind: str
    language: str
    pattern: str
    change: Change
    count: int = 1
    exact: bool = True

    def apply(self, text: str) -> str | None:
        """The faulty text; None where the file gives no occasion."""
        changed = re.sub(self.pattern, self.change, text, count=self.count, flags=re.DOTALL)
        return changed if changed != text else None


def _bgr(match: re.Match[str]) -> str:
    digits = match[2]
    return f'{match[1]}="#{digits[4:6]}{digits[2:4]}{digits[0:2]}"'


def _children(match: re.Match[str]) -> str:
    columns = [item.split(":") for item in match[2].replace("&quot;", "").split(";")]
    rows = "".join(f'<column id="{item[0]}" desc="{item[1]}" length="{item[2]}"/>' for item in columns)
    return f"<xlinkdataset{match[1]}><columns>{rows}</columns></xlinkdataset>"


def _upper_camel(match: re.Match[str]) -> str:
    return "." + {"getrowcount": "getRowCount", "getdatabyname": "getDataByName", "removeallrows": "removeAllRows",
                  "addrow": "addRow", "setdatabyname": "setDataByName"}[match[1]] + "("  # fmt: skip


def _cut_function(match: re.Match[str]) -> str:
    return match[1]


def x(kind: str, pattern: str, change: Change, count: int = 1, *, exact: bool = True) -> Mutation:
    return Mutation(kind, "xml", pattern, change, count, exact)


def j(kind: str, pattern: str, change: Change, count: int = 1, *, exact: bool = True) -> Mutation:
    return Mutation(kind, "javascript", pattern, change, count, exact)


MARKUP: list[Mutation] = [
    x("fence_in_markup", r"^(.*)$", r"```xml\n\1\n```\n"),
    x("prose_around_markup", r"^(.*)$", r"Here is the screen you asked for:\n\n\1\nLet me know!\n"),
    x("smart_quotes_in_markup", r'name="(btn_\w+)"', "name=“\\1”", 0),
    x("bare_ampersand", r'(<screen [^>]*title=")', r"\1R&D ", exact=False),
    x("inner_quotes_in_columns", r"&quot;", '"', 0),
    x("attribute_without_quotes", r'width="(\d+)"', r"width=\1", 3),
    x("missing_closing_quote", r' name="(btn_\w+)"', r' name="\1'),
    x("duplicate_attribute", r"(<pushbutton [^>]*)(/>)", r'\1 version="1.1"\2'),
    x("panel_not_closed", r"\t*</panel>\n", "", exact=False),
    x("grid_not_closed", r"\t*</grid>\n", ""),
    x("end_of_document_missing", r"\t</map>\n</map_list>\n", ""),
    x("map_list_missing", r"</?map_list>\n", "", 0),
    x("map_missing", r"\t</?map>\n", "", 0),
    x("screen_wraps_all", r"(<screen [^>]*)/>(.*)(\t</map>)", r"\1>\2</screen>\n\3"),
    x("wrong_root", r"map_list>", "xframe>", 0),
    x("two_maps", r"(\t\t<tab_order)", r"\t</map>\n\t<map>\n\1"),
    x("document_type", r"(<map_list>)", r"<!DOCTYPE map_list>\n\1"),
    x("namespace", r"<map_list>", '<map_list xmlns="http://www.softbase.co.kr/xframe5">'),
    x(
        "dataobjects_wrapper",
        r"(\t\t<xlinkdataset.*?)(\t\t<(?:xlinktranmap|tab_order))",
        r"<dataobjects>\n\1</dataobjects>\n\2",
    ),
    x("xdataset_tag", "xlinkdataset", "xdataset", 0),
    x("dataset_tag_capital", "xlinkdataset", "Dataset", 0),
    x("columns_as_children", r'<xlinkdataset( id="DS_LIST" desc="[^"]*") columns="([^"]*)"/>', _children),
    x("columns_three_parts", r"(:\d+)::(?=[;\"])", r"\1", 0),
    x("columns_names_only", r":&quot;[^;\"]*?&quot;:\d+::(?=[;\"])", "", 0, exact=False),
    x("columns_literal_newline", r"(&quot;[^;\"]*)&#x0A;", r"\1\\n", 4),
    x("dataset_name_for_id", r"<xlinkdataset id=", "<xlinkdataset name=", 0),
    x("info_without_flags", r'info="([^"]*)"', lambda match: 'info="' + re.sub(r":\d?:\d?", "", match[1]) + '"', 0),
    x("info_two_parts", r":1:(?=[;\"])", ":1", 0),
    x("info_star", r'info="[^"]*"', 'info="*"', exact=False),
    x("xtds_dataset_attribute", r"<xtds id=", "<xtds dataset=", 0),
    x("in_op_lower_case", r'in_op="(\w+)"', lambda match: f'in_op="{match[1].lower()}"', 0),
    x("out_op_replace", r'out_op="DELETE"', 'out_op="REPLACE"', 0),
    x("save_sends_all", r'in_op="UPDATE"', 'in_op="ALL"', 0),
    x(
        "code_dataset_in_save",
        r'(<xlinkdataset id="(DS_\w+)" [^>]*"CODE:&quot;.*?)(<xtds id="DS_\w+" in_op="UPDATE")',
        r'\1<xtds id="\2" in_op="UPDATE" out_op="" info="CODE:1:;NAME:1:"/>\3',
    ),
    x("duplicate_xtds", r'(<xtds id="(DS_\w+)" in_op="")', r'<xtds id="\2" in_op="" out_op="DELETE" info=""/>\1'),
    x("xtds_case", r'<xtds id="(DS_\w+)"', lambda match: f'<xtds id="{match[1].lower()}"', 0),
    x("transaction_tag", "xlinktranmap", "transaction", 0),
    x("textarea_tag", "multiline", "textarea", 0),
    x("button_tag", "pushbutton", "button", 0),
    x("label_tag", r"<text ", "<label ", 0),
    x("datagrid_tag", r"(</?)grid\b", r"\1datagrid", 0),
    x("select_tag", r"(</?)combobox\b", r"\1select", 0),
    x("misspelt_tag", "hangul_field", "hangulfield", 0),
    x("button_value_for_text", r"(<pushbutton [^>]*) text=", r"\1 value=", 0),
    x("text_color", r"fore_color=", "text_color=", 0),
    x("maxlength", r"max_length=", "maxlength=", 0),
    x("misspelt_attribute", r"link_data=", "linkdata=", 0),
    x("header_back_color", r"<header title=", '<header back_color="00F3ECE5" title=', exact=False),
    x("colour_rgb", r'(fore_color|back_color|border_color)="00([0-9A-F]{6})"', _bgr, 0),
    x("colour_name", r'back_color="00FFFFFF"', 'back_color="white"', 0),
    x("boolean_words", r'(editable|use_checkrow|linenumber_show)="1"', r'\1="true"', 0),
    x("pixels", r'(x|width)="(\d+)"', r'\1="\2px"', 0),
    x("font_short", r'font="맑은 고딕,9,0,0,0,0"', 'font="맑은 고딕,9"', 0),
    x("font_typo", "맑은 고딕", "맑은 고딭", 0),
    x("control_id_twice", r'control_id="4"', 'control_id="3"', exact=False),
    x("control_id_missing", r' control_id="4"', "", exact=False),
    x("name_twice", r'name="btn_\w+"', 'name="btn_same"', 2, exact=False),
    x("name_missing", r' name="txt_screen_title"', "", exact=False),
    x("id_for_name", r'(<(?:hangul_field|panel|grid) control_id="\d+") name=', r"\1 id=", 0),
    x("right_bottom_missing", r' right="-?\d+" bottom="-?\d+"', "", 0),
    x("right_wrong", r' right="(\d+)"', r' right="9\1"', 4),
    x("left_top", r' x="(\d+)" y="(\d+)"', r' left="\1" top="\2"', 0),
    x("link_by_dot", r'link_data="(DS_\w+):(\w+)"', r'link_data="\1.\2"', 0),
    x("link_lower_case", r'link_data="(DS_\w+):(\w+)"', lambda match: match[0].lower(), 0),
    x("picklist_without_end", r'picklist_linkdata="([\w:]+):"', r'picklist_linkdata="\1"', 0),
    x("picklist_dataset_only", r'picklist_linkdata="(\w+):CODE:NAME:"', r'picklist_linkdata="\1"', 0),
    x("link_to_no_column", r'link_data="(DS_\w+):\w+"', r'link_data="\1:NOT_THERE_AT_ALL"', exact=False),
    x("link_to_no_dataset", r'link_data="DS_\w+:(\w+)"', r'link_data="DS_ELSEWHERE:\1"', exact=False),
    x("tab_order_dead_ids", r'order_info="', 'order_info="901,902,'),
    x("input_type_words", r'input_type="2"', 'input_type="combo"', 0),
    x("data_type_words", r'data_type="0"', 'data_type="number"', 0),
    x(
        "flat_grid_column",
        r'<column>\s*<header title="([^"]*)"/>\s*<data name="(\w+)" width="(\d+)"([^>]*)/>\s*</column>',
        r'<column name="\2" title="\1" width="\3"\4/>',
        0,
    ),
    x("grid_columns_wrapper", r"(<grid [^>]*>\n)(.*?)(\t*<headermegeinfo)", r"\1<columns>\n\2</columns>\n\3"),
    x("onclick", "on_mouseup=", "onclick=", 0),
    x("on_click", "on_mouseup=", "on_click=", 0),
    x("on_row_double_click", "on_itemdblclick=", "on_rowdblclick=", 0),
    x("event_without_prefix", r'on_mouseup="eventfunc:(\w+)\(\w*\)"', r'on_mouseup="\1"', 0),
    x("event_parameters", r'(on_keydown="eventfunc:\w+)\([^)]*\)', r"\1(objInst, keycode)", 0),
    x("event_case", "on_load=", "onLoad="),
    x("on_submitcomplete_missing", r' on_submitcomplete="[^"]*"', ""),
    x("button_event_missing", r' on_mouseup="[^"]*"', ""),
    x("handler_misspelt", r"eventfunc:btn_(\w)(\w+)_on_mouseup", r"eventfunc:btn_\1\2_onmouseup"),
    x("funclist_stale", r'funclist="[^"]*"', 'funclist="screen_on_load"'),
    x("screenid_missing", r' screenid="\w+"', "", exact=False),
    x("comment_with_dashes", r"(<tab_order)", r"<!-- list -- of tasks -->\n\1"),
]
SCRIPT: list[Mutation] = [
    j("fence_in_script", r"^(.*)$", r"```javascript\n\1\n```\n"),
    j("prose_around_script", r"^(.*)$", r"Here is the script for the screen:\n\n\1\nThis script loads the list.\n"),
    j("script_tags", r"^(.*)$", r'<script type="text/javascript">\n\1\n</script>\n'),
    j("smart_quotes_in_script", r'requestsubmit\("(\w+)"', "requestsubmit(“\\1”", 0),
    j("entities_in_script", r" < ", " &lt; ", 0),
    j("last_brace_missing", r"\}\n$", ""),
    j("inner_brace_missing", r"\n\}\n\nfunction", r"\n\nfunction"),
    j("brace_too_many", r"$", "}\n"),
    j("bracket_missing", r'(requestsubmit\("\w+", true)\);', r"\1;"),
    j("export_function", r"^function", "export function"),
    j("camel_case_api", r"\.(getrowcount|getdatabyname|removeallrows|addrow|setdatabyname)\(", _upper_camel, 0),
    j("dataset_getitemtext", r"(this\.DS_\w+)\.getdatabyname\(", r"\1.getitemtext(", 0),
    j("dataset_clear", r"\.removeallrows\(", ".clearData(", 0),
    j("grid_insertrow", r"(this\.grd_\w+)\.additem\(", r"\1.insertrow(", 0),
    j("grid_get_selected", r"\.getselectrow\(", ".getSelectedRowIndex(", 0),
    j("grid_delete_checked", r"\.deletecheckedrow\(", ".deleteCheckedRows(", 0),
    j("close_popup", r"this\.screen\.unloadpopup\(", "this.screen.closePopup(", 0),
    j("close_popup_bare", r"this\.screen\.unloadpopup\(", "closepopup(", 0),
    j("open_popup", r"this\.screen\.loadportletpopup\(", "this.screen.openPopup(", 0),
    j("popup_three_arguments", r'loadportletpopup\(("[^"]*"), ("[^"]*"), ("[^"]*"), false, 1, 0, 0, (\d+), (\d+), true, false, false, (\w+)\)', r"loadportletpopup(\1, \2, \3, \4, \5, \6)"),  # noqa: E501 - one fault
    j("popup_wrong_directory", r'"/\w+/(\w+Popup)"', r'"/popup/\1"'),
    j("popup_plain", r"^function \w+_\w+Popup\(\)\n\{\n(.*)\n\}\n$", lambda match: re.sub(r"(?m)^\t", "", re.sub(r"this\.(\w+) = function \(", r"function \1(", match[1].replace("\n\t};", "\n\t}"))) + "\n"),  # noqa: E501 - one fault
    j("popup_constructor_name", r"^function \w+_(\w+Popup)\(", r"function \1("),
    j("setvalue", r"(this\.(?:fld|txt)_\w+)\.settext\(", r"\1.setValue(", 0),
    j("transaction_function", r'this\.screen\.requestsubmit\(("TR_\w+"), true\)', r"gfn_transaction(\1)", 0),
    j("submit_on_this", r"this\.screen\.requestsubmit\(", "this.requestsubmit(", 0),
    j("submit_one_argument", r'(requestsubmit\("\w+"), true\)', r"\1)", 0),
    j("submit_wrong_id", r'requestsubmit\("TR_(\w+)"', r'requestsubmit("\1"', 0),
    j("submit_lower_case_id", r'requestsubmit\("(TR_\w+)"', lambda match: f'requestsubmit("{match[1].lower()}"', 0),
    j("branch_wrong_id", r'case "TR_(\w+)"', r'case "\1"', 0),
    j("xcomm", r'this\.screen\.requestsubmit\(("TR_\w+"), true\)', r"xcomm.execute(\1)", 0),
    j("bare_dataset", r"this\.(DS_\w+)", r"\1", 0),
    j("bare_screen", r"this\.screen\.", "screen.", 0),
    j("bare_functions", r"this\.(fn_\w+)\(", r"\1(", 0),
    j("dataset_lower_case", r"this\.(DS_\w+)", lambda match: f"this.{match[1].lower()}", 0),
    j("grid_other_convention", r"this\.grd_list\b", "this.grdList", 0),
    j("column_lower_case", r'(byname\(\w+, )"(\w+)"', lambda match: f'{match[1]}"{match[2].lower()}"', 0),
    j("arguments_swapped", r'(getdatabyname)\((\w+), ("\w+")\)', r"\1(\3, \2)", 0),
    j("getdata_by_name", r"\.getdatabyname\(", ".getdata(", 0),
    j("row_count_property", r"\.getrowcount\(\)", ".rowcount", 0),
    j("enable_property", r"\.setenable\((\w+)\)", r".enable = \1", 0),
    j("factory_alert", r"this\.screen\.alert\(", "factory.alert(", 0),
    j("handler_missing", r"(?:function |\tthis\.)btn_\w+_on_mouseup(?: = function )?\(\w*\)\n\t?\{\n.*?\n\t?\};?\n\n", "", exact=False),  # noqa: E501 - one fault
    j("load_missing", r"function screen_on_load\(\)\n\{\n.*?\n\}\n\n", "", exact=False),
    j("callback_missing", r"function screen_on_submitcomplete\([^)]*\)\n\{\n.*?\n\}\n\n", "", exact=False),
    j("save_branch_missing", r'\tcase "TR_SAVE":\n.*?break;\n', "", exact=False),
    j("call_at_top_level", r"\tthis\.fn_search\(\);\n\}\n(.*)$", r"}\n\1\nfn_search();\n", exact=False),
    j("misspelt_method", r"\.requestsubmit\(", ".requestsubmitt(", 0),
    j("unknown_method", r"this\.(DS_\w+)\.getrowcount\(\)", r"this.\1.fetchEverything()", exact=False),
]  # fmt: skip
MUTATIONS = [*MARKUP, *SCRIPT]
