"""The parts of conversations, put together once for a process."""

import uuid
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from ..runs.hub import Hub
from ..runs.orders import Orders
from ..storage.messages import MessageStore
from ..storage.presence import PresenceStore
from ..storage.sessions import SessionStore
from ..storage.turns import TurnStore
from ..storage.usage import UsageStore
from .feed import Feed
from .rounds import Rounds, Verifier
from .settling import Settling
from .sockets import Sockets
from .turns import EngineList, Turns


@dataclass(frozen=True, slots=True)
class Conversations:
    sessions: SessionStore
    messages: MessageStore
    turn_store: TurnStore
    usage: UsageStore
    turns: Turns
    feed: Feed
    settling: Settling
    sockets: Sockets
    rounds: Rounds

    def work(self) -> tuple[Coroutine[Any, Any, None], ...]:
        """What runs in the background."""
        return self.settling.run(), self.rounds.run()


def create_conversations(
    database: AsyncEngine,
    *,
    orders: Orders,
    hub: Hub,
    engines: EngineList,
    identity: Verifier,
    poll_s: float,
    sockets_per_user: int,
) -> Conversations:
    sessions, messages, turn_store = SessionStore(database), MessageStore(database), TurnStore(database)
    settling = Settling(turn_store, messages)
    sockets = Sockets(per_user=sockets_per_user)
    return Conversations(
        sessions=sessions,
        messages=messages,
        turn_store=turn_store,
        usage=UsageStore(database),
        turns=Turns(orders=orders, engines=engines, store=turn_store, settling=settling),
        feed=Feed(hub=hub, turns=turn_store, messages=messages, settling=settling),
        settling=settling,
        sockets=sockets,
        rounds=Rounds(
            sockets=sockets,
            presence=PresenceStore(database, replica=str(uuid.uuid4())),
            sessions=sessions,
            identity=identity,
            every_s=poll_s,
        ),
    )
