"""Which mesh, which keys, which folder: what `make backup` and `make restore` decide."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyrage  # type: ignore[import-untyped]
import pytest

from framewright_operations.__main__ import main
from framewright_operations.backup import command
from framewright_operations.messages import OperationError, Say
from tests.fakes import FakeMesh


class Runnable(FakeMesh):
    def __init__(self, kind: str, *, up: bool, folder: Path) -> None:
        super().__init__(kind=kind)
        self.up, self.folder = up, folder

    def runs(self) -> bool:
        return self.up

    def passphrase_file(self) -> Path:
        return self.folder / f"{self.kind}-passphrase"


Known = Callable[..., Mapping[str, Any]]


def known(folder: Path, *, local: bool, compose: bool) -> Known:
    found = {
        "local": Runnable("local", up=local, folder=folder),
        "compose": Runnable("compose", up=compose, folder=folder),
    }
    return lambda *_: found


def asked(*arguments: str, restores: bool = False) -> Namespace:
    parser = ArgumentParser()
    command.add_arguments(parser, restores=restores)
    return parser.parse_args(arguments)


def test_the_mesh_that_runs_is_backed_up_and_its_passphrase_made_once(tmp_path: Path) -> None:
    said: list[str] = []
    meshes = known(tmp_path, local=False, compose=True)
    for _ in range(2):
        command.back_up(asked(str(tmp_path / "b"), "--keep", "1"), tmp_path, {}, Say(said.append, "en"), meshes)
    assert sum("passphrase for backups was made" in line for line in said) == 1
    assert (tmp_path / "compose-passphrase").stat().st_mode & 0o777 == 0o600
    target = known(tmp_path, local=False, compose=False)
    command.restore(asked(str(tmp_path / "b"), restores=True), tmp_path, {}, Say(said.append, "en"), target)
    assert target()["compose"].held["rows"] == "rows"


@pytest.mark.parametrize(("local", "compose", "key"), [(False, False, "no_mesh"), (True, True, "two_meshes")])
def test_none_or_two_running_meshes_are_a_question(tmp_path: Path, local: bool, compose: bool, key: str) -> None:
    with pytest.raises(OperationError) as caught:
        command.back_up(asked(), tmp_path, {}, Say(print, "en"), known(tmp_path, local=local, compose=compose))
    assert caught.value.key == key


def test_a_mesh_that_was_named_has_to_run(tmp_path: Path) -> None:
    meshes = known(tmp_path, local=False, compose=True)
    with pytest.raises(OperationError, match="No mesh runs"):
        command.back_up(asked("--mesh", "local"), tmp_path, {}, Say(print, "en"), meshes)


def test_a_key_pair_needs_no_passphrase(tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "id").write_text(str(identity), encoding="utf-8")
    arguments = asked(str(tmp_path / "b"), "--recipient", str(identity.to_public()))
    command.back_up(arguments, tmp_path, {}, Say(print, "en"), known(tmp_path, local=True, compose=False))
    target = known(tmp_path, local=False, compose=False)
    restore = asked(str(tmp_path / "b"), "--identity", str(tmp_path / "id"), restores=True)
    command.restore(restore, tmp_path, {}, Say(print, "en"), target)
    assert target()["local"].held["points"] == "points"
    assert not (tmp_path / "local-passphrase").exists()


def test_a_passphrase_file_that_is_not_there_is_no_passphrase(tmp_path: Path) -> None:
    arguments = asked("--passphrase-file", str(tmp_path / "none"))
    with pytest.raises(OperationError) as caught:
        command.back_up(arguments, tmp_path, {}, Say(print, "en"), known(tmp_path, local=True, compose=False))
    assert caught.value.key == "no_key"


def test_the_version_is_the_checkouts_commit(tmp_path: Path) -> None:
    assert command.version_of(tmp_path) == "unknown"
    assert len(command.version_of(Path(__file__).parent)) >= 7


@pytest.mark.parametrize(
    ("language", "part"), [("C.UTF-8", "There is no backup in"), ("ko_KR.UTF-8", "백업이 없습니다")]
)
def test_an_error_is_a_line_in_the_operators_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, part: str
) -> None:
    assert main(["restore", str(tmp_path)], {"LANG": language}) == 1
    assert part in capsys.readouterr().err
    assert main(["--root", str(tmp_path), "backup", "--mesh", "local"], {"LANG": language, "PATH": ""}) == 1
