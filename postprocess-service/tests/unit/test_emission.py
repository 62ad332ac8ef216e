"""Screens from specs: complete, clean, and the same bytes every time."""

import hashlib
import re
from typing import Any

import pytest
from app.core.frameworks import Frameworks
from app.features.emission.schemas import Artifact, ArtifactsRequest, ArtifactsResponse
from app.features.emission.service import EmissionService

from chassis.errors import Unprocessable
from screenspec.data_model import DataModel
from tests.conftest import FRAMEWORK, NAMES, fixture

DESIGN_EXAMPLE = "task_multi_save"


def request(spec: dict[str, Any], **members: Any) -> ArtifactsRequest:
    return ArtifactsRequest.model_validate({"spec": spec, "framework": FRAMEWORK, **members})


def emit(service: EmissionService, name: str, **members: Any) -> ArtifactsResponse:
    return service.create(request(fixture(name), **members))


def by_kind(response: ArtifactsResponse, kind: str) -> Artifact:
    return next(item for item in response.artifacts if item.kind == kind)


def plain(artifact: Artifact) -> str:
    return artifact.content.removeprefix("\ufeff").replace("\r\n", "\n")


@pytest.mark.parametrize("name", NAMES)
def test_every_screen_leaves_without_a_finding_or_a_fix(emission: EmissionService, name: str) -> None:  # R1.11
    response = emit(emission, name)
    assert [(item.path, note) for item in response.artifacts for note in item.diagnostics] == []
    assert response.fixes == []
    assert response.warnings == []


@pytest.mark.parametrize("name", NAMES)
def test_the_same_spec_gives_the_same_bytes(emission: EmissionService, frameworks: Frameworks, name: str) -> None:
    again = EmissionService(frameworks)
    assert emit(emission, name) == emit(again, name)


def test_files_are_named_after_screen_popup_and_table(emission: EmissionService) -> None:  # R1.12
    paths = [(item.kind, item.path) for item in emit(emission, "task_list_popup").artifacts]
    assert paths == [
        ("screen_js", "TaskList.js"),
        ("screen_xml", "TaskList.xml"),
        ("popup_js", "TaskPopup.js"),
        ("popup_xml", "TaskPopup.xml"),
        ("ddl", "task.sql"),
    ]


def test_hash_and_size_are_of_the_bytes_on_disk(emission: EmissionService) -> None:
    for artifact in emit(emission, DESIGN_EXAMPLE).artifacts:
        encoded = artifact.content.encode()
        assert artifact.sha256 == hashlib.sha256(encoded).hexdigest()
        assert artifact.size == len(encoded)


def test_screen_files_have_a_byte_order_mark_and_dos_line_ends_and_sql_has_neither(emission: EmissionService) -> None:
    response = emit(emission, DESIGN_EXAMPLE)
    xml, ddl = by_kind(response, "screen_xml").content, by_kind(response, "ddl").content
    assert xml.startswith("\ufeff<?xml")
    assert "\n" not in xml.replace("\r\n", "")
    assert "\r" not in ddl
    assert not ddl.startswith("\ufeff")


def test_a_popup_is_a_constructor_named_after_its_path(emission: EmissionService) -> None:
    response = emit(emission, "task_list_popup")
    assert plain(by_kind(response, "popup_js")).startswith(
        "function TASK_TaskPopup()\n{\n\tthis.screen_on_load = function ()"
    )
    assert '"/TASK/TaskPopup"' in by_kind(response, "screen_js").content


@pytest.mark.parametrize("name", NAMES)
def test_markup_names_every_function_of_the_script(emission: EmissionService, name: str) -> None:
    response = emit(emission, name)
    listed = re.search(r'funclist="([^"]*)"', by_kind(response, "screen_xml").content)
    assert listed is not None
    written = re.findall(r"^function (\w+)", plain(by_kind(response, "screen_js")), re.MULTILINE)
    assert listed[1].split(",") == written


def test_a_save_sends_changed_rows_after_checks_and_a_question(emission: EmissionService) -> None:
    script = plain(by_kind(emit(emission, DESIGN_EXAMPLE), "screen_js"))
    save = script[script.index("function fn_save()") :]
    count = "getmodifyrowcount() + this.DS_LIST.getdeletedrowcount() == 0"
    order = [count, "변경된 내용이 없습니다.", "fn_validate_list", "저장하시겠습니까?", "TR_SAVE"]
    places = [save.index(text) for text in order]
    assert places == sorted(places)
    assert 'in_op="UPDATE"' in by_kind(emit(emission, DESIGN_EXAMPLE), "screen_xml").content


def test_checks_name_the_field_with_the_particle_that_fits(emission: EmissionService) -> None:
    script = by_kind(emit(emission, DESIGN_EXAMPLE), "screen_js").content
    assert '"제목은", true, 100' in script
    assert '" 필수 입력 항목입니다."' in script


def test_rules_across_columns_are_checked_before_a_save(emission: EmissionService) -> None:
    script = by_kind(emit(emission, "product_multi_save"), "screen_js").content
    assert "판매시작일이 판매종료일보다 늦습니다." in script
    assert "상품코드가 중복됩니다." in script


