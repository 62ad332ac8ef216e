"""Installs Framewright into .venv, with nothing but Python: a line for each step, skipped when nothing changed."""

import argparse
import hashlib
import json
import os
import runpy
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "framewright-setup.json"
LOG = ROOT / ".framewright" / "logs" / "setup.log"
EDITABLE = ("libs/chassis", "libs/screenspec", "client")
REACHABLE_WITHIN_S = 2.0
HEARTBEAT_S = 10.0
OLDEST_PYTHON = (3, 11)


class SetupError(Exception):
    """A step failed; the message says what to do."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="the tools for tests and checks too")
    parser.add_argument("--torch-index", default="", help="index with a build of torch without CUDA")
    arguments = parser.parse_args()
    try:
        set_up(dev=arguments.dev, torch_index=arguments.torch_index)
    except SetupError as error:
        print(f"setup failed: {error}", file=sys.stderr)
        return 1
    return 0


def set_up(*, dev: bool, torch_index: str) -> None:
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}: make PYTHON=python3.11 …")
    wanted = {"runtime": fingerprint(runtime_files())}
    if dev:
        wanted["dev"] = fingerprint([ROOT / "requirements-dev.txt", ROOT / "constraints.txt"])
    done = read_stamp()
    if all(done.get(key) == value for key, value in wanted.items()):
        return
    started = time.monotonic()
    print(f"Installing into {VENV.relative_to(ROOT)} (details: {LOG.relative_to(ROOT)})", flush=True)
    LOG.parent.mkdir(parents=True, exist_ok=True)
    LOG.write_text("", encoding="utf-8")
    if done.get("place") != str(ROOT):
        step("virtual environment", make_venv)
    if done.get("runtime") != wanted["runtime"]:
        STAMP.unlink(missing_ok=True)
        step("torch (CPU)", lambda: install_torch(torch_index))
        step("Framewright's packages", install_runtime)
        warn_of_cuda()
        done = {"place": str(ROOT), "runtime": wanted["runtime"]}
        write_stamp(done)
    if dev and done.get("dev") != wanted["dev"]:
        step("tools for tests and checks", install_dev)
        write_stamp({**done, **wanted})
    print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)


def step(title: str, work: Callable[[], str]) -> None:
    """Runs one step and prints one line about it."""
    started = time.monotonic()
    if not sys.stdout.isatty():
        print(f"  {title} …", flush=True)
    outcome = work()
    print(f"\r\033[K  {title}: {outcome}" if sys.stdout.isatty() else f"  {title}: {outcome}", end="")
    print(f" ({time.monotonic() - started:.1f} s)", flush=True)


def make_venv() -> str:
    """A new environment where there is none that works at this place."""
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-m", "pip", "--version"], check=False, capture_output=True).returncode == 0
    ):
        return "there already"
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.run([sys.executable, "-m", "venv", VENV], check=False, capture_output=True).returncode == 0:
        return "made"
    # Debian and Ubuntu leave ensurepip out of their Python; the system's pip can serve the environment then.
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", VENV], check=False, capture_output=True)
    pip = [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "pip"]
    if subprocess.run(pip, check=False, capture_output=True).returncode:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetupError(f"this Python can't make environments: sudo apt install python{version}-venv")
    return "made with the system's pip"


def install_torch(index: str) -> str:
    """The pinned torch from the index of builds without CUDA, or from wherever pip is configured to look."""
    pinned = pin_of("torch")
    if installed_version("torch").split("+")[0] == pinned:
        return f"{pinned} is there"
    if index and reachable(f"{index.rstrip('/')}/torch/"):
        pip(["--no-deps", "--index-url", index, f"torch=={pinned}"])
        return f"{pinned} from {index}"
    pip(["-c", str(ROOT / "constraints.txt"), f"torch=={pinned}"])
    return f"{pinned} from pip's own index"


def install_runtime() -> str:
    requirements = [option for path in requirement_files() for option in ("-r", str(path))]
    editable = [option for name in EDITABLE if (ROOT / name).exists() for option in ("-e", str(ROOT / name))]
    return pip(["-c", str(ROOT / "constraints.txt"), *requirements, *editable])


def install_dev() -> str:
    return pip(["-c", str(ROOT / "constraints.txt"), "-r", str(ROOT / "requirements-dev.txt")])


def pip(arguments: list[str]) -> str:
    """Runs `pip install`; shows what it is at, and keeps its output in the log. Returns how many packages came."""
    command = [
        str(PYTHON),
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        "install",
        "--progress-bar",
        "off",
    ]
    with LOG.open("a", encoding="utf-8") as log:
        process = subprocess.Popen(
            [*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
        )
        installed = 0
        for line in watched(process.stdout or ()):
            log.write(line)
            if line.startswith("Successfully installed"):
                installed = len(line.split()) - 2
        if process.wait():
            tail = "".join(LOG.read_text(encoding="utf-8").splitlines(keepends=True)[-5:])
            raise SetupError(f"pip could not install; the end of {LOG.relative_to(ROOT)}:\n{tail}")
    return f"{installed} packages" if installed else "all there"


def watched(lines: Iterable[str]) -> Iterator[str]:
    """Passes pip's lines on, and shows the running one: in place on a terminal, else now and then."""
    shown = time.monotonic()
    for line in lines:
        text = line.strip()
        if text.startswith(("Collecting", "Downloading", "Installing", "Building", "Preparing", "Obtaining")):
            if sys.stdout.isatty():
                width = shutil.get_terminal_size().columns - 8
                print(f"\r\033[K    {text[:width]}", end="", flush=True)
            elif time.monotonic() - shown > HEARTBEAT_S:
                shown = time.monotonic()
                print(f"    {text[:100]}", flush=True)
        yield line


