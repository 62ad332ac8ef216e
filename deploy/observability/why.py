"""Why was this slow? The lines of one trace, in the order in which their requests began: when, where, how long.

`docker compose logs --no-log-prefix | python deploy/observability/why.py TRACE_ID`, or with files of logs.
The longest bar that has none below it is the answer.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

_BAR = 40
_FACTS = (
    "engine", "model", "outcome", "first_ms", "waited_ms", "degraded", "prompt_tokens", "completion_tokens", "reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a log: it was written at the end of a request of `ms` (0 where it is none). Times in milliseconds."""

    begun: float
    ms: float
    service: str
    what: str
    facts: str


def steps(lines: Iterable[str], trace_id: str) -> list[Step]:
    return sorted((_step(line) for line in _of_trace(lines, trace_id)), key=lambda step: (step.begun, -step.ms))


def _of_trace(lines: Iterable[str], trace_id: str) -> Iterator[dict[str, Any]]:
    for line in lines:
        if trace_id not in line:
            continue
        try:
            document = json.loads(line[line.index("{") :])
        except ValueError:
            continue
        if isinstance(document, dict) and document.get("trace_id") == trace_id:
            yield document


def _step(line: dict[str, Any]) -> Step:
    ended = datetime.fromisoformat(line["timestamp"]).timestamp() * 1000
    ms = float(line.get("ms") or 0)
    request = line.get("event") == "request"
    what = f"{line.get('method')} {line.get('path')} {line.get('status')}" if request else str(line.get("event"))
    facts = "  ".join(f"{name}={line[name]}" for name in _FACTS if line.get(name) not in {None, False, ""})
    return Step(ended - ms, ms, str(line.get("service")), what, facts)


def drawn(found: list[Step]) -> Iterator[str]:
    """A line for each step: seconds from the start, service, what, milliseconds, a bar to scale, and what is known."""
    start = min(step.begun for step in found)
    whole = max(step.begun + step.ms for step in found) - start or 1.0
    for step in found:
        left = int((step.begun - start) / whole * _BAR)
        length = max(1, round(step.ms / whole * _BAR))
        bar = (" " * left + "█" * length)[: _BAR + 1]
        at = f"{(step.begun - start) / 1000:7.3f}"
        yield f"{at}  {step.service:<20} {step.what:<38} {step.ms:9.1f} ms  {bar:<{_BAR + 1}} {step.facts}".rstrip()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trace_id", help="of the header X-Trace-Id, of a problem, or of a log line")
    parser.add_argument("logs", nargs="*", type=Path, help="files with logs; else standard input")
    given = parser.parse_args(arguments)
    texts = (path.read_text(encoding="utf-8", errors="replace").splitlines() for path in given.logs)
    found = steps(chain.from_iterable(texts) if given.logs else sys.stdin, given.trace_id)
    if not found:
        print(f"No line of these logs has the trace {given.trace_id}.", file=sys.stderr)
        return 1
    print("\n".join(drawn(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
