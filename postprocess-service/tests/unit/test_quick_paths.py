"""Short ways for what is plain: they say what the long ones say."""

from difflib import SequenceMatcher
from pathlib import Path

import pytest
from app.checks.sql_check import check_sql
from app.packs.model import ArtifactRule, Pack
from app.repair.markup_text import _Mender
from app.repair.nearest import _at_most
from app.repair.notes import Notes
from app.screens.builder import build_screens
from app.screens.rendering import BadTemplateError, Renderer

from screenspec.spec import ScreenSpec
from tests.conftest import fixture

TABLE = """-- 업무
CREATE TABLE task (
    task_id BIGINT NOT NULL,
    "user" VARCHAR(20) DEFAULT 'it''s' NOT NULL,
    rate NUMERIC(5, 2),
    CONSTRAINT pk_task PRIMARY KEY (task_id, "user")
);

COMMENT ON TABLE task IS '업무';
COMMENT ON COLUMN task."user" IS '사용자';
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("VARCHAR(20)", "VARCHAR(20"),
        ("'업무'", "'업무"),
        ('"user" VARCHAR', "user user VARCHAR"),
        ("CREATE TABLE task (", "CREATE TABLE task task ("),
        ("rate NUMERIC", "select NUMERIC"),
    ],
)
def test_a_table_that_is_not_plain_goes_to_the_parser(old: str, new: str) -> None:
    assert check_sql(TABLE, "postgres", "en") == []
    broken = TABLE.replace(old, new)
    assert check_sql(broken, "postgres", "en") == check_sql(broken, None, "en") != []


@pytest.mark.parametrize(
    "text",
    [
        "{{ screen.__class__ }}",
        "{{ screen._x }}",
        "{{ element.__self__._orders }}",
        "{{ screen.nothing }}",
        "{{ [screen] | map(attribute='__class__') | first }}",
        "{{ options.update({'a': 1}) }}",
        "{{ messages.get.__func__ }}",
    ],
)
def test_templates_stay_in_their_sandbox(pack: Pack, tmp_path: Path, text: str) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "a.j2").write_text(text, encoding="utf-8")
    renderer = Renderer(Pack(**{**{name: getattr(pack, name) for name in pack.__slots__}, "folder": tmp_path}))
    rule = ArtifactRule(kind="a", scope="screen", path="a", language="text", template="a.j2")
    screen = build_screens(ScreenSpec.model_validate(fixture("task_multi_save")), pack)[0]
    with pytest.raises(BadTemplateError):
        renderer.render(rule, "en", screen=screen)


class LongWay(_Mender):
    """Reads every attribute the long way."""

    def _plain_attributes(self, attributes: dict[str, str]) -> None:
        assert attributes is not None


@pytest.mark.parametrize(
    "tag",
    [
        '<a b="1" c = "2"/>',
        '<a b="1"c="2"/>',
        '<a b="x"y" c="2"/>',
        '<a b="1" b="2" xmlns="x" n:c="3"/>',
        "<a b='1' c=\"2 d='3'/>",
        '<a b="&amp;&" c="<" d="한글"/>',
        '<a b="1',
        '<a b="1" c',
        f'<a b="{"x" * 25_000}" c="1"/>',
    ],
)
def test_attributes_that_are_plain_are_read_as_the_long_way_reads_them(tag: str) -> None:
    notes, others = Notes("en"), Notes("en")
    text = f"<map>{tag}</map>"
    assert _Mender(text, notes, frozenset()).run() == LongWay(text, others, frozenset()).run()
    assert notes == others


@pytest.mark.parametrize("names", [("getrowcount", "getrowcnt"), ("aab", "abb"), ("사용자", "사용"), ("a", "b")])
def test_names_are_at_most_as_alike_as_their_letters(names: tuple[str, str]) -> None:
    assert _at_most(*names) == SequenceMatcher(None, *names, autojunk=False).quick_ratio()
