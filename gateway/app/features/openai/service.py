"""The pipeline as a chat completion: one generation for each request, cancelled when its caller goes."""

from collections.abc import AsyncIterator
from typing import Any

import orjson

from chassis.errors import FieldError, InvalidInput
from chassis.protocol_errors import openai_error

from ...core.identity import User
from ...pipeline.draft import Order
from ...runs.endings import failure_of
from ...runs.orders import Orders
from ...storage.identifiers import new_id
from ...storage.records import now
from .frames import Completion
from .schemas import PipelineRequest

_DONE = b"data: [DONE]\n\n"
_KEEP_ALIVE = b": keep-alive\n\n"
MAX_PROMPT = 100_000


class PipelineCompletions:
    def __init__(self, orders: Orders) -> None:
        self._orders = orders

    async def start(self, request: PipelineRequest, user: User) -> Completion:
        """Starts a generation for the last message of the user; the messages before are its history."""
        prompt = request.messages[-1].text()
        if request.messages[-1].role != "user" or not prompt.strip() or len(prompt) > MAX_PROMPT or "\x00" in prompt:
            message = f"The last message must be the user's, with 1 to {MAX_PROMPT:,} characters of text."
            raise InvalidInput(message, code="invalid_messages", errors=[FieldError("messages", message)])
        history = [
            {"role": message.role, "content": message.text()}
            for message in request.messages[:-1]
            if message.role in {"user", "assistant"}
        ]
        order = Order(
            id=new_id(),
            created_at=now(),
            prompt=prompt,
            user_id=user.id,
            role=user.role,
            channel="openai",
            history=history,
            request={"model": request.model, "messages": [message.model_dump() for message in request.messages]},
        )
        return Completion(order.id, await self._orders.place(order))

    async def whole(self, completion: Completion) -> dict[str, Any]:
        """The answer at the generation's end.

        Raises:
            ServiceError: the generation failed, or was cancelled; this process stops first.
        """
        try:
            async for event in self._orders.events(completion.generation_id, created=completion.first):
                if event is not None:
                    completion.delta(event)
        finally:
            if completion.end is None:
                await self._orders.cancel(completion.generation_id)
        error = failure_of(completion.end)
        if error is not None:
            raise error
        return completion.whole()

    async def frames(self, completion: Completion, *, usage: bool) -> AsyncIterator[bytes]:
        """The answer as it comes; a failure is one frame with an error, and no `[DONE]`.

        `usage`: in a frame of its own, which has no choices: clients that didn't ask for it stumble over it.
        """
        try:
            yield _frame(completion.chunk({"role": "assistant", "content": ""}))
            async for event in self._orders.events(completion.generation_id, created=completion.first):
                if event is None:
                    yield _KEEP_ALIVE
                    continue
                delta = completion.delta(event)
                if delta is not None:
                    yield _frame(completion.chunk(delta))
            error = failure_of(completion.end)
            if error is not None:
                yield _frame(openai_error(error))
                return
            yield _frame(completion.last_chunk())
            if usage:
                yield _frame(completion.usage_chunk())
            yield _DONE
        finally:
            if completion.end is None:
                await self._orders.cancel(completion.generation_id)


def _frame(document: dict[str, Any]) -> bytes:
    return b"data: " + orjson.dumps(document) + b"\n\n"
