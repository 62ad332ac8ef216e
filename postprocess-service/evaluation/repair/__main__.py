"""`python -m evaluation.repair`: what the repair makes of faulty answers, by kind, and of good ones."""

import argparse
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from app.core.frameworks import Frameworks
from app.packs.loader import PackLoader
from app.repair.runner import RepairRunner

from .corpus import cases, correct
from .judging import judge_sample
from .scoring import Case, repaired, verdict

PACKS = Path(__file__).parents[3] / "frameworks"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--framework", default="xframe5")
    parser.add_argument("--half", choices=("tuning", "held-out", "both"), default="both")
    parser.add_argument("--why", action="store_true", help="say why each answer was not mended")
    parser.add_argument(
        "--judge", type=int, default=0, metavar="N", help="let the framework's engine judge N mended answers"
    )
    arguments = parser.parse_args()
    frameworks = Frameworks(PackLoader([PACKS]))
    pack, runner = frameworks.get(arguments.framework), RepairRunner()
    chosen = [
        case for case in cases(frameworks) if arguments.half in {"both", "held-out" if case.held_out else "tuning"}
    ]
    results: list[tuple[Case, str]] = []
    mended = []
    took = []
    for case in chosen:
        started = time.perf_counter()
        files = repaired(case, pack, runner)
        took.append((time.perf_counter() - started) * 1000)
        word, why = verdict(case, files, pack)
        results.append((case, word))
        if word == "mended":
            mended.append((case, files))
        elif arguments.why:
            print(f"{word:8} {case.kind} {case.source}: {why}")
    _table(results)
    print(f"\nrepair: p50 {statistics.median(took):.1f} ms, longest {max(took):.1f} ms")
    changed = _changed(frameworks, runner)
    print(f"correct files changed: {changed[0]} of {changed[1]}")
    if arguments.judge:
        judge_sample(mended, arguments.judge)
    missed = sum(word == "missed" for _, word in results)
    return 1 if missed or changed[0] else 0


def _table(results: list[tuple[Case, str]]) -> None:
    kinds = list(dict.fromkeys(case.kind for case, _ in results))
    print(f"{'kind':28} {'mended':>7} {'flagged':>8} {'missed':>7}")
    for kind in kinds:
        count = Counter(word for case, word in results if case.kind == kind)
        print(f"{kind:28} {count['mended']:7} {count['flagged']:8} {count['missed']:7}")
    for half, name in ((False, "tuning half"), (True, "held-out half")):
        count = Counter(word for case, word in results if case.held_out == half)
        total = sum(count.values())
        if total:
            shares = ", ".join(
                f"{word} {count[word]} ({count[word] / total:.1%})" for word in ("mended", "flagged", "missed")
            )
            print(
                f"{name}: {total} answers of {len({c.kind for c, _ in results if c.held_out == half})} kinds: {shares}"
            )


def _changed(frameworks: Frameworks, runner: RepairRunner) -> tuple[int, int]:
    """Right files that the repair touched, of all; those are named. What it gives back is stable in any case."""
    pack = frameworks.get("xframe5")
    changed = total = 0
    for name, files in correct(frameworks).items():
        for given, got in zip(files, runner.run(files, pack, "en", strict=False), strict=True):
            if given.content != got.content:
                rules = ", ".join(sorted({note.rule for note in got.fixes}))
                print(f"changed: {name}/{given.path}: {rules}")
            changed += given.content != got.content
            total += 1
    return changed, total


if __name__ == "__main__":
    sys.exit(main())
