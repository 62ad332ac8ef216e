"""The generation log as the other services read it."""

from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Any

from chassis.errors import FieldError, InvalidInput, NotFound

from ...storage.events import EventStore
from ...storage.generations import GenerationStore
from ...storage.identifiers import is_id
from ...storage.measures import MeasureStore
from ...storage.records import GenerationFilter, GenerationSummary
from .schemas import GenerationRecord

_BUCKETS = 1_000
_DAYS = 400
_LINES = 50_000
_EMPTY = {
    **dict.fromkeys(
        ("generations", "completed", "failed", "cancelled", "degraded", "prompt_tokens", "completion_tokens"), 0
    ),
    **dict.fromkeys(("p50_ms", "p95_ms", "engine_p50_ms")),
}
_NOT_COLUMNS = {"events", "stages"}


class LogService:
    def __init__(self, *, generations: GenerationStore, events: EventStore) -> None:
        self._generations = generations
        self._events = events

    async def page(self, wanted: GenerationFilter) -> tuple[list[GenerationSummary], str | None]:
        """Anybody's generations, newest first, and the cursor of the next page."""
        found = await self._generations.list(wanted)
        page = found[: wanted.limit]
        return page, page[-1].id if len(found) > wanted.limit else None

    async def record(self, generation_id: str) -> dict[str, Any]:
        """The whole record with its events; `stages` are those events that say how a stage ended."""
        row = await self._generations.get(generation_id, user_id=None) if is_id(generation_id) else None
        if row is None:
            raise NotFound("There is no such generation.", code="generation_not_found")
        events: list[dict[str, Any]] = []
        while page := await self._events.read(generation_id, after=events[-1]["seq"] if events else 0):
            events.extend(event.document() for event in page)
        return {
            **{name: getattr(row, name) for name in GenerationRecord.model_fields if name not in _NOT_COLUMNS},
            "stages": [event for event in events if event["type"] == "stage" and event["status"] != "started"],
            "events": events,
        }


class MeasureService:
    def __init__(self, measures: MeasureStore) -> None:
        self._measures = measures

    async def over(self, since: datetime, until: datetime, *, step_s: int) -> dict[str, Any]:
        """Counts and times by buckets, 1,000 at most.

        Raises:
            InvalidInput: the times have no zone, are the wrong way round, or make too many buckets.
        """
        if since.tzinfo is None or until.tzinfo is None or until <= since:
            raise _invalid("until", "Two moments with their time zones, the later one last, are needed.")
        if (until - since) / timedelta(seconds=step_s) > _BUCKETS:
            raise _invalid("step_s", f"That would be more than {_BUCKETS} buckets.")
        found = await self._measures.over(since, until, timedelta(seconds=step_s))
        by_moment = {row["at"]: row for row in found["series"]}
        moments = [
            since + timedelta(seconds=place * step_s) for place in range(ceil((until - since).total_seconds() / step_s))
        ]
        series = [by_moment.get(moment) or {**_EMPTY, "at": moment} for moment in moments]
        return {**found, "series": series, "since": since, "until": until, "step_s": step_s}

    async def usage(self, first: date, last: date) -> dict[str, Any]:
        """What was used from the first to the last day, both within.

        Raises:
            InvalidInput: the days are the wrong way round, or more than 400.
        """
        if not 0 <= (last - first).days < _DAYS:
            raise _invalid("last", f"The last day comes after the first, {_DAYS} days at most.")
        begin = datetime.combine(first, time(), UTC)
        end = datetime.combine(last, time(), UTC) + timedelta(days=1)
        lines = await self._measures.usage(first, last, begin=begin, end=end, limit=_LINES + 1)
        return {"first": first, "last": last, "lines": lines[:_LINES], "truncated": len(lines) > _LINES}


def _invalid(field: str, message: str) -> InvalidInput:
    return InvalidInput(message, code="invalid_range", errors=[FieldError(field, message)])
