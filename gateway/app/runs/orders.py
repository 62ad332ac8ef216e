"""Placing an order for a generation: what can be refused is refused before anything is kept."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Protocol

from chassis.errors import FieldError, Unavailable, Unprocessable, UpstreamFailed, UpstreamRejected, UpstreamTimedOut

from ..core.clients.llm import Engines
from ..db.tables import GenerationRow
from ..pipeline.draft import BUILTIN, BaseScreen, Order
from ..pipeline.intent import intent_body
from ..pipeline.pasted import code_of, sha256_forms
from ..pipeline.pipeline import new_draft
from ..pipeline.ports import Intents
from ..storage.identifiers import is_id
from ..storage.jobs import GENERATIONS
from ..storage.records import Event
from .execution import Stores
from .executor import Executor
from .hub import Hub
from .rows import columns_of, first_event

MODES = ("spec", "direct", "auto")
_TABLES = ".sql"
"""A table's definition is what a new screen is made from, too."""
_RECHECK_S = 0.5
"""How old the list of engines may be before a name that is not in it is refused: one may just have been added."""


class EngineList(Protocol):
    async def engines(self, *, max_age_s: float = ...) -> Engines | None: ...


class Orders:
    """The one way in for generations, whatever the protocol."""

    def __init__(
        self,
        *,
        executor: Executor,
        hub: Hub,
        stores: Stores,
        engines: EngineList,
        intents: Intents,
        keep_alive_s: float,
        route: Callable[[Order], Order] = lambda order: order,
    ) -> None:
        """`route` sends orders that leave the engine open to an arm of an experiment, where one runs."""
        self._executor, self._hub, self._stores, self._engines = executor, hub, stores, engines
        self._intents, self._keep_alive_s, self._route = intents, keep_alive_s, route

    async def place(self, order: Order, *, base_generation_id: str | None = None) -> Event:
        """Starts the generation; gives its event `created`, which is in the log.

        Raises:
            Unprocessable: a mode that is not there, an engine that nobody knows, a base without a spec.
        """
        return await self._executor.start(new_draft(await self._checked(order, base_generation_id)))

    async def enqueue(self, order: Order, *, base_generation_id: str | None = None) -> Event:
        """Leaves the generation to a job; gives its event `created`, which is in the log. Refuses as `place` does."""
        order = await self._checked(order, base_generation_id)
        await self.check_request(order)
        first = first_event(order)
        await self._stores.leases.enqueue(GENERATIONS, [(columns_of(order), first)])
        return first

    async def check_request(self, order: Order) -> None:
        """Refuses, before a job is made of it, what intent-service refuses; while that is away, the job will tell.

        Raises:
            UpstreamRejected: a 422 that names the field.
        """
        if order.framework is None and not order.attachments:
            return
        body = {**intent_body(new_draft(order)), "model": BUILTIN}
        try:
            await self._intents.intents(body, user_id=order.user_id, role=order.role)
        except UpstreamRejected as error:
            if error.status == HTTPStatus.UNPROCESSABLE_ENTITY:
                raise
        except (UpstreamFailed, UpstreamTimedOut):
            return

    async def check_model(self, model: str | None) -> None:
        """Refuses an engine that nobody knows.

        Raises:
            Unprocessable: it names the field `model`.
        """
        if model is None or await self._knows(model):
            return
        engines = await self._engines.engines(max_age_s=_RECHECK_S)
        if engines is None or engines.find(model) is not None:
            return
        known = ", ".join(engine.id for engine in engines.engines)
        raise refused("model", f"There is no engine {model!r}; there are: {known}.")

    def events(
        self, generation_id: str, *, after: int = 0, created: Event | None = None
    ) -> AsyncIterator[Event | None]:
        """The events after `after`, to the end; None in a silence, so that the connection can be kept alive.

        `created` is what `place` gave, for who follows from the start.
        """
        return self._hub.follow(generation_id, after=after, idle_s=self._keep_alive_s, known=created)

    def groups(
        self, generation_id: str, *, after: int = 0, created: Event | None = None
    ) -> AsyncIterator[list[Event] | None]:
        """As `events`, with what is there at the same time together: who writes them out, writes less often."""
        return self._hub.follow_groups(generation_id, after=after, idle_s=self._keep_alive_s, known=created)

    async def end_of(self, generation_id: str, *, user_id: str, created: Event | None = None) -> GenerationRow:
        """The record, when the generation has ended.

        Raises:
            Unavailable: this process stops first; the generation goes on elsewhere.
        """
        async for _ in self.events(generation_id, created=created):
            continue
        row = await self._stores.generations.get(generation_id, user_id=user_id)
        assert row is not None  # noqa: S101 - it was created for this user
        if row.ended_at is None:
            message = "The gateway is stopping; the generation goes on with another one."
            extra = {"generation_id": generation_id}
            raise Unavailable(message, code="gateway_stopping", retry_after_s=1, extra=extra)
        return row

    async def cancel(self, generation_id: str) -> None:
        """At once where this process runs it or nobody does yet, through a notification elsewhere."""
        self._executor.cancel(generation_id)  # before any await: a caller that has gone is cancelled itself
        if await self._stores.orphans.cancel_queued(generation_id):
            return
        await self._stores.generations.request_cancel(generation_id)

    async def _checked(self, order: Order, base_generation_id: str | None) -> Order:
        if order.mode not in MODES:
            raise refused("mode", f"The mode {order.mode!r} is not available; there are: {', '.join(MODES)}.")
        await self.check_model(order.model)
        order = await self._routed(order)
        if base_generation_id is None:
            return replace(order, base=await self._sent_along(order))
        return replace(order, base=await self._base(base_generation_id, order.user_id))

    async def _routed(self, order: Order) -> Order:
        """On its arm's way, unless the arm's engine is gone: then as in production."""
        routed = self._route(order)
        return routed if routed.model is None or await self._knows(routed.model) else order

    async def _knows(self, model: str) -> bool:
        engines = await self._engines.engines()
        return engines is not None and engines.find(model) is not None

    async def _sent_along(self, order: Order) -> BaseScreen | None:
        """Where all files sent are those of an earlier generation of the user, that one: its spec can be modified."""
        sent = code_of(order) if order.attachments else []
        screens = [str(file["content"]) for file in sent if not str(file["path"]).endswith(_TABLES)]
        forms = [sha256_forms(content) for content in screens]
        row = await self._stores.generations.with_file(forms[0], user_id=order.user_id) if forms else None
        if row is None or row.spec is None:
            return None
        made = {item["sha256"] for item in row.artifacts or ()}
        return BaseScreen(row.id, row.spec, row.data_model) if all(made & form for form in forms) else None

    async def _base(self, generation_id: str, user_id: str) -> BaseScreen:
        row = await self._stores.generations.get(generation_id, user_id=user_id) if is_id(generation_id) else None
        if row is None:
            raise refused("base_generation_id", "There is no such generation.")
        if row.spec is None:
            raise refused("base_generation_id", "That generation has no screen spec.")
        return BaseScreen(generation_id, row.spec, row.data_model)


def refused(field: str, message: str, **extra: Any) -> Unprocessable:
    """A 422 that names the field."""
    return Unprocessable(message, code=f"invalid_{field}", errors=[FieldError(field, message)], extra=extra)