def warn_of_cuda() -> None:
    """A torch with CUDA is gigabytes that nothing here needs: say so."""
    found = sorted(VENV.glob("lib/python*/site-packages/torch/version.py"))
    if found and runpy.run_path(str(found[0])).get("cuda"):
        print("  warning: this torch carries CUDA. Set TORCH_INDEX to an index with CPU builds,", file=sys.stderr)
        print("  remove .venv and run `make setup` again, to save several gigabytes.", file=sys.stderr)


def reachable(url: str) -> bool:
    if not url.startswith("https://"):
        return False
    try:
        request = urllib.request.Request(url, method="HEAD")  # noqa: S310 - https, looked at above
        with urllib.request.urlopen(request, timeout=REACHABLE_WITHIN_S):  # noqa: S310 - as above
            return True
    except OSError:
        return False


def installed_version(package: str) -> str:
    found = sorted(VENV.glob(f"lib/python*/site-packages/{package}-*.dist-info"))
    return found[0].name.removesuffix(".dist-info").partition("-")[2] if found else ""


def pin_of(package: str) -> str:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        name, _, version = line.partition("==")
        if name == package:
            return version
    raise SetupError(f"constraints.txt pins no {package}")


def requirement_files() -> list[Path]:
    deploy = [ROOT / "deploy" / name / "requirements.txt" for name in ("local", "operations")]
    return [*sorted(ROOT.glob("*/requirements.txt")), *deploy]


def runtime_files() -> list[Path]:
    editable = [path for name in EDITABLE if (path := ROOT / name / "pyproject.toml").exists()]
    return [ROOT / "constraints.txt", *requirement_files(), *editable]


def fingerprint(paths: list[Path]) -> str:
    """A digest of the files, of where the checkout lies (an environment can't be moved) and of the Python used."""
    digest = hashlib.sha256(f"{ROOT}\0{os.path.realpath(sys.executable)}\0".encode())
    for path in paths:
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def read_stamp() -> dict[str, str]:
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError):
        return {}
    return stamp if stamp.get("place") == str(ROOT) and PYTHON.exists() else {}


def write_stamp(stamp: dict[str, str]) -> None:
    STAMP.write_text(json.dumps(stamp, indent=1), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
