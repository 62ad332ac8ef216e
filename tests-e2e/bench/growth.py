"""How one node grows by replicas: generations a second with one gateway and more, drawn as docs/images/growth.svg.

`make bench-growth` on a quiet machine. The engine is a paced one, so that a gateway waits for it as it would for a GPU:
what is measured is how many open generations a node carries, and what they cost it.
"""

import argparse
import json
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import httpx
import psutil

from support.api import GENERATIONS, Api
from support.engine import PacedEngine, paced_engine
from support.gateways import OwnProcess, spec_pieces
from support.mesh import ROOT, Mesh, free_port_base, until

ENGINE = "paced"
PROMPT = "Task 관리 화면 만들어줘"
PICTURE = ROOT / "docs" / "images" / "growth.svg"


@dataclass(frozen=True)
class Point:
    """One measurement: `cores` is how much of the processors all of the mesh took."""

    gateways: int
    callers: int
    per_s: float
    p95_s: float
    cores: float


def call_in_turns(urls: list[str], key: str, callers: int, seconds: float) -> list[float]:
    """Every caller orders, follows to the end, orders again; how long each generation took."""
    took: list[float] = []
    deadline = time.monotonic() + seconds

    def work(number: int) -> None:
        headers = {"Authorization": f"Bearer {key}"}
        with httpx.Client(base_url=urls[number % len(urls)], headers=headers, timeout=120, trust_env=False) as http:
            api = Api(http)
            while time.monotonic() < deadline:
                begun = time.monotonic()
                assert api.generate(PROMPT, model=ENGINE)[-1]["type"] == "completed"
                took.append(time.monotonic() - begun)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def processor_s(pids: list[int]) -> float:
    return sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in pids)


def measure(most: int, callers: int, seconds: float) -> list[Point]:
    points = []
    with tempfile.TemporaryDirectory() as folder, paced_engine() as engine:
        mesh = Mesh(Path(folder) / "state", free_port_base())
        mesh.start()
        more = [OwnProcess(mesh, mesh.port_base + 90 + n, Path(folder) / f"gateway-{n}.log") for n in range(most - 1)]
        try:
            prepare(mesh, engine)
            urls = [mesh.url]
            for count in range(1, most + 1):
                if count > 1:
                    more[count - 2].start()
                    urls.append(more[count - 2].url)
                pids = [int(mark["pid"]) for mark in mesh.record()["processes"].values()]
                pids += [one.pid for one in more[: count - 1]]
                before, begun = processor_s(pids), time.monotonic()
                took = sorted(call_in_turns(urls, mesh.key, callers, seconds))
                wall = time.monotonic() - begun
                cores = (processor_s(pids) - before) / wall
                points.append(Point(count, callers, len(took) / wall, took[int(len(took) * 0.95)], cores))
                print(points[-1], flush=True)
        finally:
            for one in more:
                one.stop()
            mesh.command("purge")
    return points


def prepare(mesh: Mesh, engine: PacedEngine) -> None:
    """The engine answers with the screen that the rules make, over two seconds."""
    with httpx.Client(base_url=mesh.url, headers={"Authorization": f"Bearer {mesh.key}"}, timeout=120) as http:
        api = Api(http)
        made = api.generate(PROMPT)[0]["generation_id"]
        document = http.get(f"{GENERATIONS}/{made}/spec").json()
        engine.pieces = spec_pieces(document.get("spec", document), 60)
        engine.pause_s = 2.0 / len(engine.pieces)
        body = {"id": ENGINE, "kind": "openai", "base_url": f"{engine.url}/v1", "model": "paced-7b"}
        assert http.post("/api/admin/engines", json=body).status_code == 201
        until(lambda: api.knows_engine(ENGINE), limit_s=30)


def drawn(points: list[Point]) -> str:
    """A picture of two lines: generations a second, and processors taken, over the number of gateways."""
    width, height, left, bottom = 640, 360, 60, 50
    most_rate = max(point.per_s for point in points) * 1.15
    most_cores = max(point.cores for point in points) * 1.4
    step = (width - 2 * left) / max(1, len(points) - 1)

    def line(values: list[float], most: float, colour: str) -> list[str]:
        places = [
            (left + n * step, height - bottom - value / most * (height - 2 * bottom)) for n, value in enumerate(values)
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in places]
        words = [
            f'<text x="{x:.1f}" y="{y - 10:.1f}" fill="{colour}" text-anchor="middle">{value:.2f}</text>'
            for (x, y), value in zip(places, values, strict=True)
        ]
        return [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>', *dots, *words]

    axis = [
        f'<text x="{left + n * step:.1f}" y="{height - bottom + 22}" text-anchor="middle">{point.gateways}</text>'
        for n, point in enumerate(points)
    ]
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif"',
        ' font-size="13">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        f'<text x="{left}" y="24" fill="#1f6feb">generations a second, {points[0].callers} callers</text>',
        f'<text x="{width - left}" y="24" fill="#b35900" text-anchor="end">processors taken by the mesh</text>',
        f'<line x1="{left}" y1="{height - bottom}" x2="{width - left}" y2="{height - bottom}" stroke="#888"/>',
        *axis,
        f'<text x="{width / 2}" y="{height - 8}" text-anchor="middle">gateways on one node</text>',
        *line([point.per_s for point in points], most_rate, "#1f6feb"),
        *line([point.cores for point in points], most_cores, "#b35900"),
        "</svg>\n",
    ])  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gateways", type=int, default=4)
    parser.add_argument("--callers", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--picture", type=Path, default=PICTURE)
    asked = parser.parse_args()
    points = measure(asked.gateways, asked.callers, asked.seconds)
    asked.picture.write_text(drawn(points), encoding="utf-8")
    print(json.dumps([asdict(point) for point in points], indent=1))


if __name__ == "__main__":
    main()
