"""`python -m evaluation.patches [--each N] [--seed N] [--why]`: what becomes of edits as models write them.

*Right*: the file is as it should be, byte for byte. *Refused*: nothing changed, and the reason is given.
*Wrong*: all else.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from difflib import unified_diff
from random import Random
from time import perf_counter

from app.core.frameworks import Frameworks
from app.features.patches.schemas import PatchRequest
from app.features.patches.service import PatchService
from app.packs.loader import PackLoader

from chassis.errors import ServiceError

from .cases import Case, cases
from .corpus import ROOT, corpus

_FORMS = ("edits", "json", "blocks", "diff")


def body_of(case: Case, form: str) -> dict[str, object]:
    """The request, with the edit written in one of the forms of engines' answers."""
    old, new = ("".join(f"{line}\n" for line in lines) for lines in (case.before, case.after))
    file: dict[str, object] = {"path": case.path, "content": case.file}
    if case.base is not None:
        import hashlib

        file["sha256"] = hashlib.sha256(case.base.encode()).hexdigest()
    bystander = {"path": "bystander.txt", "content": case.file}
    request: dict[str, object] = {"files": [file, bystander], "language": "en"}
    edit = {"path": case.path, "search": old, "replace": new}
    if form == "edits":
        return {**request, "edits": [edit]}
    if form == "json":
        return {**request, "answer": f"Here you are:\n```json\n{json.dumps({'edits': [edit]})}\n```"}
    if form == "blocks":
        return {**request, "answer": f"{case.path}\n<<<<<<< SEARCH\n{old}=======\n{new}>>>>>>> REPLACE\n"}
    hunk = list(unified_diff(case.before, case.after, n=99, lineterm=""))[2:]
    return {**request, "answer": "\n".join([f"--- a/{case.path}", f"+++ b/{case.path}", *hunk, ""])}


def outcome(service: PatchService, case: Case, form: str) -> tuple[str, str]:
    """`right`, `refused` or `wrong`, and why."""
    try:
        response = service.apply(PatchRequest.model_validate(body_of(case, form)))
    except ServiceError as error:
        return "refused", error.code
    files = {file.path: file.content for file in response.files}
    level = response.edits[0].matched
    if case.expected is not None and files == {case.path: case.expected}:
        return "right", level
    if level == "already_applied" and not files:
        return "refused", level
    return "wrong", f"{level}: {case.path} in the form {form}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=80, help="cases of each kind")
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--why", action="store_true", help="the levels and reasons of each kind")
    options = parser.parse_args()
    random = Random(options.seed)  # noqa: S311 - cases are to be the same again
    sources = corpus(random)
    service = PatchService(Frameworks(PackLoader([ROOT / "frameworks"])))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    wrong: list[str] = []
    times: list[float] = []
    for name, case in cases(sources, random, each=options.each):
        started = perf_counter()
        result, why = outcome(service, case, random.choice(_FORMS))
        times.append(perf_counter() - started)
        counts[name][result] += 1
        reasons[name][why] += 1
        if result == "wrong":
            wrong.append(f"{name}: {why}\n  {case.before}\n  {case.after}")
    report(counts, reasons if options.why else {}, times, len(sources))
    print("\n".join(wrong[:20]))
    return 1 if wrong else 0


def report(counts: dict[str, Counter[str]], reasons: dict[str, Counter[str]], times: list[float], files: int) -> None:
    total: Counter[str] = Counter()
    print(f"| {'edit':<24} | cases | right | refused | wrong |\n|---|---|---|---|---|")
    for name, found in counts.items():
        total += found
        print(f"| {name:<24} | {found.total()} | {found['right']} | {found['refused']} | {found['wrong']} |")
        for why, count in reasons.get(name, Counter()).most_common():
            print(f"|   {why[:60]} | {count} |")
    print(f"| {'all':<24} | {total.total()} | {total['right']} | {total['refused']} | {total['wrong']} |")
    ordered = sorted(times)
    print(f"\n{files} files; an edit takes {1000 * ordered[len(ordered) // 2]:.1f} ms (p50), "
          f"{1000 * ordered[-1]:.0f} ms at most.")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
