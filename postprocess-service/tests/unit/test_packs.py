"""Packs are read once, and a pack that is not right says where."""

import shutil
from pathlib import Path

import pytest
from app.core.frameworks import BrokenPack, Frameworks
from app.packs.loader import InvalidPackError, PackLoader, UnknownPackError, read_pack
from app.packs.model import NameRule, NamingRules, Pack
from app.screens.names import Namer
from app.screens.rendering import BadTemplateError, Renderer
from app.screens.text import one_line, particle, script_literal, sql_literal

from chassis.errors import Unprocessable
from tests.conftest import FRAMEWORK, PACKS


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / FRAMEWORK
    shutil.copytree(PACKS / FRAMEWORK, folder, ignore=shutil.ignore_patterns("knowledge", "prompts"))
    return folder


def test_a_pack_is_read_once() -> None:
    loader = PackLoader([PACKS])
    assert loader.load(FRAMEWORK) is loader.load(FRAMEWORK)
    assert FRAMEWORK in loader.names()


def test_methods_of_a_type_include_those_that_it_extends(pack: Pack) -> None:
    methods = pack.api.methods_of("hangul_field")
    assert {"settext", "setenable", "getmaxlength", "setmaskinglength"} <= methods
    assert "getrowcount" not in methods
    assert pack.api.methods_of("nothing") == frozenset()


@pytest.mark.parametrize("name", ["nothing", "../xframe5", "", ".", "/etc"])
def test_a_name_never_becomes_a_path(name: str) -> None:
    with pytest.raises(UnknownPackError):
        PackLoader([PACKS]).load(name)


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("pack.yaml", "name: [", "pack"),
        ("pack.yaml", "name: other\nversion: '1'\ntitle: t\nlanguages: [ko]", "name is 'other'"),
        ("naming.yaml", "rules: {dataset: {prefix: 1}}", "naming.yaml: rules.dataset.prefix"),
        ("naming.yaml", "nothing: 1", "naming.yaml"),
        ("theme.yaml", "metrics: {nothing: 1}", "theme.yaml: metrics"),
        ("messages.yaml", "en: {a: b}", "messages.yaml"),
        ("artifacts.yaml", "artifacts: [{kind: a, scope: screen, path: a, language: xml, template: no.j2}]", "no.j2"),
    ],
)
def test_a_pack_that_is_not_right_says_which_file(copied: Path, file: str, content: str, says: str) -> None:
    (copied / file).write_text(content, encoding="utf-8")
    with pytest.raises(InvalidPackError, match=says.replace("[", "")):
        read_pack(copied)


def test_files_that_only_some_packs_need_may_be_missing(copied: Path) -> None:
    for name in ("api.yaml", "checks.yaml", "components.yaml", "theme.yaml"):
        (copied / name).unlink()
    assert read_pack(copied).api.types == {}


def test_a_broken_pack_is_the_operators_error_and_an_unknown_one_the_callers(copied: Path) -> None:
    (copied / "theme.yaml").write_text("nothing: 1", encoding="utf-8")
    frameworks = Frameworks(PackLoader([copied.parent]))
    with pytest.raises(BrokenPack, match=r"theme\.yaml"):
        frameworks.get(FRAMEWORK)
    with pytest.raises(Unprocessable) as caught:
        frameworks.get("nothing")
    assert caught.value.errors[0].field == "framework"


def test_a_template_that_fails_is_named(copied: Path) -> None:
    (copied / "templates" / "table.sql.j2").write_text("{{ nothing.at_all }}", encoding="utf-8")
    pack = read_pack(copied)
    rule = next(item for item in pack.artifacts if item.kind == "ddl")
    with pytest.raises(BadTemplateError, match=r"table\.sql\.j2"):
        Renderer(pack).render(rule, "ko", table=None)


def test_all_templates_are_compiled_before_the_first_screen(copied: Path) -> None:
    renderer = Renderer(read_pack(copied))
    renderer.load_all()
    for template in (copied / "templates").iterdir():
        template.unlink()
    renderer.load_all()
    (copied / "templates" / "other.js.j2").write_text("{% if %}", encoding="utf-8")
    with pytest.raises(BadTemplateError, match=FRAMEWORK):
        renderer.load_all()


def test_a_template_can_not_reach_out_of_its_sandbox(copied: Path) -> None:
    (copied / "templates" / "table.sql.j2").write_text("{{ ''.__class__.__mro__ }}", encoding="utf-8")
    pack = read_pack(copied)
    rule = next(item for item in pack.artifacts if item.kind == "ddl")
    with pytest.raises(BadTemplateError):
        Renderer(pack).render(rule, "ko", table=None)


def test_names_are_unique_whatever_the_case_and_never_reserved() -> None:
    rules = NamingRules(
        rules={"dataset": NameRule(prefix="", case="upper_snake"), "type": NameRule(case="pascal")}, reserved=["status"]
    )
    namer = Namer(rules)
    given = [namer.unique("dataset", "list"), namer.unique("dataset", "list"), namer.unique("dataset", "list", "other")]
    assert given == ["LIST", "LIST_2", "OTHER"]
    assert namer.unique("dataset", "status") == "STATUS_2"
    assert namer.name("type", "task", "list") == "TaskList"
    assert namer.name("field.unknown", "x") == "x"


def test_particles_follow_the_last_sound() -> None:
    assert particle("제목", "은", "는", "ko") == "제목은"
    assert particle("코드", "은", "는", "ko") == "코드는"
    assert particle("ID", "은", "는", "ko") == "ID은(는)"
    assert particle("Title", "은", "는", "en") == "Title"


def test_literals_can_not_be_broken_out_of() -> None:
    assert script_literal('"</script>\u2028\u2029\n') == '"\\"<\\/script>\\u2028\\u2029\\n"'
    assert sql_literal("it's\n-- x") == "'it''s -- x'"
    assert one_line(" a \n b ") == "a b"
