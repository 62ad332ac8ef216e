"""Training data as lines of JSON: consent, good records alone, scrubbed, no sample twice, a stable split."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from .duplicates import Duplicates
from .samples import Drawn, Kind, samples_of

Consent = Literal["asked", "assumed"]
Split = Literal["train", "test", "all"]
BUILTIN = "builtin"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records and samples. `rating`: the lowest; what nobody rated counts where it was accepted."""

    kind: Kind = "sft"
    split: Split = "all"
    framework: str | None = None
    task: str | None = None
    model: str | None = None
    rating: int | None = None
    builtin: bool = True


@dataclass(slots=True)
class Tally:
    """What an export came to."""

    records: int = 0
    samples: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    scrubbed: Counter[str] = field(default_factory=Counter)
    splits: Counter[str] = field(default_factory=Counter)


async def exported(
    records: AsyncIterator[Mapping[str, Any]], wanted: Wanted, consent: Consent, tally: Tally
) -> AsyncIterator[bytes]:
    """Lines of JSON, in the records' order: of two alike the first stays, so the better records come first."""
    duplicates = Duplicates()
    async for record in records:
        tally.records += 1
        for line in await asyncio.to_thread(_lines, record, wanted, consent, duplicates, tally):
            yield line


def _lines(
    record: Mapping[str, Any], wanted: Wanted, consent: Consent, duplicates: Duplicates, tally: Tally
) -> list[bytes]:
    """A record's lines; it takes milliseconds of a processor, so it runs beside the event loop."""
    reason = refusal(record, wanted, consent)
    if reason is not None:
        tally.refused[reason] += 1
        return []
    samples = list(samples_of(record, wanted.kind))
    if not samples and record.get("example_withdrawn"):
        tally.refused["example_withdrawn"] += 1
    lines = [_line(drawn, wanted, duplicates, tally) for drawn in samples]
    return [line for line in lines if line is not None]


def refusal(record: Mapping[str, Any], wanted: Wanted, consent: Consent) -> str | None:
    """Why nothing is learnt from a record; None where it may be."""
    feedback = record.get("feedback") or {}
    said = feedback.get("consent")
    reasons = {
        "no_consent": said is False or (said is None and consent == "asked"),
        "not_successful": record["status"] not in {"completed", "applied"},
        **_badly_rated(feedback, wanted),
        "other_framework": wanted.framework not in {None, record.get("framework")},
        "other_model": wanted.model not in {None, record.get("engine"), record.get("engine_model")},
        "builtin": not wanted.builtin and record.get("engine") == BUILTIN,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _badly_rated(feedback: Mapping[str, Any], wanted: Wanted) -> dict[str, bool]:
    """A rating below the bar; with a bar, also what was neither rated nor taken over."""
    rating = feedback.get("rating")
    silent = rating is None and not feedback.get("accepted")
    return {
        "rated_low": rating is not None and rating < (wanted.rating or _WORST),
        "not_rated": wanted.rating is not None and silent,
    }


_WORST = 3
"""What was rated lower is no example, whatever else is asked for."""


def _line(drawn: Drawn, wanted: Wanted, duplicates: Duplicates, tally: Tally) -> bytes | None:
    """The sample's line; None where it is filtered out or was there before.

    Duplicates are found before the split is chosen: each half of an export is the same as in the whole.
    """
    if wanted.task is not None and drawn.sample["task"] != wanted.task:
        return None
    if duplicates.seen(drawn.own):
        tally.refused["duplicate"] += 1
        return None
    tally.scrubbed.update(drawn.found)
    sample = drawn.sample
    if wanted.split not in {"all", sample["split"]}:
        return None
    tally.samples += 1
    tally.splits[sample["split"]] += 1
    return orjson.dumps(sample, option=orjson.OPT_APPEND_NEWLINE)
