"""OpenAI's Responses API over the engines that have it: their events, under our names and guards."""

from collections.abc import AsyncGenerator
from typing import Any

import orjson

from chassis.errors import ServiceError
from chassis.protocol_errors import openai_error

from ...answering.answers import Answer, Answers
from ...core.relay import LastFrame
from ...engines.errors import EngineFailed
from ...engines.protocol import EngineCall, Usage
from ...engines.responses_reader import ResponseEvent
from ...engines.usage import text_of
from ...routing.asking import Asked
from .schemas import ResponsesRequest

_OURS = frozenset({"model", "stream", "framewright", "background"})


def read_response(request: ResponsesRequest, user: str = "") -> Asked:
    """The request for an engine; its messages are there to be counted alone."""
    given = request.model_fields_set
    members = {name: value for name, value in request.__dict__.items() if name in given} | (request.model_extra or {})
    parameters = {name: value for name, value in members.items() if name not in _OURS and value is not None}
    return Asked(
        EngineCall("responses", messages=_messages(request), parameters=parameters),
        request.model,
        allow_fallback=request.framewright.allow_fallback,
        stream=request.stream,
        user=user,
        session=request.framewright.session,
    )


def _messages(request: ResponsesRequest) -> list[dict[str, Any]]:
    messages = [{"role": "system", "content": request.instructions}] if request.instructions else []
    if isinstance(request.input, str):
        return [*messages, {"role": "user", "content": request.input}]
    for item in request.input:
        content = text_of(item.get("content")) or str(item.get("output") or item.get("arguments") or "")
        messages.append({"role": str(item.get("role") or "user"), "content": content})
    return messages


class ResponsesService:
    """One for the process."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def frames(self, asked: Asked) -> AsyncGenerator[bytes]:
        """The engine's events as they come."""
        answer = await self._answers.open(asked)
        number = 0
        try:
            while batch := await answer.read():
                parts: list[bytes] = []
                for item in batch:
                    if isinstance(item, ResponseEvent):
                        parts.append(_frame(_ours(item.event, answer, number)))
                        number += 1
                content = b"".join(parts)
                yield LastFrame(content) if isinstance(batch[-1], Usage) else content
        finally:
            answer.close()

    async def answer(self, asked: Asked) -> dict[str, Any]:
        """The whole response, out of the last event."""
        answer = await self._answers.open(asked)
        last: dict[str, Any] = {}
        try:
            while batch := await answer.read():
                for item in batch:
                    last = item.event if isinstance(item, ResponseEvent) else last
            response = _ours(last, answer, 0).get("response")
        finally:
            answer.close()
        if not isinstance(response, dict):
            raise EngineFailed(f"The engine {answer.route.engine} sent no response.")
        return response


def _ours(event: dict[str, Any], answer: Answer, number: int) -> dict[str, Any]:
    """The event with the name of the model that we go by, and its number, which some servers leave out."""
    event.setdefault("sequence_number", number)
    response = event.get("response")
    if isinstance(response, dict):
        response["model"] = answer.route.model
        response["framewright"] = answer.route.document()
    return event


def _frame(event: dict[str, Any]) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (str(event["type"]).encode(), orjson.dumps(event))


def error_frame(error: ServiceError) -> bytes:
    """A failure after the first byte, as the event that this API has for it."""
    document = openai_error(error)["error"]
    return _frame({"type": "error", "sequence_number": 0, **{name: document[name] for name in _ERROR_MEMBERS}})


_ERROR_MEMBERS = ("code", "message", "param")
