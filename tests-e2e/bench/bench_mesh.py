"""Times of the mesh on this machine: the start of all and of each service, and prompt to completed. JSON to a file."""

import argparse
import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import httpx
import psutil

from support.api import Api
from support.mesh import Mesh, free_port_base
from support.prompts import PROMPTS

TARGETS = {
    "first_start_s": 12.0,
    "mesh_start_s": 12.0,
    "service_start_s": 1.0,
    "generation_p50_ms": 150.0,
    "generation_p95_ms": 400.0,
    "search_p95_ms": 30.0,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40, help="generations of each prompt")
    parser.add_argument("--out", type=Path, help="where the figures go as JSON")
    arguments = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        mesh = Mesh(Path(folder) / "state", free_port_base())
        try:
            figures = measured(mesh, arguments.rounds)
        finally:
            mesh.command("purge")
    print(f"load (1 min) before {load:.1f}, after {os.getloadavg()[0]:.1f}: only CPU times don't suffer from it")
    report(figures)
    if arguments.out:
        arguments.out.write_text(json.dumps(figures, indent=1))
    return 0


def measured(mesh: Mesh, rounds: int) -> dict[str, float]:
    figures = dict(zip(("first_start_s", "first_start_and_index_s"), started(mesh), strict=True))
    mesh.stop()
    figures |= dict(zip(("mesh_start_s", "mesh_start_and_index_s"), started(mesh), strict=True))
    figures |= {f"start_in_mesh_s.{name}": seconds for name, seconds in service_times(mesh.output).items()}
    headers = {"Authorization": f"Bearer {mesh.key}"}
    with httpx.Client(base_url=mesh.url, headers=headers, timeout=60, trust_env=False) as http:
        api = Api(http)
        for prompt in PROMPTS:
            api.generate(prompt)
        figures |= percentiles("generation", [timed(partial(api.generate, prompt)) for prompt in [*PROMPTS] * rounds])
        search = {"query": "그리드에서 수정하고 저장", "framework": "xframe5"}
        figures |= percentiles("search", [timed(lambda: http.post("/api/v1/search", json=search)) for _ in range(200)])
    for name in service_times(mesh.output):
        figures[f"service_start_s.{name}"], figures[f"service_start_cpu_s.{name}"] = alone(mesh, name)
    return figures


def started(mesh: Mesh) -> tuple[float, float]:
    """Seconds until all services were ready, and until `up` came back: the knowledge is indexed then."""
    at = time.monotonic()
    mesh.start()
    said = re.search(r"ready in ([0-9.]+) s", mesh.output)
    return float(said[1]) if said else float("nan"), time.monotonic() - at


def alone(mesh: Mesh, service: str) -> tuple[float, float]:
    """Wall and CPU seconds of one service's start to its readiness, while nothing else starts; the best of three."""
    times = []
    for _ in range(3):
        mesh.command("halt", service)
        while mesh.is_ready(service):
            time.sleep(0.01)
        mesh.command("release", service)
        at = time.monotonic()
        while not mesh.is_ready(service):
            time.sleep(0.01)
        wall = time.monotonic() - at
        used = psutil.Process(mesh.record()["processes"][service]["pid"]).cpu_times()
        times.append((wall, used.user + used.system))
    return min(wall for wall, _ in times), min(cpu for _, cpu in times)


def service_times(output: str) -> dict[str, float]:
    return {name: float(seconds) for name, seconds in re.findall(r"^  (\S+) +([0-9.]+) s  http", output, re.MULTILINE)}


def timed(work: Callable[[], object]) -> float:
    at = time.perf_counter()
    work()
    return (time.perf_counter() - at) * 1000


def percentiles(name: str, times_ms: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times_ms, n=100)
    return {f"{name}_p50_ms": cuts[49], f"{name}_p95_ms": cuts[94], f"{name}_p99_ms": cuts[98]}


def report(figures: dict[str, float]) -> None:
    """A line for each figure; where there is a target, the ratio to it (below 1 is better than asked)."""
    for name, value in figures.items():
        target = TARGETS.get(name, TARGETS.get(name.partition(".")[0]))
        if name.endswith("embedding-service"):
            target = None  # it loads its models
        print(f"{name:<40} {value:9.2f}" + (f"   target {target:g}, ratio {value / target:.2f}" if target else ""))


if __name__ == "__main__":
    sys.exit(main())
