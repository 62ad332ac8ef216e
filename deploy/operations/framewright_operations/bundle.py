"""`bundle`: everything that a machine without a network needs, in one folder with checksums and its own installer.

bundle/
framewright.tar.gz     the checkout: services, packs, the console as it was built
wheels/                every Python package of this environment, models of embeddings and morphemes among them
images/*.tar           the containers' images, where Docker is here
models/                the engines' models, where a folder of them was named
SHA256SUMS  install.sh
"""

import io
import json
import shutil
import subprocess
import sys
import tarfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from .backup.mesh import run
from .backup.vault import digest
from .messages import OperationError, Say

SUMS = "SHA256SUMS"
INSTALLER = Path(__file__).with_name("install_bundle.sh")
_BUILD_TOOLS = ("pip", "setuptools", "wheel")
"""For the packages of the checkout itself, which are installed as they lie there."""
_BUILT = ("admin-service/console/dist",)
Call = Callable[..., str]


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, nargs="?", default=Path("bundle"))
    parser.add_argument("--images", choices=["auto", "no", "yes"], default="auto", help="auto: where Docker answers")
    parser.add_argument("--models", type=Path, help="a folder with the engines' models")
    parser.add_argument("--torch-index", default="", help="where torch without CUDA is")


def make(asked: Namespace, root: Path, environment: Mapping[str, str], say: Say, call: Call = run) -> int:
    """Makes the folder; one that is there already is refused."""
    started = time.monotonic()
    target: Path = asked.folder.resolve()
    if target.exists() and any(target.iterdir()):
        raise OperationError("bundle_exists", folder=target)
    target.mkdir(parents=True, exist_ok=True)
    pack_checkout(root, target / "framewright.tar.gz")
    say("step", name="checkout", seconds=time.monotonic() - started)
    _wheels(target / "wheels", asked.torch_index, call)
    say("step", name="wheels", seconds=time.monotonic() - started)
    if _wants_images(asked.images, root, environment, call):
        _images(target / "images", root, environment, call)
        say("step", name="images", seconds=time.monotonic() - started)
    if asked.models:
        shutil.copytree(asked.models, target / "models")
    shutil.copy(INSTALLER, target / "install.sh")
    files = sorted(path for path in target.rglob("*") if path.is_file())
    sums = "".join(f"{digest(path)}  {path.relative_to(target)}\n" for path in files)
    (target / SUMS).write_text(sums, encoding="utf-8")
    size = sum(path.stat().st_size for path in files)
    say("bundled", folder=target, megabytes=size / 1e6, files=len(files))
    return 0


def pack_checkout(root: Path, target: Path) -> None:
    """What git follows, as it lies here, and what was built of it."""
    listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], check=False, capture_output=True)
    if listed.returncode:
        raise OperationError("command_failed", command="git ls-files", tail=listed.stderr.decode(errors="replace"))
    names = [name for name in listed.stdout.decode().split("\0") if name]
    built = [path for folder in _BUILT for path in (root / folder).rglob("*") if path.is_file()]
    with tarfile.open(target, "w:gz", compresslevel=6) as archive:
        for path in [*(root / name for name in names), *built]:
            if path.exists():
                archive.add(path, f"framewright/{path.relative_to(root)}", recursive=False)


def frozen(text: str) -> list[str]:
    """The packages of `pip list --format json`, but those that lie in the checkout itself."""
    packages = json.loads(text)
    return [f"{one['name']}=={one['version']}" for one in packages if not one.get("editable_project_location")]


def _wheels(target: Path, torch_index: str, call: Call) -> None:
    """Exactly what this environment has: what was tested is what is installed."""
    target.mkdir()
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    wanted = frozen(call([*pip, "list", "--format", "json"]))
    have = {one.partition("==")[0].lower() for one in wanted}
    wanted += [name for name in _BUILD_TOOLS if name not in have]
    (target / "packages.txt").write_text("\n".join(wanted) + "\n", encoding="utf-8")
    index = ["--extra-index-url", torch_index] if torch_index else []
    call([*pip, "download", "-q", "--no-deps", "-d", str(target), "-r", str(target / "packages.txt"), *index])


def _wants_images(choice: str, root: Path, environment: Mapping[str, str], call: Call) -> bool:
    if choice == "no":
        return False
    try:
        call(["docker", "compose", "version"], cwd=root, environment=environment)
        call(["docker", "version"], cwd=root, environment=environment)
    except (OperationError, OSError):
        if choice == "yes":
            raise
        return False
    return True


def _images(target: Path, root: Path, environment: Mapping[str, str], call: Call) -> None:
    """Ours are built, the others fetched; one file each."""
    target.mkdir()

    def compose(*arguments: str) -> str:
        return call(["docker", "compose", *arguments], cwd=root, environment=environment)

    compose("build", "--quiet")
    compose("pull", "--quiet", "--ignore-buildable")
    for image in sorted(set(compose("config", "--images").split())):
        name = image.replace("/", "_").replace(":", "_")
        call(["docker", "save", "-o", str(target / f"{name}.tar"), image], environment=environment)


def verify(folder: Path) -> Iterator[str]:
    """The files that are not what `SHA256SUMS` says."""
    for line in io.StringIO((folder / SUMS).read_text(encoding="utf-8")):
        expected, name = line.rstrip("\n").split("  ", 1)
        path = folder / name
        if not path.is_file() or digest(path) != expected:
            yield name
