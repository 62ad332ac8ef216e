"""A turn: a person's message, and the generation that answers it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Protocol

from chassis.errors import ServiceError

from ..core.clients.llm import Engines
from ..core.identity import User
from ..core.token_counts import prompt_limit
from ..pipeline.draft import Order
from ..runs.orders import Orders
from ..storage.conversation_records import CHAT_CHANNEL, Columns, Session, Turn
from ..storage.identifiers import new_id
from ..storage.records import Event, now
from ..storage.turns import TurnStore
from .context_window import Fitted, fit
from .rows import Ask, answer_row, titled, user_message
from .settling import Settling
from .signals import turn_signal

_SHORT = 60
_LOOKED_BACK = 1_000
"""Messages: more than any window has room for."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A turn that was opened; `created` is the generation's first event, None where the turn was there before."""

    turn: Turn
    created: Event | None


class EngineList(Protocol):
    async def engines(self) -> Engines | None: ...


class Turns:
    """The one way in for messages, by REST and by socket."""

    def __init__(self, *, orders: Orders, engines: EngineList, store: TurnStore, settling: Settling) -> None:
        self._orders, self._engines, self._store, self._settling = orders, engines, store, settling

    async def open(self, session: Session, ask: Ask, user: User) -> Opened:
        """Keeps the message, tells the session's sockets on all replicas, and starts the answer.

        Raises:
            Conflict: the session's last message is still being answered.
            Unprocessable: the message is too long for the model's window, or the engine is not known.
        """
        await self._orders.check_model(ask.model or session.model)
        await self._settling.settle(session.id)
        order, fitted = await self._order(session, ask, user)
        return await asyncio.shield(self._begin(session, ask, user, order, fitted))

    async def _begin(self, session: Session, ask: Ask, user: User, order: Order, fitted: Fitted) -> Opened:
        """The message and its generation: a caller who goes between the two leaves no message without an answer."""
        turn, opened = await self._store.open(
            session.id, user.id, user_message(ask, user), answer_row(order, fitted, session),
            title=titled(ask.message), channel=CHAT_CHANNEL,
            payload=lambda number: turn_signal(session.id, number),
        )  # fmt: skip
        if not opened:
            return Opened(turn, None)
        base = await self.last_screen(session)
        try:
            created = await self._orders.place(order, base_generation_id=base)
        except ServiceError:
            await self._store.discard(session.id, turn.number)
            raise
        return Opened(turn, created)

    async def attach(self, session: Session, order: Order, user: User) -> Turn:
        """Opens a turn for a generation that was ordered by another way in than a message."""
        fitted = Fitted([], 0, 0, 0)
        turn, _ = await self._store.open(
            session.id, user.id, user_message(Ask(order.prompt), user), answer_row(order, fitted, session),
            title=titled(order.prompt), channel=CHAT_CHANNEL, payload=lambda number: turn_signal(session.id, number),
        )  # fmt: skip
        return turn

    async def history(self, session: Session, order: Order) -> list[dict[str, str]]:
        """What was said in the session before, as far as the model's window has room for it beside a short message."""
        await self._settling.settle(session.id)
        asked = Ask(order.prompt[:_SHORT], model=order.model)
        fitted = await self._fitted(session, asked, order.model or session.model, session.max_tokens)
        return fitted.history

    async def last_screen(self, session: Session) -> str | None:
        """The generation that a modification starts from; a chat has none."""
        return await self._store.last_screen(session.id) if session.kind == "studio" else None

    async def detach(self, session: Session, turn: Turn) -> None:
        """Takes back a turn whose generation was refused."""
        await self._store.discard(session.id, turn.number)

    async def ended(self, opened: Opened, user: User) -> None:
        """Waits until the answer is there."""
        await self._orders.end_of(opened.turn.generation_id, user_id=user.id, created=opened.created)

    async def answer(self, session_id: str, turn: Turn) -> Columns | None:
        """The settled answer."""
        return await self._settling.answer(session_id, turn.answer_id)

    def groups(self, opened: Opened) -> AsyncIterator[list[Event] | None]:
        return self._orders.groups(opened.turn.generation_id, created=opened.created)

    async def questions(self, generation_id: str) -> set[str]:
        """The ids of the questions that a generation has asked so far."""
        return await self._store.questions(generation_id)

    async def cancel(self, generation_id: str) -> None:
        await self._orders.cancel(generation_id)

    async def _order(self, session: Session, ask: Ask, user: User) -> tuple[Order, Fitted]:
        chat = session.kind == "chat"
        model = ask.model or session.model
        max_tokens = ask.max_tokens or session.max_tokens
        fitted = await self._fitted(session, ask, model, max_tokens)
        temperature = session.temperature if ask.temperature is None else ask.temperature
        order = Order(
            id=new_id(),
            created_at=now(),
            prompt=ask.message,
            user_id=user.id,
            role=user.role,
            framework=session.framework,
            model=model,
            session_id=session.id,
            channel="chat",
            interactive=ask.interactive and not chat,
            history=[dict(turn) for turn in fitted.history],
            request={"prompt": ask.message, "session_id": session.id, "context": fitted.document()},
            chat=chat,
            temperature=temperature if chat else None,
            max_tokens=max_tokens if chat else None,
            system_prompt=session.system_prompt if chat else "",
            use_knowledge=session.use_knowledge,
        )
        return order, fitted

    async def _fitted(self, session: Session, ask: Ask, model: str | None, max_tokens: int) -> Fitted:
        engines = await self._engines.engines()
        engine = engines.find(model) if engines else None
        limit = prompt_limit(engine.context_window if engine else None, max_tokens)
        earlier = await self._store.recent(session.id, _LOOKED_BACK)
        count = len(earlier) if len(earlier) < _LOOKED_BACK else max(len(earlier), session.message_count)
        return fit(ask.message, earlier, system_prompt=session.system_prompt, limit=limit, earlier_count=count)
