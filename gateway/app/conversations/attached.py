"""A generation that is ordered for a session becomes a turn of it, with what was said and made there before."""

from collections.abc import Awaitable
from dataclasses import replace
from typing import Protocol

from chassis.errors import FieldError, ServiceError, Unprocessable

from ..core.identity import User
from ..pipeline.draft import Order
from ..storage.identifiers import is_id
from ..storage.records import Event
from ..storage.sessions import SessionStore
from .turns import Turns


class Place(Protocol):
    """`Orders.place`, or `Orders.enqueue`."""

    def __call__(self, order: Order, *, base_generation_id: str | None = None) -> Awaitable[Event]: ...


class SessionOrders:
    def __init__(self, sessions: SessionStore, turns: Turns) -> None:
        self._sessions, self._turns = sessions, turns

    async def place(self, order: Order, place: Place, user: User, *, base_generation_id: str | None) -> Event:
        """Opens a turn for the order, if it names a session, and places it.

        Raises:
            Unprocessable: there is no such session of this user.
            Conflict: the session's last message is still being answered.
        """
        if order.session_id is None:
            return await place(order, base_generation_id=base_generation_id)
        session = await self._sessions.get(order.session_id, user.id) if is_id(order.session_id) else None
        if session is None:
            message = "There is no such session."
            raise Unprocessable(message, code="invalid_session_id", errors=[FieldError("session_id", message)])
        history = await self._turns.history(session, order)
        base = base_generation_id or await self._turns.last_screen(session)
        turn = await self._turns.attach(session, order, user)
        try:
            return await place(replace(order, history=history), base_generation_id=base)
        except ServiceError:
            await self._turns.detach(session, turn)
            raise
