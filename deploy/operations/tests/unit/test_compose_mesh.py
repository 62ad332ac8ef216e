"""What is asked of Docker Compose for a backup and a restore; Docker itself is in deploy/tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from framewright_operations.backup.compose_mesh import ComposeMesh
from framewright_operations.messages import OperationError


@dataclass
class Docker:
    """A fake that takes notes; `answers` by the beginning of what is asked."""

    answers: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(
        self, command: Sequence[str], *, source: Path | None = None, target: Path | None = None, **_: Any
    ) -> str:
        line = " ".join(command).removeprefix("docker compose ")
        self.asked.append(line + (" < file" if source else "") + (" > file" if target else ""))
        return next((answer for start, answer in self.answers.items() if line.startswith(start)), "")


@pytest.fixture
def docker() -> Docker:
    return Docker({"config": '{"name": "framewright"}', "port": "127.0.0.1:8080\n"})


@pytest.fixture
def mesh(tmp_path: Path, docker: Docker) -> ComposeMesh:
    (tmp_path / "deploy" / "secrets").mkdir(parents=True)
    program = tmp_path / "bin" / "docker"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    return ComposeMesh(tmp_path, {"PATH": str(program.parent)}, call=docker)


def test_a_dump_has_both_schemas_of_one_moment(mesh: ComposeMesh, docker: Docker, tmp_path: Path) -> None:
    mesh.dump_database(tmp_path / "dump")
    mesh.dump_vectors(tmp_path / "vectors")
    dump, create, download = docker.asked
    assert "pg_dump -U framewright --format=custom" in dump
    assert "--schema=gateway --schema=admin framewright > file" in dump
    assert create.endswith("app.features.snapshots.command create")
    assert download.endswith("download > file")


def test_the_mark_is_asked_inside_the_service(mesh: ComposeMesh, docker: Docker) -> None:
    mesh.mark()
    assert docker.asked[0].startswith("exec -T rag-service python -c ")
    assert "/v1/knowledge/status" in docker.asked[0]


def test_keys_are_kept_but_not_the_passphrase_beside_what_it_opens(mesh: ComposeMesh, tmp_path: Path) -> None:
    for name in ("encryption_key", "backup_passphrase"):
        (tmp_path / "deploy" / "secrets" / name).write_text(name, encoding="utf-8")
    (tmp_path / "to").mkdir()
    mesh.dump_secrets(tmp_path / "to")
    assert [path.name for path in (tmp_path / "to").iterdir()] == ["encryption_key"]
    assert mesh.passphrase_file().read_text(encoding="utf-8") == "backup_passphrase"


def test_keys_come_back_readable_for_the_containers(mesh: ComposeMesh, tmp_path: Path) -> None:
    folder = tmp_path / "from"
    folder.mkdir()
    for name in ("encryption_key", "credentials.json"):
        (folder / name).write_text(name, encoding="utf-8")
    mesh.restore_secrets(folder)
    mesh.restore_secrets(folder)
    secrets = tmp_path / "deploy" / "secrets"
    assert (secrets / "encryption_key").stat().st_mode & 0o777 == 0o444
    assert (secrets / "credentials.json").stat().st_mode & 0o777 == 0o600


def test_a_running_stack_or_its_data_are_not_overwritten_unasked(mesh: ComposeMesh, docker: Docker) -> None:
    docker.answers["ps -a"] = "abc\n"
    with pytest.raises(OperationError, match="make down"):
        mesh.check_empty(replace=False)
    docker.answers["ps -a"] = ""
    docker.answers["docker volume ls"] = "framewright_postgres-data\nframewright_grafana-data\n"
    with pytest.raises(OperationError, match=r"framewright_postgres-data\)"):
        mesh.check_empty(replace=False)
    assert not any(line.startswith("down") for line in docker.asked)
    mesh.check_empty(replace=True)
    assert docker.asked[-1] == "down --remove-orphans --volumes"


def test_each_schema_is_restored_as_its_owner(mesh: ComposeMesh, docker: Docker, tmp_path: Path) -> None:
    mesh.restore_database(tmp_path / "dump")
    assert docker.asked[0].endswith("secrets.sh")
    assert docker.asked[1] == "up -d --wait postgres"
    assert ["--role=gateway" in docker.asked[2], "--role=admin" in docker.asked[3]] == [True, True]
    assert all("--single-transaction" in line and line.endswith("< file") for line in docker.asked[2:])


def test_it_starts_by_the_script_and_takes_the_vectors_last(mesh: ComposeMesh, docker: Docker, tmp_path: Path) -> None:
    assert mesh.start() == "http://127.0.0.1:8080"
    mesh.restore_vectors(tmp_path / "vectors")
    assert docker.asked[0].endswith("up.sh")
    assert docker.asked[2].endswith("upload 20000101T000000000000Z.jsonl.gz < file")
    assert docker.asked[3].endswith("restore 20000101T000000000000Z.jsonl.gz")


def test_it_runs_where_its_gateway_does(mesh: ComposeMesh, docker: Docker, tmp_path: Path) -> None:
    assert not mesh.runs()
    docker.answers["ps --status running"] = "abc\n"
    assert mesh.runs()
    assert not ComposeMesh(tmp_path, {"PATH": ""}, call=docker).runs()

    def refuses(*_: Any, **__: Any) -> str:
        raise OperationError("command_failed", command="docker", tail="no engine")

    assert not ComposeMesh(tmp_path, mesh._environment, call=refuses).runs()
