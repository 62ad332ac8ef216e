"""Ollama's API over every engine, with R4.4's options, defaults and clean-up."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

import orjson

from ...answering.answers import Answers
from ...core.relay import LastFrame
from ...engines.protocol import EngineCall, Structure, Usage
from ...routing.asking import Asked, Budget
from .cleaning import cleaned
from .schemas import ChatRequest, GenerateRequest, OllamaMessage, OllamaRequest
from .wire import Lines, line, now

NUM_PREDICT = 24
MAX_TIME_S = 20.0
_PASSED = ("temperature", "top_k", "top_p", "min_p", "seed", "presence_penalty", "frequency_penalty", "stop")
_OURS = ("num_predict", "max_time", "stop_think", "clean", "ctx_chars", "system")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds where a request says nothing."""

    ctx_chars: int = 2000
    clean: bool = True
    stop_think: bool = False


@dataclass(frozen=True, slots=True)
class OllamaAsked:
    """A request as it goes to the engines. `cut` is the number of characters of the prompt that were left out."""

    asked: Asked
    generate: bool
    clean: bool
    cut: int


def read_generate(request: GenerateRequest, defaults: Defaults, user: str) -> OllamaAsked:
    """A prompt becomes a chat where it has a system text or pictures, for every engine has roles for those."""
    wanted = _wanted(request)
    limit = wanted["ctx_chars"] or defaults.ctx_chars
    prompt = request.prompt[-limit:]
    cut = len(request.prompt) - len(prompt)
    parameters = _parameters(request, wanted)
    if request.suffix:
        parameters["suffix"] = request.suffix
    if request.raw:
        parameters["raw"] = True
        return _asked(request, defaults, user, cut, EngineCall("completion", prompt=prompt, parameters=parameters))
    messages: list[dict[str, Any]] = [{"role": "system", "content": wanted["system"]}] if wanted["system"] else []
    messages.append(_message(OllamaMessage(role="user", content=prompt, images=request.images)))
    call = EngineCall("chat", messages=messages, parameters=parameters)
    if request.suffix:
        call = EngineCall("completion", prompt=prompt, parameters=parameters)
    return _asked(request, defaults, user, cut, call)


def read_chat(request: ChatRequest, defaults: Defaults, user: str) -> OllamaAsked:
    """The newest messages that fit; system texts stay, and the last message is cut where it alone is too long."""
    wanted = _wanted(request)
    left = wanted["ctx_chars"] or defaults.ctx_chars
    total = sum(len(message.content or "") for message in request.messages)
    kept: list[OllamaMessage] = []
    for message in reversed(request.messages):
        text = message.content or ""
        if message.role == "system":
            kept.append(message)
        elif left > 0:
            kept.append(message.model_copy(update={"content": text[-left:] if text else text}))
            left -= len(text)
    kept.reverse()
    messages = [_message(message) for message in kept]
    if wanted["system"]:
        messages.insert(0, {"role": "system", "content": wanted["system"]})
    cut = total - sum(len(message.content or "") for message in kept)
    parameters = _parameters(request, wanted)
    if request.tools:
        parameters["tools"] = request.tools
    return _asked(request, defaults, user, cut, EngineCall("chat", messages=messages, parameters=parameters))


def _wanted(request: OllamaRequest) -> dict[str, Any]:
    """R4.4's options, from beside `options` or from within."""
    inner = request.options.model_dump() if request.options else {}
    beside = request.model_dump(include=set(_OURS))
    return {name: inner.get(name) if beside.get(name) is None else beside[name] for name in _OURS}


def _parameters(request: OllamaRequest, wanted: dict[str, Any]) -> dict[str, Any]:
    options = request.options.model_dump(exclude_none=True) if request.options else {}
    parameters = {name: options[name] for name in _PASSED if name in options}
    if "repeat_penalty" in options:
        parameters["repetition_penalty"] = options["repeat_penalty"]
    tokens = NUM_PREDICT if wanted["num_predict"] is None else int(wanted["num_predict"])
    if tokens > 0:  # -1 and -2 are Ollama's words for as many as there is room for
        parameters["max_tokens"] = tokens
    if request.think is not None:
        parameters["think"] = request.think
    if request.keep_alive is not None:
        parameters["keep_alive"] = request.keep_alive
    return parameters