def test_at_least_one_is_checked_too(emission: EmissionService) -> None:
    spec = fixture("product_multi_save")
    rule = {"id": "one", "dataset": "list", "kind": "at_least_one", "columns": ["category", "unit_price"]}
    spec["rules"] = [rule | {"message": "하나는 입력하세요."}]
    assert "하나는 입력하세요." in by_kind(emission.create(request(spec)), "screen_js").content


def test_keys_are_typed_on_new_rows_and_locked_on_loaded_ones(emission: EmissionService) -> None:
    response = emit(emission, DESIGN_EXAMPLE)
    assert "setitemeditable(row, 0, true)" in by_kind(response, "screen_js").content
    assert '<data name="TASK_ID"' in by_kind(response, "screen_xml").content
    assert re.search(r'<data name="TASK_ID"[^>]* editable="0"', by_kind(response, "screen_xml").content)


def test_keys_that_the_server_fills_are_never_typed(emission: EmissionService) -> None:
    assert "setitemeditable" not in by_kind(emit(emission, "member_multi_save"), "screen_js").content


def test_screens_speak_the_language_of_the_spec(emission: EmissionService) -> None:
    script = by_kind(emit(emission, "member_multi_save"), "screen_js").content
    assert "There are no changes to save." in script
    assert not re.search("[가-힣]", script)


def test_search_conditions_offer_all_codes_and_the_grid_does_not(emission: EmissionService) -> None:
    xml = by_kind(emit(emission, "employee_list"), "screen_xml").content
    assert 'picklist_linkdata="DS_DEPT_ALL:CODE:NAME:"' in xml
    assert 'picklist_linkdata="DS_DEPT:CODE:NAME:"' in xml


def test_code_datasets_are_never_sent(emission: EmissionService) -> None:
    for name in NAMES:
        xml = by_kind(emit(emission, name), "screen_xml").content
        sent = set(re.findall(r'<xtds id="(\w+)"', xml))
        assert not any(f'picklist_linkdata="{dataset}:' in xml for dataset in sent)


def test_text_from_outside_stays_text(emission: EmissionService) -> None:
    spec = fixture(DESIGN_EXAMPLE)
    spec["title"] = 'A "B" <c> & </script> \u2028\x01'
    spec["datasets"][1]["columns"][1]["label"] = 'x";alert(1);//'
    spec["actions"][3]["confirm"] = '줄\n바꿈 "따옴표" \' </script>'
    response = emission.create(request(spec))
    assert [note for item in response.artifacts for note in item.diagnostics] == []
    script = by_kind(response, "screen_js").content
    assert '"x\\";alert(1);//' in script
    assert "</script>" not in script


def test_the_table_comes_from_the_data_model_where_there_is_one(emission: EmissionService) -> None:
    field = {"name": "task_id", "label": "번호", "type": "integer", "length": 19, "key": True, "required": True}
    note = {"name": "note", "label": "메모", "type": "text"}
    model = {
        "entities": [
            {"name": "task", "label": "할 일", "table": "TB_TASK", "fields": [field, note]}
        ],
        "code_groups": [{"id": "TASK_STATUS", "label": "상태", "values": [["A", "가"]]}],
    }  # fmt: skip
    ddl = by_kind(emit(emission, DESIGN_EXAMPLE, data_model=model), "ddl")
    assert ddl.path == "tb_task.sql"
    assert "task_id BIGINT NOT NULL" in ddl.content
    assert "note TEXT" in ddl.content


def test_every_type_has_a_column_type(emission: EmissionService) -> None:
    ddl = by_kind(emit(emission, "product_multi_save"), "ddl").content
    for line in ("unit_price NUMERIC(12, 2)", "sale_yn CHAR(1)", "start_date DATE", "updated_at TIMESTAMP"):
        assert line in ddl
    assert "COMMENT ON COLUMN product.category IS '분류 (C1: 가전, C2: 식품, C3: 의류)';" in ddl


def test_kinds_that_are_asked_for_bring_their_popups(emission: EmissionService) -> None:
    response = emit(emission, "task_list_popup", artifacts=["screen_xml"])
    assert [item.path for item in response.artifacts] == ["TaskList.xml", "TaskPopup.xml"]
    assert "fn_search" in response.artifacts[0].content


@pytest.mark.parametrize(
    ("members", "field"),
    [
        ({"framework": "nothing"}, "framework"),
        ({"framework": "../xframe5"}, "framework"),
        ({"artifacts": ["screen_js", "nothing"]}, "artifacts.1"),
        ({"spec": None}, "spec"),
    ],
)
def test_what_can_not_be_served_is_named(emission: EmissionService, members: dict[str, Any], field: str) -> None:
    with pytest.raises(Unprocessable) as caught:
        emission.create(
            ArtifactsRequest.model_validate({"spec": fixture(DESIGN_EXAMPLE), "framework": FRAMEWORK} | members)
        )
    assert caught.value.errors[0].field == field


