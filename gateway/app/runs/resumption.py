"""A generation that goes on with another owner: the order out of its row, and what its log says already."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Protocol

from ..core.clients.intent import Question
from ..db.tables import GenerationRow
from ..pipeline.draft import Asked, BaseScreen, Draft, Order
from ..pipeline.pipeline import new_draft
from ..storage.records import Event

_COLUMNS = ("id", "created_at", "prompt", "user_id", "role", "request", "deadline_at", "webhook")
"""What an order and its row have in common, by the same name."""
_REBUILT = frozenset({*_COLUMNS, "base", "attachments"})
"""Kept elsewhere: the base in its own generation, attachments in the request."""
_RESUMED = tuple(item.name for item in fields(Order) if item.name not in _REBUILT)
_VOIDED = frozenset({"delta", "spec", "artifact"})


@dataclass(slots=True)
class Prior:
    """The log of a generation up to now: what its next owner has to know."""

    seq: int = 0
    attempts: int = 0
    """The number of the last attempt of the engine that a client may have seen."""
    begun: bool = False
    """Whether anything came after the first event."""
    voided: bool = False
    """Whether clients hold something that a new start makes void."""
    asked: dict[str, Asked] = field(default_factory=dict)

    def note(self, event: Event) -> None:
        data = event.data
        self.seq = event.seq
        self.begun = self.begun or event.type != "created"
        if event.type in {"delta", "reset"}:
            self.attempts = max(self.attempts, int(data.get("attempt") or 0))
        self.voided = event.type != "reset" and (self.voided or event.type in _VOIDED)
        if event.type == "question":
            self.asked[str(data["question_id"])] = _asked(data)


class EventReader(Protocol):
    async def read(self, generation_id: str, *, after: int) -> list[Event]: ...


async def prior_of(events: EventReader, generation_id: str) -> Prior:
    """What the log says, read page by page."""
    prior = Prior()
    while page := await events.read(generation_id, after=prior.seq):
        for event in page:
            prior.note(event)
    return prior


def resumption_of(order: Order) -> dict[str, Any]:
    """The members of an order that its row does not hold anyway."""
    return {name: getattr(order, name) for name in _RESUMED}


async def order_of(row: GenerationRow, base_of: Callable[[str], Awaitable[GenerationRow | None]]) -> Order | None:
    """The order that made the row; None where the row is too old to say, or its base is gone."""
    if row.resumption is None:
        return None
    known = {item.name for item in fields(Order)}
    values = {name: value for name, value in row.resumption.items() if name in known}
    values |= {name: getattr(row, name) for name in _COLUMNS}
    base: BaseScreen | None = None
    if row.base_generation_id is not None:
        earlier = await base_of(row.base_generation_id)
        if earlier is None or earlier.spec is None:
            return None
        base = BaseScreen(earlier.id, earlier.spec, earlier.data_model)
    return Order(**values, base=base, attachments=list(row.request.get("attachments") or ()))


def draft_of(order: Order, prior: Prior) -> Draft:
    draft = new_draft(order)
    draft.asked = dict(prior.asked)
    return draft


def _asked(data: Mapping[str, Any]) -> Asked:
    question = Question.model_validate({**data, "id": data["question_id"]})
    return Asked(question, datetime.fromisoformat(str(data["expires_at"])))
