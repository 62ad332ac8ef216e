"""The order of things in a backup and a restore, with a fake mesh that notes what was asked."""

import json
from collections.abc import Callable
from pathlib import Path

import pyrage  # type: ignore[import-untyped]
import pytest

from framewright_operations.backup.service import Backups
from framewright_operations.backup.vault import Keys, backups
from framewright_operations.messages import OperationError, Say
from tests.fakes import FakeMesh

IDENTITY = pyrage.x25519.Identity.generate()
KEYS = Keys(recipients=(str(IDENTITY.to_public()),), identity=str(IDENTITY))
OTHER = Keys(identity=str(pyrage.x25519.Identity.generate()))


Made = Callable[[FakeMesh], tuple[Backups, list[str]]]


@pytest.fixture
def made() -> Made:
    def make(mesh: FakeMesh) -> tuple[Backups, list[str]]:
        said: list[str] = []
        now = iter(range(0, 100_000, 10))
        return Backups(mesh, say=Say(said.append, "en"), sleep=lambda _s: None, clock=lambda: float(next(now))), said

    return make


def test_a_backup_is_taken_again_where_the_index_was_written_meanwhile(made: Made, tmp_path: Path) -> None:
    mesh = FakeMesh(marks=["a", "b", "b", "b"])
    service, said = made(mesh)
    target = service.make(tmp_path, keys=KEYS, version="1.2")
    assert mesh.calls == ["mark", "database", "vectors", "mark"] * 2
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["version"], manifest["secrets"]) == ("1.2", ["encryption_key"])
    assert manifest["bytes"] == {"database.dump": 4, "vectors.jsonl.gz": 6}
    assert said[-1].startswith("Backed up: ")


def test_a_store_that_never_rests_gives_no_backup(made: Made, tmp_path: Path) -> None:
    with pytest.raises(OperationError, match="during each of 5 attempts"):
        made(FakeMesh(marks=[str(n) for n in range(50)]))[0].make(tmp_path, keys=KEYS, version="")
    assert backups(tmp_path) == []


def test_it_waits_while_an_index_is_being_written(made: Made, tmp_path: Path) -> None:
    service, said = made(FakeMesh(marks=["", "", "a"]))
    service.make(tmp_path, keys=KEYS, version="")
    assert said[0].startswith("The index is being written")
    with pytest.raises(OperationError):
        made(FakeMesh(marks=[""]))[0].make(tmp_path, keys=KEYS, version="")


def test_old_backups_go_when_only_some_are_kept(made: Made, tmp_path: Path) -> None:
    for name in ("framewright-20200101T000000Z", "framewright-20200102T000000Z"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text("{}", encoding="utf-8")
    service, said = made(FakeMesh())
    target = service.make(tmp_path, keys=KEYS, version="", keep=2)
    assert [path.name for path in backups(tmp_path)] == ["framewright-20200102T000000Z", target.name]
    assert said[-1] == "Removed the old backup framewright-20200101T000000Z"


def test_a_restore_goes_in_order_and_gives_back_what_there_was(made: Made, tmp_path: Path) -> None:
    target = made(FakeMesh())[0].make(tmp_path, keys=KEYS, version="1.2")
    empty = FakeMesh()
    service, said = made(empty)
    service.restore(target, keys=KEYS)
    assert empty.calls == ["check", "secrets", "database", "start", "vectors"]
    assert empty.held == {"key": "k", "rows": "rows", "points": "points"}
    assert "version 1.2" in said[0]
    assert said[-1].endswith("http://127.0.0.1:1")


def test_nothing_is_touched_where_there_is_data_or_the_key_is_wrong(made: Made, tmp_path: Path) -> None:
    target = made(FakeMesh())[0].make(tmp_path, keys=KEYS, version="")
    full = FakeMesh(occupied=True)
    with pytest.raises(OperationError, match="REPLACE=1"):
        made(full)[0].restore(target, keys=KEYS)
    assert full.calls == ["check"]
    other = FakeMesh()
    with pytest.raises(OperationError, match="does not open"):
        made(other)[0].restore(target, keys=OTHER)
    assert other.calls == []
