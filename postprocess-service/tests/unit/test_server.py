"""The server's side of a screen: requests, Java that parses, SQL that parses in every dialect."""

from typing import Any, get_args

import pytest
from app.checks.files import SourceFile, check_files
from app.features.emission.rendering import Dialect
from app.features.emission.schemas import Artifact, ArtifactsRequest
from app.features.emission.service import EmissionService
from app.packs.model import Pack

from tests.conftest import FRAMEWORK, NAMES, fixture

DIALECTS = get_args(Dialect)


def server(service: EmissionService, name: str, dialect: str = "postgresql", **members: Any) -> dict[str, Artifact]:
    body = {"spec": fixture(name), "framework": FRAMEWORK, "artifacts": ["server", "ddl"], **members}
    request = ArtifactsRequest.model_validate({**body, "options": {"dialect": dialect}})
    return {item.kind: item for item in service.create(request).artifacts}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", NAMES)
def test_java_and_sql_of_every_screen_parse(emission: EmissionService, name: str, dialect: str) -> None:
    files = server(emission, name, dialect)
    assert [(item.path, note) for item in files.values() for note in item.diagnostics] == []
    assert {"server_controller", "server_service", "server_mapper", "server_mapper_xml", "ddl"} == files.keys()


def test_each_address_of_the_screen_and_its_popups_is_served(emission: EmissionService) -> None:
    spec = fixture("task_list_popup")
    controller = server(emission, "task_list_popup")["server_controller"].content
    for transaction in spec["transactions"]:
        assert controller.count(f'@RequestMapping("/{transaction["path"]}")') == 1
    assert controller.count("public String ") == len({item["path"] for item in spec["transactions"]})
    assert "XFrame5Util.xFrame5Map(request, response, model)" in controller
    assert "return XFrame5View.XFRAME5_VIEW;" in controller


def test_rows_are_saved_by_their_state_and_deleted_ones_go_first(emission: EmissionService) -> None:
    service = server(emission, "task_multi_save")["server_service"].content
    places = [service.index(f"XFrame5Util.is{state}Record") for state in ("Delete", "Insert", "Update")]
    assert places == sorted(places)
    assert "@Transactional\n    public void save(" in service


def test_a_key_always_narrows_and_a_search_condition_only_where_it_is_given(emission: EmissionService) -> None:
    mapper = server(emission, "order_master_detail")["server_mapper_xml"].content
    detail = mapper.partition('<select id="selectDetail"')[2].partition("</select>")[0]
    assert "<if" not in detail
    assert "AND order_no = NULLIF(#{ORDER_NO}, '')" in detail
    assert "<if test=\"ORDER_DATE_FROM != null and ORDER_DATE_FROM != ''\">AND order_date &gt;=" in mapper


@pytest.mark.parametrize(
    ("dialect", "words"),
    [
        ("postgresql", ["VARCHAR(100)", "COMMENT ON TABLE"]),
        ("oracle", ["VARCHAR2(100 CHAR)", "COMMENT ON TABLE"]),
        ("mysql", ["VARCHAR(100)", ") COMMENT = "]),
        ("mariadb", ["VARCHAR(100)", ") COMMENT = "]),
    ],
)
def test_tables_are_written_in_the_dialect(emission: EmissionService, dialect: str, words: list[str]) -> None:
    table = server(emission, "task_multi_save", dialect)["ddl"].content
    assert all(word in table for word in words)


def test_a_column_that_the_screen_alone_has_is_in_the_table_too(emission: EmissionService) -> None:
    fields = [
        {"name": "task_id", "label": "ID", "length": 10, "key": True},
        {"name": "title", "label": "T", "length": 20},
    ]
    model = {"entities": [{"name": "task", "label": "Task", "table": "TB_TASK", "fields": fields}]}
    table = server(emission, "task_multi_save", data_model=model)["ddl"].content
    assert "CREATE TABLE tb_task" in table
    assert "title VARCHAR(100)" in table
    assert "due_date DATE" in table


@pytest.mark.parametrize(
    ("kind", "old", "new", "rule"),
    [
        ("server_controller", "return XFrame5View", "return return XFrame5View", "java_syntax"),
        ("server_mapper_xml", "DELETE FROM task", "DELETE task task WHERE FROM", "sql_syntax"),
        ("server_mapper_xml", "</mapper>", "</mapped>", "not_well_formed"),
        ("server_mapper_xml", "<mapper ", '<!DOCTYPE a [<!ENTITY b "c">]><mapper ', "document_type"),
    ],
)
def test_faults_are_found(emission: EmissionService, pack: Pack, kind: str, old: str, new: str, rule: str) -> None:
    artifact = server(emission, "task_multi_save")[kind]
    dialect = "mybatis" if artifact.language == "xml" else None
    content = artifact.content.replace(old, new, 1)
    assert content != artifact.content
    file = SourceFile(artifact.path, artifact.language, content, dialect, "postgres")
    assert rule in {note.rule for note in check_files([file], pack, "en")[artifact.path]}


def test_a_document_type_of_its_own_is_refused(pack: Pack) -> None:
    file = SourceFile("a.xml", "xml", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><mapper/>', "mybatis")
    assert [note.rule for note in check_files([file], pack, "en")["a.xml"]] == ["document_type"]
