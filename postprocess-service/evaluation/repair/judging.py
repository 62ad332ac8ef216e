"""Lets the framework's own engine judge a sample of mended answers (see `evaluation.judge` for its settings)."""

import tempfile
from pathlib import Path

from app.repair.screens import RepairedFile

from ..judge import judge_or_none, judged
from .scoring import Case


def judge_sample(mended: list[tuple[Case, list[RepairedFile]]], count: int) -> None:
    """Prints how many of a sample spread over all kinds the engine accepts."""
    tools = judge_or_none()
    if tools is None:
        return
    first = {case.kind: (case, files) for case, files in reversed(mended)}
    sample = list(first.values())
    sample = sample[:: max(1, len(sample) // count)][:count]
    accepted = 0
    for case, files in sample:
        with tempfile.TemporaryDirectory() as scratch:
            for file in files:
                (Path(scratch) / file.path).write_bytes(file.content.encode())
            ok, why = judged(*tools, Path(scratch), "native", None)
        accepted += ok
        print(f"{'ok  ' if ok else 'FAIL'} {case.kind:28} {case.source} {why}", flush=True)
    print(f"{accepted} of {len(sample)} mended answers accepted by the engine")
