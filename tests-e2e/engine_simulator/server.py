"""The HTTP side: vLLM's paths, and two of the simulator's own that set its pace and tell what it was asked."""

import asyncio
import random
import uuid
from collections import deque
from collections.abc import AsyncIterator
from itertools import count
from typing import Any

from aiohttp import web
from pydantic import ValidationError

from . import frames
from .answers import Answers, prompt_tokens, repeated, tokens_of
from .batch import ABORT, Batch, QueueFull, Sequence
from .frames import Frames
from .metrics import EngineMetrics
from .settings import Pace

_REMEMBERED = 1_000
_VERSION = "0.32.0"
_BODY_BYTES = 16 * 1024 * 1024


class EngineServer:
    def __init__(self, pace: Pace, answers: Answers) -> None:
        self._answers = answers
        self._batch = Batch(pace)
        self._metrics = EngineMetrics(self._batch)
        self._chance = random.Random(pace.seed)
        self._asked: deque[dict[str, Any]] = deque(maxlen=_REMEMBERED)
        self._numbers = count(1)

    @property
    def pace(self) -> Pace:
        return self._batch.pace

    def application(self) -> web.Application:
        application = web.Application(client_max_size=_BODY_BYTES)
        application.add_routes([
            web.get("/health", self.health),
            web.get("/version", self.version),
            web.get("/v1/models", self.models),
            web.get("/metrics", self.metrics),
            web.post("/tokenize", self.tokenize),
            web.post("/v1/chat/completions", self.chat),
            web.post("/v1/completions", self.completion),
            web.get("/simulator/settings", self.settings),
            web.put("/simulator/settings", self.set_pace),
            web.get("/simulator/requests", self.requests),
        ])  # fmt: skip
        application.cleanup_ctx.append(self._running)
        return application

    async def _running(self, _application: web.Application) -> AsyncIterator[None]:
        loop = asyncio.create_task(self._batch.run())
        yield
        loop.cancel()

    async def health(self, _request: web.Request) -> web.Response:
        return web.Response(status=503 if self.pace.out_of_memory else 200)

    async def version(self, _request: web.Request) -> web.Response:
        return web.json_response({"version": _VERSION})

    async def models(self, _request: web.Request) -> web.Response:
        card = {
            "id": self.pace.model, "object": "model", "created": 1, "owned_by": "vllm", "root": self.pace.model,
            "parent": None, "max_model_len": self.pace.context_window,
        }  # fmt: skip
        return web.json_response({"object": "list", "data": [card]})

    async def metrics(self, _request: web.Request) -> web.Response:
        return web.Response(body=self._metrics.text(), content_type="text/plain")

    async def tokenize(self, request: web.Request) -> web.Response:
        counted = prompt_tokens(_prompt_of(await request.json()))
        return web.json_response({"count": counted, "max_model_len": self.pace.context_window, "tokens": []})

    async def settings(self, _request: web.Request) -> web.Response:
        return web.json_response(self.pace.model_dump())

    async def set_pace(self, request: web.Request) -> web.Response:
        """Members that are not named stay as they are."""
        try:
            self._batch.pace = Pace.model_validate({**self.pace.model_dump(), **await request.json()})
        except (ValidationError, ValueError, TypeError) as error:
            return frames.error(400, str(error))
        return await self.settings(request)

    async def requests(self, _request: web.Request) -> web.Response:
        """What was asked, the latest last: number, path, traceparent, prompt tokens, and how it ended."""
        return web.json_response({"requests": list(self._asked)})

    async def chat(self, request: web.Request) -> web.StreamResponse:
        return await self._answer(request, chat=True)

    async def completion(self, request: web.Request) -> web.StreamResponse:
        return await self._answer(request, chat=False)

    async def _answer(self, request: web.Request, *, chat: bool) -> web.StreamResponse:
        try:
            body = await request.json()
            prompt = _prompt_of(body)
        except (ValueError, KeyError, TypeError, AttributeError):
            return frames.error(400, "The body is not a valid request.")
        refused = self._refused(body, counted := prompt_tokens(prompt))
        asked = {
            "number": next(self._numbers), "path": request.path, "prompt_tokens": counted,
            "traceparent": request.headers.get("traceparent", ""), "finish": "error" if refused else "",
        }  # fmt: skip
        self._asked.append(asked)
        if refused is not None:
            return refused
        room = max(1, self.pace.context_window - counted)
        most = min(int(body.get("max_completion_tokens") or body.get("max_tokens") or room), room)
        tokens = tokens_of(self._answers.to(prompt), self.pace.output_tokens)
        sequence = Sequence(counted, repeated(tokens) if self.pace.endless else iter(tokens), most)
        try:
            self._batch.submit(sequence)
        except QueueFull:
            asked["finish"] = "rejected"
            return frames.error(503, "The request queue is full. Please retry later.")
        made = Frames(chat, f"{'chatcmpl' if chat else 'cmpl'}-{uuid.uuid4().hex}", self.pace.model)
        try:
            if body.get("stream"):
                return await self._stream(request, sequence, made, usage=bool(body.get("stream_options")))
            return await self._whole(sequence, made)
        finally:
            self._batch.leave(sequence)
            asked["finish"] = sequence.finish or ABORT
            self._metrics.ended(sequence, sequence.finish or ABORT)

    def _refused(self, body: dict[str, Any], counted: int) -> web.Response | None:
        if self.pace.out_of_memory or self._chance.random() < self.pace.error_rate:
            return frames.error(500, frames.DEAD)
        if body.get("model") not in {None, self.pace.model}:
            return frames.error(404, f"The model `{body['model']}` does not exist.", "model")
        window = self.pace.context_window
        if counted >= window:
            text = f"This model's maximum context length is {window} tokens. However, your prompt contains at least "
            return frames.error(400, f"{text}{window + 1} input tokens. Please reduce the length.", "input_tokens")
        return None

    async def _stream(
        self, request: web.Request, sequence: Sequence, made: Frames, *, usage: bool
    ) -> web.StreamResponse:
        broken_at = self._broken_at()
        failed = self._chance.random() < self.pace.failed_rate
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
        try:
            await response.prepare(request)
            await response.write(made.first())
            while (token := await sequence.tokens.get()) is not None:
                await response.write(made.token(token))
                if sequence.sent >= broken_at and request.transport is not None:
                    request.transport.abort()
                    return response
                if failed and sequence.sent > 1:
                    await response.write(frames.error_frame(frames.DEAD))
                    return response
            await response.write(made.last(sequence.finish))
            if usage:
                await response.write(made.usage(self._usage(sequence)))
            await response.write(frames.DONE)
        except ConnectionResetError:
            pass  # the caller has left
        return response

    async def _whole(self, sequence: Sequence, made: Frames) -> web.Response:
        parts = []
        while (token := await sequence.tokens.get()) is not None:
            parts.append(token)
        return web.json_response(made.whole("".join(parts), sequence.finish, self._usage(sequence)))

    def _broken_at(self) -> float:
        return 10 if self._chance.random() < self.pace.break_rate else float("inf")

    def _usage(self, sequence: Sequence) -> dict[str, int]:
        prompt = self.pace.reported_prompt_tokens or sequence.prompt_tokens
        return {"prompt_tokens": prompt, "completion_tokens": sequence.sent, "total_tokens": prompt + sequence.sent}


def _prompt_of(body: dict[str, Any]) -> str:
    """All that a model would read."""
    if "messages" in body:
        return "\n".join(_text_of(message.get("content")) for message in body["messages"])
    prompt = body["prompt"]
    return prompt if isinstance(prompt, str) else "\n".join(str(part) for part in prompt)


def _text_of(content: Any) -> str:
    if isinstance(content, list):
        return "\n".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return str(content or "")
