"""`python -m evaluation.bench`: how long emission and repair take, beside reading the same files; the worst inputs."""

import argparse
import gc
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.checks.files import SourceFile
from app.checks.script_facts import parse_script
from app.checks.xml_facts import parse_xml
from app.core.frameworks import Frameworks
from app.features.analysis.schemas import AnalysisRequest
from app.features.analysis.service import AnalysisService
from app.features.emission.schemas import ArtifactsRequest
from app.features.emission.service import EmissionService
from app.packs.loader import PackLoader
from app.repair.runner import RepairRunner

from chassis.errors import ServiceError
from chassis.server import GC_THRESHOLD

from ..repair.mutations import MUTATIONS
from ..repair.scoring import plain
from ..screens.models import all_models
from ..screens.specs import build
from .hostile import answers, markup, scripts, tables

SERVICE = Path(__file__).parents[2]
FAULTS = 10
EMISSION_MS, REPAIR_MS, WORST_S = 5.0, 30.0, 2.0
BLOCKS = 10
FRAMEWORK = "xframe5"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=6, help="of each block")
    parser.add_argument("--no-hostile", action="store_true")
    arguments = parser.parse_args()
    frameworks = Frameworks(PackLoader([SERVICE.parent / "frameworks"]))
    _as_the_service_does(frameworks)
    good = [_emission(frameworks, arguments.rounds), _repair(frameworks, arguments.rounds)]
    if not arguments.no_hostile:
        good.append(_hostile(frameworks))
    return 0 if all(good) else 1


def _as_the_service_does(frameworks: Frameworks) -> None:
    """Collections as the service has them: seldom, and never of what it keeps (`chassis.server`, `Context.warm`)."""
    for name in frameworks.names():
        frameworks.renderer(frameworks.get(name))
    gc.set_threshold(GC_THRESHOLD, 10, 10)
    gc.collect()
    gc.freeze()


def _timed(work: Callable[..., object], *given: object) -> float:
    """Milliseconds of this process's own time: what else the machine does is not in it."""
    started = time.process_time()
    work(*given)
    return (time.process_time() - started) * 1000


@dataclass(frozen=True, slots=True)
class Block:
    """Times of some rounds that followed one another, in milliseconds, and of only reading the same files."""

    took: list[float]
    read: list[float]

    @property
    def p50(self) -> float:
        return statistics.median(self.took)


def _said(name: str, blocks: list[Block], limit: float) -> bool:
    """The quietest block is the program's own time: what the machine does besides only adds to it, seconds long."""
    quiet, *noisier = sorted(blocks, key=lambda block: block.p50)
    ninety_five = sorted(quiet.took)[int(len(quiet.took) * 0.95)]
    others = ", ".join(f"{block.p50:.2f}" for block in noisier)
    print(
        f"{name}: p50 {quiet.p50:.2f} ms, p95 {ninety_five:.2f} ms in the quietest of {len(blocks)} blocks "
        f"(p50 of the others {others} ms); {quiet.p50 / statistics.median(quiet.read):.1f} times as long as only "
        f"reading the same files; limit {limit:.0f} ms"
    )
    return quiet.p50 <= limit


def _emission(frameworks: Frameworks, rounds: int) -> bool:
    service = EmissionService(frameworks)
    specs = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(SERVICE.glob("tests/fixtures/*.json"))]
    requests = [ArtifactsRequest(spec=spec, framework=spec["framework"]) for spec in specs]
    emitted = [service.create(request).artifacts for request in requests]
    files = [[SourceFile(item.path, item.language, item.content) for item in artifacts] for artifacts in emitted]
    blocks = [
        Block(
            [_timed(service.create, item) for _ in range(rounds) for item in requests],
            [_timed(_read, item) for _ in range(rounds) for item in files],
        )
        for _ in range(BLOCKS)
    ]
    return _said("emission of a screen, checks included", blocks, EMISSION_MS)


def _read(files: list[SourceFile]) -> None:
    for file in files:
        if file.language == "javascript":
            parse_script(file.content)
        elif file.language == "xml":
            parse_xml(file.content)


def _repair(frameworks: Frameworks, rounds: int) -> bool:
    """An answer of 600 lines with ten faults, drawn anew for each run."""
    service, runner = EmissionService(frameworks), RepairRunner()
    pack = frameworks.get(FRAMEWORK)
    model = next(item for item in all_models() if item.name == "size_40")
    request = ArtifactsRequest(spec=build(model, "list_popup", "deletable"), framework=FRAMEWORK)
    good = [
        SourceFile(item.path, item.language, plain(item.content))
        for item in service.create(request).artifacts
        if item.language in {"xml", "javascript"}
    ]
    chance = random.Random(1)  # noqa: S311 - the same faults every time
    blocks = [Block([], []) for _ in range(BLOCKS)]
    for block in blocks:
        for _ in range(rounds * 3):
            faulty = _with_faults(good, chance)
            block.read.append(_timed(_read_broken, faulty))
            block.took.append(_timed(partial(runner.run, strict=False), faulty, pack, "en"))
    lines = sum(file.content.count("\n") for file in good)
    return _said(f"repair of {lines} lines with {FAULTS} faults", blocks, REPAIR_MS)


def _with_faults(good: list[SourceFile], chance: random.Random) -> list[SourceFile]:
    """The files with faults of so many kinds."""
    files, made = list(good), 0
    for mutation in chance.sample(MUTATIONS, len(MUTATIONS)):
        for index, file in enumerate(files):
            changed = mutation.apply(file.content) if file.language == mutation.language else None
            if changed is not None:
                files[index] = SourceFile(file.path, file.language, changed)
                made += 1
                break
        if made == FAULTS:
            break
    return files


def _read_broken(files: list[SourceFile]) -> None:
    for file in files:
        if file.language == "javascript":
            parse_script(file.content)


def _hostile(frameworks: Frameworks) -> bool:
    worst: list[tuple[float, str]] = []
    for name, work in _attacks(frameworks):
        started = time.perf_counter()
        work()
        worst.append((time.perf_counter() - started, name))
    worst.sort(reverse=True)
    print(
        f"{len(worst)} hostile inputs of up to a megabyte: longest {worst[0][0]:.2f} s ({worst[0][1]}), "
        f"limit {WORST_S:.0f} s"
    )
    for seconds, name in worst[1:6]:
        print(f"  {seconds:.2f} s  {name}")
    return worst[0][0] <= WORST_S


def _attacks(frameworks: Frameworks) -> Iterator[tuple[str, Callable[[], object]]]:
    analysis, emission = AnalysisService(frameworks), EmissionService(frameworks)
    for mode in ("spec", "direct", "auto"):
        for name, text in answers():
            request = AnalysisRequest.model_validate({"answer": text, "mode": mode, "framework": FRAMEWORK})
            yield f"analysis ({mode}) of {name}", partial(analysis.analyse, request)
    kinds = {"A.xml": markup, "A.js": scripts, "a.sql": tables}
    languages = {"A.xml": "xml", "A.js": "javascript", "a.sql": "sql"}
    for path, made in kinds.items():
        for name, text in made():
            file = {"path": path, "language": languages[path], "content": text}
            asked = ArtifactsRequest.model_validate({"files": [file], "framework": FRAMEWORK})
            yield f"repair of {languages[path]}: {name}", partial(_answered, emission, asked)


def _answered(service: EmissionService, request: ArtifactsRequest) -> None:
    try:
        service.create(request)
    except ServiceError:
        return


if __name__ == "__main__":
    sys.exit(main())
