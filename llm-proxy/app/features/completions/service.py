"""Chat and text completions in OpenAI's protocol, out of the answers that all protocols share."""

from collections.abc import AsyncGenerator
from typing import Any

from pydantic import BaseModel

from ...answering.answers import Answers
from ...answering.structures import take_structure
from ...engines.protocol import CallKind, EngineCall
from ...routing.asking import Asked, Budget, Section
from .schemas import ChatCompletionRequest, CompletionRequest, GenerationRequest
from .wire import Frames, whole_answer

_OURS = frozenset({"model", "messages", "prompt", "stream", "stream_options", "framewright"})


def read_chat(request: ChatCompletionRequest, user: str = "") -> Asked:
    messages = [_given(message) for message in request.messages]
    return _asked("chat", request, user, messages=messages)


def read_completion(request: CompletionRequest, user: str = "") -> Asked:
    return _asked("completion", request, user, prompt=request.prompt)


def _given(model: BaseModel) -> dict[str, Any]:
    """The members that were sent, unknown ones too. Their values are plain JSON already: nothing has to be dumped."""
    given = model.model_fields_set
    return {name: value for name, value in model.__dict__.items() if name in given} | (model.model_extra or {})


def _asked(kind: CallKind, request: GenerationRequest, user: str, **content: Any) -> Asked:
    parameters = {name: value for name, value in _given(request).items() if value is not None and name not in _OURS}
    structure = take_structure(parameters)
    ours = request.framewright
    return Asked(
        EngineCall(kind, parameters=parameters, structure=structure, **content),
        request.model,
        allow_fallback=ours.allow_fallback,
        stream=request.stream,
        user=user,
        session=ours.session,
        budget=Budget(ours.max_time_s, ours.stop_at_json, ours.stop_think),
        sections=tuple(Section(section.message, section.priority) for section in ours.sections),
    )


class CompletionService:
    """One for the process."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def frames(self, asked: Asked) -> AsyncGenerator[bytes]:
        """The answer as OpenAI's chunks. Whatever fails is raised; nothing is sent twice."""
        answer = await self._answers.open(asked)
        try:
            frames = Frames(asked.call.kind, answer.route)
            while batch := await answer.read():
                yield frames.encode(batch)
        finally:
            answer.close()

    async def answer(self, asked: Asked) -> dict[str, Any]:
        """The whole answer."""
        whole = await self._answers.whole(asked)
        return whole_answer(asked.call.kind, whole.route, whole.assembly)
