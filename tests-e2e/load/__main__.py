"""`python -m load --profile steady`: runs a profile, writes its report, and fails where a limit is broken.

Without --url it starts a mesh of its own. The profile `target` is 100 searches and 10 generations a second.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from load.profiles import PROFILES
from load.report import Figures, compared, read_figures, said, write_comparison
from support.mesh import ROOT, Mesh, free_port_base

TARGET, TIMES = "target", "times.json"
TARGET_SEARCH_P95_MS = 100.0
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Aim:
    """Where the load goes; `mesh` where it is ours, so that its processor time can be read."""

    url: str
    key: str
    mesh: Mesh | None = None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", choices=[*PROFILES, TARGET], default="smoke")
    parser.add_argument("--url", help="a running gateway; its key in FRAMEWRIGHT_KEY")
    parser.add_argument("--model", default="", help="the engine to ask for; else the mesh's default")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "load", help="where reports are kept")
    parser.add_argument("--seconds", type=float, default=600, help="of the target run")
    parser.add_argument("--warm-up", type=float, default=60, help="seconds before it that are not counted")
    parser.add_argument("--searches", type=float, default=100, help="a second, of the target run")
    parser.add_argument("--generations", type=float, default=10, help="a second, of the target run")
    parser.add_argument("--fresh", action="store_true", help="no two queries of the target run are alike")
    arguments = parser.parse_args()
    folder = arguments.out / arguments.profile / time.strftime("%Y%m%d-%H%M%S")
    last = _last(folder.parent)
    folder.mkdir(parents=True)
    load_before = os.getloadavg()[0]
    with _aim(arguments.url) as aim:
        before = cpu_s(aim.mesh)
        started = time.monotonic()
        subprocess.run(_command(arguments, aim, folder), env=_environment(arguments, aim, folder), check=False)
        took = time.monotonic() - started
        cores = (cpu_s(aim.mesh) - before) / took
    figures = read_figures(folder)
    times = _exact(folder, figures)
    changes = compared(figures, read_figures(last) if last else None)
    against = f"{folder.name} beside {last.name}" if last else f"{folder.name}: the first run of this profile"
    write_comparison(folder, changes, against)
    print(f"\n{against}; load (1 min) before {load_before:.1f}, after {os.getloadavg()[0]:.1f}")
    print(said(changes))
    if times:
        print(f"different queries: {times['different_queries']:.0%} of all")
    if aim.mesh and times:
        print(f"the mesh took {cores:.2f} cores, the load generator {times['generator_cores']:.2f}")
    print(f"report: {folder / 'report.html'}")
    problems = _problems(arguments.profile, figures, arguments)
    print("\n".join(problems) if problems else "all limits kept")
    return int(bool(problems))


def _command(arguments: argparse.Namespace, aim: Aim, folder: Path) -> list[str]:
    file = "targetfile.py" if arguments.profile == TARGET else "locustfile.py"
    users = ["--users", "1", "--spawn-rate", "1"] if arguments.profile == TARGET else []
    return [
        sys.executable, "-m", "locust", "-f", str(_HERE / file), "--headless", "--only-summary", "--host", aim.url,
        "--html", str(folder / "report.html"), "--csv", str(folder / "run"), "--csv-full-history",
        "--loglevel", "WARNING", "--exit-code-on-error", "0", *users,
    ]  # fmt: skip


def _environment(arguments: argparse.Namespace, aim: Aim, folder: Path) -> dict[str, str]:
    return {
        **os.environ, "FRAMEWRIGHT_KEY": aim.key, "LOAD_PROFILE": arguments.profile, "LOAD_MODEL": arguments.model,
        "LOAD_SEARCHES": str(arguments.searches), "LOAD_GENERATIONS": str(arguments.generations),
        "LOAD_SECONDS": str(arguments.seconds), "LOAD_WARM_UP_S": str(arguments.warm_up),
        "LOAD_TIMES": str(folder / TIMES), "LOAD_FRESH": "1" if arguments.fresh else "",
    }  # fmt: skip


@contextmanager
def _aim(url: str | None) -> Iterator[Aim]:
    if url:
        yield Aim(url, os.environ["FRAMEWRIGHT_KEY"])
        return
    with tempfile.TemporaryDirectory() as folder:
        mesh = Mesh(Path(folder) / "state", free_port_base())
        try:
            mesh.start()
            yield Aim(mesh.url, mesh.key, mesh)
        finally:
            mesh.command("purge")


def cpu_s(mesh: Mesh | None) -> float:
    """Processor seconds of all processes of the mesh so far: they suffer least from what else runs here."""
    used = 0.0
    for mark in (mesh.record()["processes"] if mesh else {}).values():
        for process in (found := psutil.Process(mark["pid"]), *found.children(recursive=True)):
            times = process.cpu_times()
            used += times.user + times.system
    return used


def _exact(folder: Path, figures: Figures) -> dict[str, float]:
    """Puts the target run's own percentiles and counts in the place of locust's, whose last lines may be missing.

    Returns what it says beside them, if it ran.
    """
    file = folder / TIMES
    if not file.exists():
        return {}
    document = json.loads(file.read_text(encoding="utf-8"))
    for part in ("exact", "answered"):
        for name, own in document.pop(part).items():
            figures[name].update(own)
    return {name: float(value) for name, value in document.items()}


def _last(parent: Path) -> Path | None:
    runs = sorted(path for path in parent.glob("*") if (path / "run_stats.csv").exists())
    return runs[-1] if runs else None


def _problems(profile: str, figures: Figures, arguments: argparse.Namespace) -> list[str]:
    """What breaks a limit, in words."""
    everything = figures["Aggregated"]
    problems = []
    if everything["failures"]:
        problems.append(f"{everything['failures']:.0f} of {everything['requests']:.0f} requests failed")
    limit = TARGET_SEARCH_P95_MS if profile == TARGET else PROFILES[profile].search_p95_ms
    if (found := figures["search"]["p95_ms"]) > limit:
        problems.append(f"p95 of a search is {found:.0f} ms, more than {limit:.0f}")
    if profile == TARGET:
        for name, rate in (("search", arguments.searches), ("generate", arguments.generations)):
            asked, done = int(rate * arguments.seconds), figures.get(name, {}).get("requests", 0)
            if done < asked:
                problems.append(f"{done:.0f} of {asked} requests of {name} came to an end")
    return problems


if __name__ == "__main__":
    sys.exit(main())
