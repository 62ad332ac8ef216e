"""The generations of an evaluation: ordered, followed to their end, and what of their records is scored."""

from http import HTTPStatus
from typing import Any, Protocol

from chassis.errors import ServiceError, Unavailable

from ..core.clients.evaluations import EvaluationItem
from ..db.tables import GenerationRow
from ..pipeline.draft import Order
from ..storage.identifiers import new_id
from ..storage.records import EVALUATION, Event, now
from .occupancy import Occupancy
from .patience import Patience

_SCORED = (
    "status", "spec", "data_model", "artifacts", "raw_answers", "fixes", "diagnostics", "usage", "timings",
    "degraded", "duration_ms", "warnings", "problem", "engine",
)  # fmt: skip
"""The members of a record that scores are made of, beside the templates of its prompts."""
_LEFT = frozenset({"owner_lost", "gateway_stopped"})
"""Codes of generations that their process could not keep to their end."""
_MOST_ORDERS = 3
Record = dict[str, Any]


class Orders(Protocol):
    """What is needed of the generations' way in."""

    async def place(self, order: Order) -> Event: ...

    async def end_of(
        self, generation_id: str, *, user_id: str, created: Event | None = ...
    ) -> GenerationRow: ...  # fmt: skip

    async def cancel(self, generation_id: str) -> None: ...


class Generations(Protocol):
    async def get(self, generation_id: str, *, user_id: str | None) -> GenerationRow | None: ...


class Records:
    def __init__(self, orders: Orders, generations: Generations, patience: Patience) -> None:
        self._orders, self._generations, self._patience = orders, generations, patience
        self._occupancy = Occupancy()

    async def made(self, item: EvaluationItem, *, user_id: str, role: str) -> tuple[str | None, Record]:
        """The generation and what of its record is scored; a refusal is a record, too.

        Raises:
            ServiceError: the gateway's own failure, which says nothing of an engine.
        """
        try:
            with self._occupancy.of(item.engine) as share:
                row = await self._ended(item, user_id, role)
        except ServiceError as error:
            if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise
            return None, {"status": "failed", "problem": {"code": error.code, "detail": error.detail}}
        return row.id, {**_scored(row), "engine_share": round(share.part, 4)}

    async def kept(self, generation_id: str) -> Record | None:
        """As it was scored; None where the generation was deleted since."""
        row = await self._patience(lambda: self._generations.get(generation_id, user_id=None))
        return None if row is None else _scored(row)

    async def _ended(self, item: EvaluationItem, user_id: str, role: str) -> GenerationRow:
        """Ordered anew where its process had to leave it."""
        for _ in range(_MOST_ORDERS):
            order, created = await self._patience(lambda: self._placed(item, user_id, role))
            row = await self._end_of(order, created)
            if (row.problem or {}).get("code") not in _LEFT:
                return row
        raise Unavailable("The gateway could not keep a generation to its end.", code="generation_left")

    async def _placed(self, item: EvaluationItem, user_id: str, role: str) -> tuple[Order, Event]:
        """Each try has an id of its own: one that failed may be in the store all the same."""
        order = order_of(item, user_id=user_id, role=role)
        return order, await self._orders.place(order)

    async def _end_of(self, order: Order, created: Event) -> GenerationRow:
        """Whoever stops waiting stops the generation."""
        ended = False
        try:
            row = await self._patience(
                lambda: self._orders.end_of(order.id, user_id=order.user_id, created=created)
            )  # fmt: skip
            ended = True
            return row
        finally:
            if not ended:
                await self._orders.cancel(order.id)


def order_of(item: EvaluationItem, *, user_id: str, role: str) -> Order:
    """The order of a case; nobody can be asked back."""
    options = item.request.get("options") or {}
    return Order(
        id=new_id(),
        created_at=now(),
        prompt=item.prompt,
        user_id=user_id,
        role=role,
        mode=item.mode,
        mode_given=True,
        framework=item.framework,
        model=item.engine,
        channel=EVALUATION,
        artifacts=item.request.get("artifacts"),
        emission=dict(options),
        request=item.model_dump(include={"prompt", "framework", "mode", "request", "values"}),
        templates=item.templates,
        values=item.values,
    )


def _scored(row: GenerationRow) -> Record:
    return {name: getattr(row, name) for name in _SCORED} | {"templates": templates_of(row)}


def templates_of(row: GenerationRow) -> list[dict[str, Any]]:
    """Those that its prompts were made with, each once: what a version is judged by has to have used it."""
    used = [template for prompt in row.prompts or () for template in prompt.get("templates") or ()]
    return [template for place, template in enumerate(used) if template not in used[:place]]
