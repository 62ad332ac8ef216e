"""Down: services halted first, migrations by the service's own environment, all stopped after. Processes are real."""

import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from framewright_local.layout import Places
from framewright_local.record import MeshRecord, ProcessMark
from framewright_operations.downgrade import go_down
from framewright_operations.messages import OperationError, Say

NAMES = ("supervisor", "gateway", "admin-service", "gateway-worker")


class Mesh:
    """Processes that sleep, in the places of a supervisor and of services; `asked`: what ran, and who lived then."""

    def __init__(self, places: Places, *, fails: bool = False) -> None:
        self.places, self.fails = places, fails
        self.asked: list[tuple[str, str, str, set[str]]] = []
        self.processes = {
            name: subprocess.Popen(
                [sys.executable, "-c", "import time; time.sleep(60)"],
                start_new_session=True, env={**os.environ, "DATABASE_URL": f"postgresql://{name}"},
            )
            for name in NAMES
        }  # fmt: skip
        marks = {name: ProcessMark.of(process.pid) for name, process in self.processes.items()}
        record = MeshRecord(marks.pop("supervisor"), dict.fromkeys(NAMES[1:], 1), processes=marks)
        record.write(places.record)

    def alive(self) -> set[str]:
        return {name for name, process in self.processes.items() if process.poll() is None}

    def __call__(self, command: Sequence[str], *, cwd: Path, environment: dict[str, str]) -> str:
        self.asked.append((cwd.name, command[-1], environment["DATABASE_URL"], self.alive()))
        if self.fails:
            raise OperationError("command_failed", command="migrate", tail="no such revision")
        return ""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = Places.of(tmp_path, {"FRAMEWRIGHT_STATE_DIR": str(tmp_path / "state")})
    (places.state / "postgres").mkdir(parents=True)
    (places.state / "postgres" / "gateway.migrated").write_text("newest", encoding="utf-8")
    return places


@pytest.fixture
def mesh(places: Places) -> Iterator[Mesh]:
    made = Mesh(places)
    yield made
    for process in made.processes.values():
        process.kill()
        process.wait()


def down(mesh: Mesh, *words: str) -> list[str]:
    said: list[str] = []
    environment = {"FRAMEWRIGHT_STATE_DIR": str(mesh.places.state)}
    assert go_down(Namespace(to=list(words)), mesh.places.root, environment, Say(said.append, "en"), mesh) == 0
    return said


def test_nothing_writes_while_the_schema_goes_down_and_all_is_stopped_after(mesh: Mesh) -> None:  # R5.8
    said = down(mesh, "gateway=0004", "admin-service=0003")
    assert mesh.asked == [
        ("gateway", "0004", "postgresql://gateway", {"supervisor"}),
        ("admin-service", "0003", "postgresql://admin-service", {"supervisor"}),
    ]
    assert mesh.alive() == set()
    assert list(mesh.places.halted.iterdir()) == [], "the next start starts everything"
    assert not (mesh.places.state / "postgres" / "gateway.migrated").exists(), "the next start looks at the schema"
    assert "gateway 0004, admin-service 0003" in said[-1]


def test_a_migration_that_fails_leaves_the_mesh_to_its_supervisor(mesh: Mesh) -> None:
    mesh.fails = True
    with pytest.raises(OperationError, match="no such revision"):
        down(mesh, "gateway=9999")
    assert "supervisor" in mesh.alive()
    assert list(mesh.places.halted.iterdir()) == []


@pytest.mark.parametrize("word", ["gateway", "gateway=", "rag-service=0001"])
def test_a_word_that_is_no_revision_is_named(mesh: Mesh, word: str) -> None:
    with pytest.raises(OperationError, match=word):
        down(mesh, word)
    assert len(mesh.alive()) == len(NAMES)


def test_without_a_mesh_there_is_nothing_to_go_down(places: Places) -> None:
    with pytest.raises(OperationError, match="No mesh runs"):
        go_down(
            Namespace(to=["gateway=1"]), places.root, {"FRAMEWRIGHT_STATE_DIR": str(places.state)}, Say(print, "en")
        )