def _asked(request: OllamaRequest, defaults: Defaults, user: str, cut: int, call: EngineCall) -> OllamaAsked:
    wanted = _wanted(request)
    stop_think = defaults.stop_think if wanted["stop_think"] is None else bool(wanted["stop_think"])
    structure = None
    if request.format == "json":
        structure = Structure("json_object")
    elif request.format:
        structure = Structure("json_schema", request.format)
    clean = (defaults.clean and not request.stream) if wanted["clean"] is None else bool(wanted["clean"])
    asked = Asked(
        EngineCall(call.kind, call.messages, call.prompt, call.parameters, structure),
        request.model,
        stream=request.stream,
        user=user,
        budget=Budget(max_time_s=float(wanted["max_time"] or MAX_TIME_S), stop_think=stop_think),
    )
    return OllamaAsked(asked, isinstance(request, GenerateRequest), clean, cut)


def _message(message: OllamaMessage) -> dict[str, Any]:
    """Ollama's message as OpenAI's."""
    result: dict[str, Any] = {"role": message.role, "content": message.content or ""}
    if message.images:
        pictures = [{"type": "image_url", "image_url": {"url": f"data:image/png;base64,{i}"}} for i in message.images]
        result["content"] = [{"type": "text", "text": message.content or ""}, *pictures]
    if message.thinking:
        result["reasoning_content"] = message.thinking
    if message.tool_calls:
        result["tool_calls"] = [
            {"id": f"call_{index}", "type": "function", "function": _arguments_as_text(call.get("function") or {})}
            for index, call in enumerate(message.tool_calls)
        ]
    if message.role == "tool":
        result["tool_call_id"] = message.tool_call_id or "call_0"
    return result


def _arguments_as_text(function: dict[str, Any]) -> dict[str, Any]:
    return {"name": function.get("name", ""), "arguments": orjson.dumps(function.get("arguments") or {}).decode()}


class OllamaService:
    """One for the process."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    async def loaded(self, request: GenerateRequest | ChatRequest) -> dict[str, Any]:
        """The answer to an empty prompt, by which Ollama's clients load a model: engines load theirs themselves."""
        head: dict[str, Any] = {"model": request.model, "created_at": now()}
        text = {"response": ""} if isinstance(request, GenerateRequest) else {}
        message = {} if text else {"message": {"role": "assistant", "content": ""}}
        return head | text | message | {"done": True, "done_reason": "unload" if request.keep_alive == 0 else "load"}

    async def lines(self, wanted: OllamaAsked) -> AsyncGenerator[bytes]:
        """The answer as it comes; in one piece where it is to be cleaned."""
        if wanted.clean:
            yield LastFrame(line(await self.answer(wanted)))
            return
        asked = wanted.asked
        answer = await self._answers.open(asked)
        try:
            lines = Lines(asked.model, answer.route, generate=wanted.generate, cut=wanted.cut)
            while batch := await answer.read():
                content = lines.encode(batch)
                if content:
                    yield content
        finally:
            answer.close()

    async def answer(self, wanted: OllamaAsked) -> dict[str, Any]:
        """The whole answer."""
        asked = wanted.asked
        whole = await self._answers.whole(asked)
        lines = Lines(asked.model, whole.route, generate=wanted.generate, cut=wanted.cut)
        first = whole.assembly.first()
        usage = whole.assembly.usage or Usage(0, 0)
        if first is None:
            return lines.end(usage)
        lines.finish(first.finish)
        text = cleaned(first.content) if wanted.clean else first.content
        calls = [call for _, call in sorted(first.tool_calls.items())]
        return lines.end(usage, text=text, thinking="".join(first.reasoning), tool_calls=calls or None)
