"""What each service takes: memory at rest and after work, processor time of a generation and of a search.

`make bench-sizing`. Processor time is what the kernel counts for the processes, so other work on the machine hardly
changes it; memory is PSS, which counts shared pages once.
"""

import argparse
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import httpx
import psutil

from support.api import Api
from support.mesh import Mesh, free_port_base, until

PROMPTS = ("Task 관리 화면 만들어줘", "사원 목록 조회 화면 만들어줘", "고객 등록 팝업이 있는 목록 화면")
QUERIES = ("그리드 행 추가", "dataset", "popup open", "버튼 이벤트", "validation", "날짜 형식")


@dataclass(frozen=True)
class Reading:
    """Seconds of processor time so far, and MiB."""

    cpu_s: float
    memory_mib: float


def read(mesh: Mesh) -> dict[str, Reading]:
    found = {}
    for name, mark in mesh.record()["processes"].items():
        process = psutil.Process(mark["pid"])
        family = [process, *process.children(recursive=True)]
        times = [one.cpu_times() for one in family]
        cpu = sum(one.user + one.system for one in times) + times[0].children_user + times[0].children_system
        found[name] = Reading(cpu, sum(one.memory_full_info().pss for one in family) / 2**20)
    return found


def spent(before: dict[str, Reading], after: dict[str, Reading], count: int) -> dict[str, float]:
    """Milliseconds of processor time for each of `count`."""
    return {name: 1000 * (after[name].cpu_s - before[name].cpu_s) / count for name in before}


def measure(generations: int, searches: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        mesh = Mesh(Path(folder) / "state", free_port_base())
        mesh.start()
        try:
            until(lambda: mesh.is_ready("embedding-service"), limit_s=120)
            headers = {"Authorization": f"Bearer {mesh.key}"}
            with httpx.Client(base_url=mesh.url, headers=headers, timeout=120, trust_env=False) as http:
                api = Api(http)
                for prompt in PROMPTS:
                    api.generate(prompt)
                time.sleep(5)
                rest = read(mesh)
                time.sleep(20)
                idle = read(mesh)
                for number in range(generations):
                    assert api.generate(PROMPTS[number % len(PROMPTS)])[-1]["type"] == "completed"
                generated = read(mesh)
                for number in range(searches):
                    query = {"query": f"{QUERIES[number % len(QUERIES)]} {number}"}
                    assert http.post("/api/v1/search", json=query).status_code == 200
                searched = read(mesh)
        finally:
            mesh.command("purge")
    return {
        "idle_ms_per_s": spent(rest, idle, 20),
        "generation_ms": spent(idle, generated, generations),
        "search_ms": spent(generated, searched, searches),
        "memory_mib": {name: one.memory_mib for name, one in idle.items()},
        "memory_after_mib": {name: one.memory_mib for name, one in searched.items()},
    }


def table(found: dict[str, dict[str, float]]) -> str:
    """As it stands in docs/operations/sizing.md."""
    rows = [
        "| service | memory at rest, MiB | after work, MiB | idle, ms CPU/s | a generation, ms CPU | a search, ms CPU |"
    ]
    rows.append("|---|---|---|---|---|---|")
    columns = ("memory_mib", "memory_after_mib", "idle_ms_per_s", "generation_ms", "search_ms")
    for name in sorted(found["memory_mib"]):
        memory, after, idle, generation, search = (found[column][name] for column in columns)
        rows.append(f"| {name} | {memory:.0f} | {after:.0f} | {idle:.1f} | {generation:.1f} | {search:.1f} |")
    sums = [sum(found[column].values()) for column in columns]
    rows.append(f"| all | {sums[0]:.0f} | {sums[1]:.0f} | {sums[2]:.1f} | {sums[3]:.1f} | {sums[4]:.1f} |")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--generations", type=int, default=60)
    parser.add_argument("--searches", type=int, default=300)
    parser.add_argument("--json", type=Path, help="where the figures go as well")
    asked = parser.parse_args()
    found = measure(asked.generations, asked.searches)
    if asked.json:
        asked.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    print(table(found))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
