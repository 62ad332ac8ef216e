"""The mapper's statements on a real PostgreSQL: a row is added, found, changed and deleted by each dataset."""

import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from app.features.emission.schemas import ArtifactsRequest
from app.features.emission.service import EmissionService
from lxml import etree

from chassis.local_postgres import LocalPostgres
from tests.conftest import FRAMEWORK, NAMES, fixture

VALUES = {
    "string": "a", "text": "some text", "code": "01", "integer": "7", "decimal": "12.5", "boolean": "Y",
    "date": "20260330", "datetime": "20260330093000", "time": "093000",
}  # fmt: skip


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[psycopg.Connection[Any]]:
    server = LocalPostgres(tmp_path_factory.mktemp("postgres"), durable=False)
    try:
        with psycopg.connect(server.start(), autocommit=True) as connection:
            yield connection
    finally:
        server.remove()


def value_of(column: dict[str, Any]) -> str:
    kind = column.get("type", "string")
    return VALUES[kind][: column.get("length")] if kind in {"string", "text", "code"} else VALUES[kind]


def statement(element: etree._Element, given: dict[str, str]) -> str:
    """The statement as the mapper framework makes it for the values given."""
    text = element.text or ""
    for child in element:
        inner = statement(child, given)
        name = str(child.get("test", "")).split(" ")[0]
        if child.tag == "where":
            text += "WHERE " + re.sub(r"^\s*AND\b", "", inner) if inner.strip() else ""
        elif given.get(name):
            text += inner
        text += child.tail or ""
    return text


def run(database: psycopg.Connection[Any], element: etree._Element, given: dict[str, str]) -> psycopg.Cursor[Any]:
    sql = statement(element, given).replace("%", "%%")
    names: dict[str, str | int] = {name: given.get(name, "") for name in re.findall(r"#\{(\w+)\}", sql)}
    names |= {name: value for name, value in PAGE.items() if name in names}
    return database.execute(re.sub(r"#\{(\w+_ROWS)\}|#\{(\w+)\}", _parameter, sql), names)


PAGE = {"LIMIT_ROWS": 20, "OFFSET_ROWS": 0}


def _parameter(match: re.Match[str]) -> str:
    """The page's numbers are numbers; all else is text."""
    return f"%({match[1]})s" if match[1] else f"%({match[2]})s::text"


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_added_found_changed_and_deleted(
    emission: EmissionService, database: psycopg.Connection[Any], name: str
) -> None:
    spec = fixture(name)
    request = ArtifactsRequest(spec=spec, framework=FRAMEWORK, artifacts=["server", "ddl"])
    files = emission.create(request).artifacts
    database.execute("DROP SCHEMA public CASCADE")
    database.execute("CREATE SCHEMA public")
    for table in (item for item in files if item.kind == "ddl"):
        database.execute(table.content.encode())
    mapper = next(item.content for item in files if item.kind == "server_mapper_xml")
    root = etree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", mapper).encode())
    statements = {str(element.get("id")): element for element in root}
    columns = [column for dataset in spec["datasets"] for column in dataset.get("columns", [])]
    row = {column["name"].upper(): value_of(column) for column in columns}
    for save in [key.removeprefix("insert") for key in statements if key.startswith("insert")]:
        assert run(database, statements[f"insert{save}"], row).rowcount == 1
        assert run(database, statements[f"update{save}"], row).rowcount == 1
        for key in (item for item in statements if item == f"select{save}"):
            assert len(run(database, statements[key], row).fetchall()) == 1
            found = run(database, statements[key], row)
            names = [column.name for column in found.description or ()]
            for values in found:
                assert all(value is None or isinstance(value, str) for value in values)
                assert {key: row[key] for key in names if "DATE" in key} == {
                    key: value for key, value in zip(names, values, strict=True) if "DATE" in key
                }
        assert run(database, statements[f"delete{save}"], row).rowcount == 1
    for key in (item for item in statements if item.startswith("select")):
        assert run(database, statements[key], {}).fetchall() == []


def test_a_whole_number_key_is_counted_where_a_new_row_has_none(
    emission: EmissionService, database: psycopg.Connection[Any]
) -> None:
    files = emission.create(
        ArtifactsRequest(spec=fixture("member_multi_save"), framework=FRAMEWORK, artifacts=["server", "ddl"])
    ).artifacts
    database.execute("DROP SCHEMA public CASCADE")
    database.execute("CREATE SCHEMA public")
    for table in (item for item in files if item.kind == "ddl"):
        database.execute(table.content.encode())
    mapper = next(item.content for item in files if item.kind == "server_mapper_xml")
    root = etree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", mapper).encode())
    insert = next(element for element in root if element.get("id") == "insertList")
    for number in range(3):
        run(database, insert, {"LOGIN_ID": f"user{number}"})
    assert database.execute("SELECT id FROM member ORDER BY id").fetchall() == [(1,), (2,), (3,)]


def test_rows_come_page_by_page_with_their_count(
    emission: EmissionService, database: psycopg.Connection[Any]
) -> None:  # R1.11
    request = ArtifactsRequest(spec=fixture("employee_list_pages"), framework=FRAMEWORK, artifacts=["server", "ddl"])
    files = {item.kind: item.content for item in emission.create(request).artifacts}
    database.execute("DROP SCHEMA public CASCADE")
    database.execute("CREATE SCHEMA public")
    database.execute(files["ddl"].encode())
    for number in range(25):
        database.execute("INSERT INTO employee (emp_no, emp_name) VALUES (%s, %s)", (f"E{number:02d}", "kim"))
    root = etree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", files["server_mapper_xml"]).encode())
    statements = {str(element.get("id")): element for element in root}
    assert run(database, statements["countList"], {"EMP_NAME": "ki"}).fetchall() == [("25",)]
    assert len(run(database, statements["selectList"], {"EMP_NAME": "ki"}).fetchall()) == 20
    assert run(database, statements["countList"], {"EMP_NAME": "lee"}).fetchall() == [("0",)]
    controller = files["server_controller"]
    assert 'page(input, "DS_SEARCH", "DS_PAGE")' in controller
    assert 'XFrame5Util.setOutputData("DS_PAGE_TOTAL", service.countList(pageList), model);' in controller
