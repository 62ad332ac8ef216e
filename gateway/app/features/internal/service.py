"""The generation log as the other services read it."""

from typing import Any

from chassis.errors import NotFound

from ...storage.events import EventStore
from ...storage.generations import GenerationStore
from ...storage.identifiers import is_id
from ...storage.records import GenerationFilter, GenerationSummary
from .schemas import GenerationRecord

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
