"""Fake llm-proxy: its engines answer as told, and it notices when a client goes."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

from .base import FakeService


@dataclass
class Script:
    """What an engine answers: the parts of its text, the pause before each, and how the stream ends."""

    parts: list[str] = field(default_factory=lambda: ["```json\n", "SPEC", "\n```"])
    reasoning: list[str] = field(default_factory=list)
    silence_s: float = 0.0
    pause_s: float = 0.0
    ending: str = "done"
    engine: str = "vllm"
    degraded: bool = False
    status: int = 200


class FakeLlm(FakeService):
    name = "llm-proxy"

    def __init__(self) -> None:
        super().__init__()
        self._ollama()

        @self.app.get("/v1/engines")
        async def engines() -> Any:
            return {
                "default": self.default,
                "engines": [
                    {
                        "id": "vllm",
                        "kind": "vllm",
                        "model": "demo-7b",
                        "model_class": "medium",
                        "context_window": self.windows["vllm"],
                        "max_output_tokens": 1024,
                        "state": "ready",
                        "builtin": False,
                    },
                    {
                        "id": "builtin",
                        "kind": "builtin",
                        "model": "builtin",
                        "model_class": "small",
                        "context_window": 32768,
                        "max_output_tokens": 8192,
                        "state": "ready",
                        "builtin": True,
                    },
                ],
            }

        @self.app.get("/v1/models")
        async def models() -> Any:
            return {"object": "list", "data": [{"id": "vllm", "object": "model", "created": 1, "owned_by": "vllm"}]}

        @self.app.post("/v1/responses")
        async def responses(request: Request) -> Response:
            self.calls.append(("/v1/responses", await request.json()))
            return JSONResponse({"id": "resp_1", "object": "response", "output": []})

        @self.app.post("/v1/chat/completions")
        @self.app.post("/v1/completions")
        async def completions(request: Request) -> Response:
            body = await request.json()
            self.calls.append((request.url.path, body))
            script = self.script(body)
            if script.status != 200:
                error = {"message": "the engine is overloaded", "type": "server_error", "param": None, "code": "busy"}
                return JSONResponse({"error": error}, status_code=script.status)
            if not body.get("stream"):
                return await self.whole(request, script)
            return StreamingResponse(self.stream(script), media_type="text/event-stream")

    def _ollama(self) -> None:
        @self.app.get("/api/tags")
        async def tags() -> Any:
            return {"models": [{"name": "vllm", "model": "vllm"}]}

        @self.app.get("/api/ps")
        @self.app.get("/api/version")
        async def told(request: Request) -> Any:
            return {"asked": request.url.path}

        @self.app.post("/api/embed")
        @self.app.post("/api/embeddings")
        @self.app.post("/api/generate")
        @self.app.post("/api/chat")
        @self.app.post("/api/show")
        async def ollama(request: Request) -> Response:
            body = await request.json()
            self.calls.append((request.url.path, body))
            if body.get("model") == "nope":
                return JSONResponse({"error": "model 'nope' not found"}, status_code=404)
            lines = b'{"response":"a","done":false}\n{"response":"","done":true}\n'
            return Response(lines, media_type="application/x-ndjson")

    def reset(self) -> None:
        super().reset()
        self.default = "vllm"
        self.scripts: list[Script] = []
        self.left_at: float | None = None
        self.builtin_fails = False
        self.windows: dict[str, int | None] = {"vllm": 8192}

    def script(self, body: dict[str, Any]) -> Script:
        if body.get("model") == "builtin" or (body.get("model") == "default" and self.default == "builtin"):
            if self.builtin_fails:
                return Script(status=503)
            text = "그리드는 조회 결과를 보여 줍니다." if "?" in str(body["messages"][-1]["content"]) else "SPEC"
            return Script([text], engine="builtin")
        return self.scripts.pop(0) if self.scripts else Script()

    async def whole(self, request: Request, script: Script) -> Response:
        try:
            for _ in script.parts:
                await asyncio.sleep(script.pause_s)
                if await request.is_disconnected():
                    self.left_at = monotonic()
                    return Response()
        except asyncio.CancelledError:
            self.left_at = monotonic()
            raise
        message = {"role": "assistant", "content": "".join(script.parts)}
        return JSONResponse(
            {
                "id": "c1",
                "object": "chat.completion",
                "created": 1,
                "model": script.engine,
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            }
        )

    async def stream(self, script: Script) -> AsyncIterator[bytes]:
        about = {
            "engine": script.engine,
            "model": f"{script.engine}-model",
            "degraded": script.degraded,
            "fallback_reason": "engine down" if script.degraded else None,
        }

        def frame(delta: dict[str, Any], finish: str | None = None) -> bytes:
            choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
            return b"data: " + orjson.dumps({"choices": choices, "framewright": about}) + b"\n\n"

        try:
            await asyncio.sleep(script.silence_s)
            yield frame({"role": "assistant", "content": ""})
            for text in script.reasoning:
                yield frame({"reasoning_content": text})
            for text in script.parts:
                await asyncio.sleep(script.pause_s)
                yield frame({"content": text})
            if script.ending == "error":
                yield b'data: {"error": {"message": "out of memory", "type": "server_error"}}\n\n'
                return
            if script.ending == "surrogate":
                yield b'data: {"choices": [{"delta": {"content": "\\ud83d"}}]}\n\n'
                return
            if script.ending == "cut":
                return
            yield frame({}, "stop")
            usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
            yield b"data: " + orjson.dumps({"choices": [], "usage": usage, "framewright": about}) + b"\n\n"
            yield b"data: [DONE]\n\n"
        except (asyncio.CancelledError, GeneratorExit):
            self.left_at = monotonic()
            raise
