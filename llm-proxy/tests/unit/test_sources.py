"""Where engines come from."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from app.core.clients.admin import SettingsAnswer
from app.engines.settings import EngineSettings, EngineTable
from app.routing.registry import Registry
from app.routing.sources import (
    STATE_FILE,
    AdminSource,
    FileSource,
    StateFile,
    UnusableSettings,
    environment_engine,
    with_environment,
)
from app.routing.watcher import SettingsWatcher

from chassis.errors import UpstreamFailed

from ..conftest import make_settings

SECRET = "s" * 32
DOCUMENT: dict[str, Any] = {"revision": 3, "default_engine": "a", "engines": [{"id": "a", "kind": "vllm"}]}


class FakeAdmin:
    """admin-service as a list of what it does next."""

    def __init__(self, *answers: SettingsAnswer | Exception | None) -> None:
        self.answers = list(answers)
        self.tags: list[str] = []

    async def settings(self, etag: str) -> SettingsAnswer | None:
        self.tags.append(etag)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_the_environment_names_an_engine() -> None:  # R5.10
    assert environment_engine(make_settings()) is None
    local = environment_engine(
        make_settings(engine_url="http://gpu:8000/v1", engine_kind="vllm", engine_model="m", engine_api_key="k")
    )
    assert local is not None
    assert (local.id, local.kind, local.base_url, local.model, local.api_key) == (
        "env",
        "vllm",
        "http://gpu:8000",
        "m",
        "k",
    )


def test_an_openai_key_alone_is_an_engine() -> None:  # R5.2 R5.10
    cloud = environment_engine(make_settings(openai_api_key="sk-1"))
    assert cloud is not None
    assert (cloud.model, cloud.kind, cloud.base_url) == ("gpt-4o-mini", "openai", "https://api.openai.com")
    assert "sk-1" not in repr(cloud)


def test_the_environments_engine_is_the_default_where_the_admin_set_none() -> None:
    env = EngineSettings(id="env", kind="vllm")
    assert with_environment(EngineTable(default_engine="builtin"), env).default_engine == "env"
    table = EngineTable.model_validate(DOCUMENT)
    merged = with_environment(table, env)
    assert merged.default_engine == "a"
    assert [item.id for item in merged.engines] == ["a", "env"]
    assert with_environment(table, None) is table


async def test_a_file_is_read_again_when_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "engines.yaml"
    path.write_text("default_engine: a\nengines:\n  - {id: a, kind: vllm, api_key: $MY_KEY}\n")
    monkeypatch.setenv("MY_KEY", "secret")
    source = FileSource(path)
    table = await source.poll()
    assert table is not None
    assert table.engines[0].api_key == "secret"
    assert await source.poll() is None
    path.write_text("[")
    with pytest.raises(UnusableSettings):
        await source.poll()
    path.unlink()
    with pytest.raises(UnusableSettings):
        await source.poll()


async def test_admin_is_asked_by_tag_and_what_it_said_last_is_kept(tmp_path: Path) -> None:
    store = StateFile(tmp_path / "state", secret=SECRET)
    admin = FakeAdmin(SettingsAnswer(DOCUMENT, '"3"'), None, UpstreamFailed("down"))
    source = AdminSource(admin, store=store)
    table = await source.poll()
    assert table is not None
    assert await source.poll() is None
    with pytest.raises(UpstreamFailed):
        await source.poll()
    assert admin.tags == ["", '"3"', '"3"']
    fresh = AdminSource(FakeAdmin(UpstreamFailed("down"), UpstreamFailed("down")), store=store)
    assert await fresh.poll() == table
    with pytest.raises(UpstreamFailed):
        await fresh.poll()


async def test_settings_that_cannot_be_kept_are_used(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be", encoding="utf-8")
    store = StateFile(tmp_path / "state", secret=SECRET)
    source = AdminSource(FakeAdmin(SettingsAnswer(DOCUMENT, '"3"'), None), store=store)
    assert await source.poll() == EngineTable.model_validate(DOCUMENT), "there is no second answer with them"
    assert await source.poll() is None


def test_replicas_write_the_same_state_side_by_side(tmp_path: Path) -> None:
    table = EngineTable.model_validate(DOCUMENT)
    stores = [StateFile(tmp_path, secret=SECRET) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda store: [store.write(table) for _ in range(20)], stores))
    assert stores[0].read() == table
    assert [path.name for path in tmp_path.iterdir()] == [STATE_FILE]


def test_a_state_of_another_secret_is_none(tmp_path: Path) -> None:
    StateFile(tmp_path, secret=SECRET).write(EngineTable.model_validate(DOCUMENT))
    assert StateFile(tmp_path, secret="t" * 32).read() is None
    assert StateFile(tmp_path / "none", secret=SECRET).read() is None


async def test_the_watcher_outlives_whatever_a_source_does() -> None:
    class Broken:
        async def poll(self) -> EngineTable | None:
            raise ZeroDivisionError("what?")

    changes: list[int] = []
    watcher = SettingsWatcher(
        Broken(),
        Registry(_engine),
        environment=None,
        interval_s=1,
        on_change=lambda: changes.append(1),
    )
    await watcher.poll_once()
    assert "unexpected" in watcher.state
    assert changes == []


def _engine(_settings: EngineSettings) -> Any:
    from app.engines.builtin.engine import BuiltinEngine

    return BuiltinEngine()
