"""The frames of a session, each once and in order: turn after turn, each a view of its generation's event log."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any, Protocol, cast

from ..runs.hub import Hub
from ..storage.conversation_records import FAILED, STREAMING, TURN_SPAN, Columns, Turn
from ..storage.messages import MessageStore
from ..storage.records import Event, moment
from ..storage.turns import TurnStore
from .documents import message_document
from .settling import Settling

Frame = dict[str, Any]
_IDLE_S = 5.0
"""How long a silent generation is trusted to be there."""
_LAST = TURN_SPAN - 1
"""The number of a turn's only frame where its events are no longer kept."""


class GoesOnElsewhere(Exception):
    """This process is being drained: the reader goes on with another one."""


class Waiting(Protocol):
    """What wakes a feed that has no turn to follow."""

    turned: asyncio.Event


class Feed:
    """Pulled by its reader: a slow one holds no memory here, for the hub reads from the log again."""

    def __init__(
        self, *, hub: Hub, turns: TurnStore, messages: MessageStore, settling: Settling, idle_s: float = _IDLE_S
    ) -> None:
        self._hub, self._turns, self._messages, self._settling = hub, turns, messages, settling
        self._idle_s = idle_s

    async def frames(self, session_id: str, after: int, waiting: Waiting) -> AsyncGenerator[Frame, None]:
        """All frames after `after`, without an end."""
        number, seen = divmod(after, TURN_SPAN)
        while True:
            waiting.turned.clear()
            turn = await self._turns.next(session_id, number)
            if turn is None:
                await waiting.turned.wait()
                continue
            async with aclosing(self._turn(session_id, turn, seen if turn.number == number else 0)) as frames:
                async for frame in frames:
                    yield frame
            number, seen = turn.number + 1, 0

    async def _turn(self, session_id: str, turn: Turn, seen: int) -> AsyncGenerator[Frame, None]:
        """The frames of one turn after its event `seen`."""
        if seen >= _LAST:
            return
        numbers = {"message_id": turn.answer_id, "generation_id": turn.generation_id}
        follow = self._hub.follow(turn.generation_id, after=seen, idle_s=self._idle_s)
        async with aclosing(cast("AsyncGenerator[Event | None, None]", follow)) as events:
            async for event in events:
                if event is None:
                    if await self._goes_on(session_id, turn):
                        continue
                    answer = await self._messages.get(session_id, turn.answer_id)
                    if answer is not None:
                        yield {"seq": turn.number * TURN_SPAN + _LAST, **numbers, **_only(answer)}
                    return
                seq = {"seq": turn.number * TURN_SPAN + event.seq}
                if event.terminal:
                    yield {"type": "typing", "author": "assistant", "typing": False}
                    message = await self._settling.answer(session_id, turn.answer_id)
                    yield {**seq, **numbers, **_terminal(event, message)}
                    return
                yield {**seq, **numbers, **_frame(event, turn)}
                if event.seq == 1:
                    yield {"type": "typing", "author": "assistant", "typing": True}
        answer = await self._messages.get(session_id, turn.answer_id)
        if answer is not None and answer["status"] == STREAMING:
            raise GoesOnElsewhere

    async def _goes_on(self, session_id: str, turn: Turn) -> bool:
        """Whether more may come: not where the turn was taken back, or ended without a log that is kept."""
        await self._settling.settle(session_id)
        answer = await self._messages.get(session_id, turn.answer_id)
        return answer is not None and answer["status"] == STREAMING


def _frame(event: Event, turn: Turn) -> Frame:
    data = dict(event.data)
    if event.type == "created":
        return {
            "type": "user_message", "message_id": turn.user_message_id, "answer_id": turn.answer_id,
            "turn": turn.number, "message": data["prompt"], "client_id": turn.client_id, "at": moment(event.at),
        }  # fmt: skip
    if event.type == "delta" and data["channel"] == "answer":
        return {"type": "ai_chunk", "chunk": data["text"]}
    return {"type": event.type, "at": moment(event.at), **data}


def _terminal(event: Event, message: Mapping[str, Any] | None) -> Frame:
    if event.type == "failed":
        return _error(event.data.get("problem") or {})
    data = event.data
    return {
        "type": "ai_complete",
        "status": "cancelled" if event.type == "cancelled" else "complete",
        "message": message_document(message) if message else None,
        **{name: data[name] for name in ("usage", "timings", "engine", "degraded", "artifacts") if name in data},
    }


def _only(answer: Columns) -> Frame:
    if answer["status"] == FAILED:
        return _error(answer["problem"] or {})
    return {
        "type": "ai_complete", "status": answer["status"], "message": message_document(answer),
        "engine": answer["engine"], "degraded": answer["degraded"],
    }  # fmt: skip


def _error(problem: Mapping[str, Any]) -> Frame:
    return {
        "type": "error",
        "code": problem.get("code", "failed"),
        "message": problem.get("detail", "The answer failed."),
        "problem": dict(problem),
    }
