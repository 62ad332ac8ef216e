"""A bundle has what git follows and what was built, the environment's packages, and sums that find a changed byte."""

import json
import subprocess
import tarfile
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from framewright_operations import bundle
from framewright_operations.messages import OperationError, Say

PACKAGES = [
    {"name": "torch", "version": "2.13.0+cpu"},
    {"name": "pip", "version": "25.0"},
    {"name": "framewright-chassis", "version": "0.1.0", "editable_project_location": "/x"},
]


@dataclass
class Programs:
    """A fake of pip and Docker: notes what was asked, and writes the files that would come."""

    docker: bool = False
    asked: list[str] = field(default_factory=list)

    def __call__(self, command: Sequence[str], **_: Any) -> str:
        line = " ".join(command)
        self.asked.append(line)
        if command[0] == "docker" and not self.docker:
            raise OperationError("command_failed", command="docker", tail="")
        if "pip" in line and " list " in line:
            return json.dumps(PACKAGES)
        if " download " in line:
            (Path(command[command.index("-d") + 1]) / "torch-2.13.0.whl").write_bytes(b"wheel")
        if " save " in line:
            Path(command[command.index("-o") + 1]).write_bytes(b"image")
        return "nginx:stable\nframewright/gateway:0.1.0\nnginx:stable\n" if "--images" in line else ""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    (folder / "admin-service" / "console" / "dist").mkdir(parents=True)
    (folder / "admin-service" / "console" / "dist" / "index.html").write_text("built", encoding="utf-8")
    (folder / "Makefile").write_text("followed", encoding="utf-8")
    (folder / "private").write_text("not followed", encoding="utf-8")
    for command in (["init", "-q"], ["add", "Makefile"]):
        subprocess.run(["git", "-C", str(folder), *command], check=True)
    return folder


def made(root: Path, programs: Programs, *arguments: str) -> Path:
    parser = ArgumentParser()
    bundle.add_arguments(parser)
    target = root.parent / "bundle"
    assert bundle.make(parser.parse_args([str(target), *arguments]), root, {}, Say(print, "en"), programs) == 0
    return target


def test_what_git_follows_and_what_was_built_is_in_it(root: Path) -> None:
    target = made(root, Programs())
    with tarfile.open(target / "framewright.tar.gz") as archive:
        assert set(archive.getnames()) == {"framewright/Makefile", "framewright/admin-service/console/dist/index.html"}


def test_packages_are_exactly_those_of_this_environment_and_what_builds_ours(root: Path) -> None:
    programs = Programs()
    target = made(root, programs, "--torch-index", "https://torch.example")
    wanted = (target / "wheels" / "packages.txt").read_text(encoding="utf-8").split()
    assert wanted == ["torch==2.13.0+cpu", "pip==25.0", "setuptools", "wheel"]
    assert programs.asked[1].endswith("--extra-index-url https://torch.example")
    assert not (target / "images").exists(), "there is no Docker here"


def test_images_are_built_fetched_and_saved_once_each(root: Path, tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "m.gguf").write_bytes(b"weights")
    target = made(root, Programs(docker=True), "--models", str(tmp_path / "models"))
    images = sorted(path.name for path in (target / "images").iterdir())
    assert images == ["framewright_gateway_0.1.0.tar", "nginx_stable.tar"]
    assert (target / "models" / "m.gguf").read_bytes() == b"weights"
    with pytest.raises(OperationError):
        made(root.rename(tmp_path / "elsewhere"), Programs(), "--images", "yes")


def test_a_changed_byte_stops_the_installer_before_anything_is_installed(root: Path, tmp_path: Path) -> None:
    target = made(root, Programs(), "--images", "no")
    assert list(bundle.verify(target)) == []
    (target / "wheels" / "torch-2.13.0.whl").write_bytes(b"other")
    assert list(bundle.verify(target)) == ["wheels/torch-2.13.0.whl"]
    result = subprocess.run(
        [str(target / "install.sh"), str(tmp_path / "installed")], check=False, capture_output=True, text=True
    )
    assert result.returncode == 1
    assert "Nothing was installed" in result.stderr
    assert not (tmp_path / "installed").exists()


def test_a_newer_bundle_leaves_no_file_of_the_older_one_and_keeps_what_is_yours(root: Path, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "make").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "bin" / "make").chmod(0o755)
    installed = tmp_path / "installed here"

    def install(bundle_folder: Path) -> None:
        environment = {"PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin"}
        subprocess.run([str(bundle_folder / "install.sh"), str(installed)], check=True, env=environment)

    install(made(root, Programs(), "--images", "no").rename(tmp_path / "first"))
    (installed / ".env").write_text("MINE=1", encoding="utf-8")
    (root / "Makefile").unlink()
    (root / "newer").write_text("followed", encoding="utf-8")
    subprocess.run(["git", "-C", str(root), "add", "-A", "newer", "Makefile"], check=True)
    install(made(root, Programs(), "--images", "no"))
    names = {str(path.relative_to(installed)) for path in installed.rglob("*") if path.is_file()}
    assert names == {".env", ".installed-files", "newer", "admin-service/console/dist/index.html"}


def test_a_folder_with_files_and_a_folder_without_git_are_refused(root: Path, tmp_path: Path) -> None:
    made(root, Programs())
    with pytest.raises(OperationError, match="There are files in"):
        made(root, Programs())
    with pytest.raises(OperationError, match="git ls-files failed"):
        bundle.pack_checkout(tmp_path, tmp_path / "x.tar.gz")
