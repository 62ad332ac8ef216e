"""`backup` and `restore`: which mesh is meant, which keys, and where."""

import secrets
import subprocess
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from pathlib import Path

from framewright_local.environment import write_private
from framewright_local.layout import Places
from framewright_local.messages import Say as MeshSay

from ..messages import OperationError, Say
from .compose_mesh import ComposeMesh
from .local_mesh import LocalMesh
from .mesh import Mesh
from .service import Backups
from .vault import Keys, newest, read_manifest

Meshes = Callable[[Path, Mapping[str, str], Say], Mapping[str, LocalMesh | ComposeMesh]]


def add_arguments(parser: ArgumentParser, *, restores: bool) -> None:
    parser.add_argument("folder", type=Path, nargs="?", default=Path("backups"), help="where backups lie")
    parser.add_argument("--mesh", choices=["local", "compose"], help="unset: the one that runs")
    parser.add_argument("--passphrase-file", type=Path, help="unset: the mesh's own")
    if restores:
        parser.add_argument("--identity", type=Path, help="a file with the age identity that opens it")
        parser.add_argument("--replace", action="store_true", help="delete what is there")
    else:
        parser.add_argument("--recipient", action="append", default=[], help="an age public key; no passphrase then")
        parser.add_argument("--keep", type=int, default=0, help="how many backups stay, 0: all")


def meshes(root: Path, environment: Mapping[str, str], say: Say) -> Mapping[str, LocalMesh | ComposeMesh]:
    local = LocalMesh(Places.of(root, environment), environment, MeshSay(say.write, say.language))
    return {"local": local, "compose": ComposeMesh(root, environment)}


def back_up(asked: Namespace, root: Path, environment: Mapping[str, str], say: Say, known: Meshes = meshes) -> int:
    found = known(root, environment, say)
    mesh = found[asked.mesh] if asked.mesh else _running(found)
    if not found[mesh.kind].runs():
        raise OperationError("no_mesh")
    keys = Keys(recipients=tuple(asked.recipient)) if asked.recipient else Keys(passphrase=_kept(asked, mesh, say))
    Backups(mesh, say=say).make(asked.folder.resolve(), keys=keys, version=version_of(root), keep=asked.keep)
    return 0


def restore(asked: Namespace, root: Path, environment: Mapping[str, str], say: Say, known: Meshes = meshes) -> int:
    backup = newest(asked.folder.resolve())
    mesh = known(root, environment, say)[asked.mesh or read_manifest(backup)["mesh"]]
    if asked.identity:
        keys = Keys(identity=asked.identity.read_text(encoding="utf-8"))
    else:
        file = asked.passphrase_file or mesh.passphrase_file()
        keys = Keys(passphrase=file.read_text(encoding="utf-8").strip() if file.is_file() else "")
    Backups(mesh, say=say).restore(backup, keys=keys, replace=asked.replace)
    if keys.passphrase and not mesh.passphrase_file().exists():
        write_private(mesh.passphrase_file(), keys.passphrase)
    return 0


def version_of(root: Path) -> str:
    """The checkout's commit, or "unknown" where git does not know it."""
    result = subprocess.run(
        ["git", "-C", str(root), "describe", "--always", "--dirty", "--tags"],
        check=False,
        capture_output=True,
        text=True,
    )
    return result.stdout.strip() or "unknown"


def _running(found: Mapping[str, LocalMesh | ComposeMesh]) -> Mesh:
    running = [mesh for mesh in found.values() if mesh.runs()]
    if len(running) != 1:
        raise OperationError("two_meshes" if running else "no_mesh")
    return running[0]


def _kept(asked: Namespace, mesh: Mesh, say: Say) -> str:
    """The passphrase that was named, or the mesh's own, made where there is none."""
    file: Path = asked.passphrase_file or mesh.passphrase_file()
    if not file.exists() and not asked.passphrase_file:
        write_private(file, secrets.token_urlsafe(32))
        say("new_passphrase", path=file)
    text = file.read_text(encoding="utf-8").strip() if file.is_file() else ""
    if not text:
        raise OperationError("no_key")
    return text
