"""Short ways for what is plain: they say what the long ones say."""

from pathlib import Path

import pytest
from app.checks.sql_check import check_sql
from app.packs.model import ArtifactRule, Pack
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