def test_a_spec_that_can_not_be_mended_is_refused_with_every_problem(emission: EmissionService) -> None:
    spec = fixture(DESIGN_EXAMPLE)
    spec["regions"] = []
    spec["actions"] = []
    with pytest.raises(Unprocessable) as caught:
        emission.create(request(spec))
    assert [item.field for item in caught.value.errors] == ["spec.regions"]


def test_a_strict_request_refuses_what_a_relaxed_one_mends(emission: EmissionService) -> None:
    spec = fixture(DESIGN_EXAMPLE)
    spec["actions"][3]["then"] = "nothing"
    assert [item.rule for item in emission.create(request(spec)).fixes] == ["reference_dropped"]
    with pytest.raises(Unprocessable) as caught:
        emission.create(request(spec, strictness="strict"))
    assert caught.value.errors[0].code == "reference_dropped"


def test_files_of_an_engine_are_checked_as_they_are(emission: EmissionService) -> None:
    files = [
        {"path": "A.js", "language": "javascript", "content": "function ( {"},
        {"path": "a.sql", "language": "sql", "content": "CREATE TABLE t ("},
        {"path": "a.txt", "language": "text", "content": "?"},
    ]
    response = emission.create(ArtifactsRequest.model_validate({"files": files, "framework": FRAMEWORK}))
    rules = {item.path: [note.rule for note in item.diagnostics] for item in response.artifacts}
    assert rules == {"A.js": ["script_syntax"], "a.sql": ["sql_syntax"], "a.txt": ["unchecked_language"]}
    assert response.warnings[0].code == "errors_left"
    assert response.spec is None


def test_a_data_model_is_accepted_as_the_contract_has_it() -> None:
    assert DataModel.model_validate({"entities": []}).entities == []


def test_defaults_are_values_that_a_row_can_be_given(emission: EmissionService) -> None:
    spec = fixture("product_multi_save")
    columns = spec["datasets"][1]["columns"]
    given = {
        "stock": "many",
        "unit_price": "1.5",
        "sale_yn": "true",
        "start_date": "CURRENT_DATE",
        "end_date": "2026-12-31",
    }
    for column in columns:
        column["default"] = given.get(column["name"])
    response = emission.create(request(spec))
    script, ddl = by_kind(response, "screen_js").content, by_kind(response, "ddl").content
    for line in ('"UNIT_PRICE", "1.5"', '"SALE_YN", "Y"', 'factory.getsystemtime("%Y%M%D")', '"END_DATE", "20261231"'):
        assert line in script
    assert "many" not in script + ddl
    for line in (
        "NUMERIC(12, 2) DEFAULT 1.5",
        "CHAR(1) DEFAULT 'Y'",
        "start_date DATE DEFAULT CURRENT_DATE",
        "end_date DATE,",
    ):
        assert line in ddl


def test_words_of_sql_are_quoted_as_names(emission: EmissionService) -> None:
    spec = fixture("member_form")
    spec["datasets"][1]["entity"] = "order"
    spec["datasets"][1]["columns"].append({"name": "group", "label": "Group"})
    ddl = by_kind(emission.create(request(spec)), "ddl")
    assert ddl.path == "order.sql"
    assert ddl.diagnostics == []
    assert 'CREATE TABLE "order"' in ddl.content
    assert '"group" VARCHAR(100)' in ddl.content


def test_what_an_edit_does_not_touch_keeps_its_bytes(emission: EmissionService) -> None:
    spec = fixture("task_list_popup")
    before = plain(by_kind(emission.create(request(spec)), "screen_xml")).split("\n")
    export = {"id": "export", "label": "엑셀", "on": ["button"], "do": "export_excel", "region": "grid"}
    spec["actions"].insert(1, export)
    after = plain(by_kind(emission.create(request(spec)), "screen_xml")).split("\n")
    gone = [line for line in before if line not in after]
    touched = ("<screen ", "<pushbutton ", "<tab_order ")
    assert gone != []
    assert all(line.strip().startswith(touched) for line in gone)


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("$(touch owned)", "_touch_owned_"), ("x; DROP TABLE y; --", "x_drop_table_y_"), ("../../x", "_._x"),
        ("Order Details", "order_details"), ("사원", "사원"), ("HR.EMP", "hr.emp"), ("..", "unnamed"),
    ],
)  # fmt: skip
def test_a_table_s_name_is_no_sql_and_no_path(emission: EmissionService, table: str, name: str) -> None:  # R1.12
    field = {"name": "task_id", "label": "번호", "type": "integer", "key": True, "required": True}
    model = {"entities": [{"name": "task", "label": "할 일", "table": table, "fields": [field]}]}
    ddl = by_kind(emit(emission, DESIGN_EXAMPLE, data_model=model), "ddl")
    assert ddl.path == f"{name}.sql"
    assert f"CREATE TABLE {name} (" in ddl.content
    assert f"CONSTRAINT pk_{name.replace('.', '_')} PRIMARY KEY" in ddl.content
