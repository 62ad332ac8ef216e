"""`python -m evaluation.screens`: every pattern, option and data model; with the engine at hand, some of them judged.

The sample has every pattern with each of its options at least once, over data models drawn by the seed.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from app.core.frameworks import Frameworks
from app.features.emission.service import EmissionService
from app.packs.loader import PackLoader

from ..judge import PORTLETS, judge_or_none, judged
from .models import all_models
from .scoring import Case, Scored, score, write
from .specs import cases

HERE = Path(__file__).parents[2]
_SHOWN = 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packs", type=Path, default=HERE.parent / "frameworks")
    parser.add_argument("--judge", type=int, default=0, metavar="N", help="let the engine judge N screens (-1: all)")
    parser.add_argument("--portlets", nargs="*", choices=PORTLETS, default=["native"], help="ways of loading popups")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pictures", type=Path, help="a folder for a picture of each screen that is judged")
    arguments = parser.parse_args()
    service = EmissionService(Frameworks(PackLoader([arguments.packs])))
    scored = _all(service)
    clean = _report(scored)
    tools = judge_or_none() if arguments.judge else None
    if tools is None:
        return 0 if clean else 1
    sample = _sample(scored, arguments.judge, arguments.seed)
    accepted = _judge(sample, tools, arguments.portlets, arguments.pictures)
    return 0 if clean and accepted else 1


def _all(service: EmissionService) -> list[Scored]:
    wanted = [Case(model, *case) for model in all_models() for case in cases()]
    took: list[float] = []
    scored: list[Scored] = []
    for case in wanted:
        started = time.perf_counter()
        scored.append(score(case, service))
        took.append((time.perf_counter() - started) * 1000)
    print(f"{len(wanted)} screens in {sum(took) / 1000:.1f} s, checked: p50 {statistics.median(took):.1f} ms")
    return scored


def _report(scored: list[Scored]) -> bool:
    """Whether all are clean; says by pattern and option how many are not."""
    faulty = [item for item in scored if item.found]
    by_case = Counter((item.case.pattern, item.case.option) for item in faulty)
    total = Counter((item.case.pattern, item.case.option) for item in scored)
    for pair, count in total.items():
        print(f"  {pair[0]:14} {pair[1]:10} {count - by_case[pair]:3} of {count} clean")
    for item in faulty[:_SHOWN]:
        print(f"FAULT {item.case.name}: {'; '.join(item.found[:3])}")
    print(f"{len(scored) - len(faulty)} of {len(scored)} clean by our own checks")
    return not faulty


def _sample(scored: list[Scored], count: int, seed: int) -> list[Scored]:
    if count < 0 or count >= len(scored):
        return scored
    chance = random.Random(seed)  # noqa: S311 - a repeatable sample
    shuffled = chance.sample(scored, len(scored))
    first = {(item.case.pattern, item.case.option): item for item in shuffled}
    rest = [item for item in shuffled if item not in first.values()]
    return [*first.values(), *rest][:count]


def _judge(sample: list[Scored], tools: tuple[str, Path], portlets: list[str], pictures: Path | None) -> bool:
    """Whether the engine accepts at least 99 of 100; each that it does not is said."""
    accepted = 0
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for item in sample:
            folder = write(item, Path(scratch))
            for portlet in portlets:
                picture = pictures / f"{item.case.name}.png" if pictures else None
                ok, why = judged(*tools, folder, portlet, picture)
                accepted += ok
                print(f"{'ok  ' if ok else 'FAIL'} {item.case.name:44} {portlet:6} {why}", flush=True)
    runs = len(sample) * len(portlets)
    print(f"{accepted} of {runs} accepted by the engine ({100 * accepted / max(runs, 1):.1f} %)")
    return accepted >= 0.99 * runs


if __name__ == "__main__":
    sys.exit(main())
