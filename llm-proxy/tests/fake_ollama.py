"""A fake Ollama, built from its documented API: it has never seen a real one (PROTOCOLS section 3)."""

import asyncio
from typing import Any

import orjson

from .servers import Exchange, SocketServer, chunked, response

NDJSON_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n"
TRAINED_WINDOW = 8192
SHOWN = {
    "details": {"family": "qwen2", "quantization_level": "Q4_K_M"},
    "model_info": {"general.architecture": "qwen2", "qwen2.context_length": TRAINED_WINDOW},
    "capabilities": ["completion", "tools", "thinking"],
}


class FakeOllama:
    """Answers as told. `ending` is what comes last: `done`, `error`, `cut` (the connection), or `silent`."""

    def __init__(self, *parts: str, thinking: str = "", ending: str = "done", prompt_tokens: int = 7) -> None:
        self.parts = parts
        self.thinking = thinking
        self.ending = ending
        self.prompt_tokens = prompt_tokens
        self.first_after_s = 0.0
        self.tool_call: dict[str, Any] | None = None
        self.refusal: tuple[str, str] | None = None
        self.server = SocketServer(self.answer)
        self.load("m")

    def load(self, *models: str) -> None:
        """What `/api/ps` says from now on."""
        cards = {"models": [{"name": name, "model": name, "context_length": TRAINED_WINDOW} for name in models]}
        self.server.gets["/api/ps"] = response("200 OK", orjson.dumps(cards))

    def asked(self) -> list[Exchange]:
        """The requests for answers: probes are not among them."""
        return [item for item in self.server.exchanges if item.path != "/api/show"]

    async def answer(self, exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        if exchange.path == "/api/show":
            writer.write(response("200 OK", orjson.dumps(SHOWN)))
            await writer.drain()
            return
        if self.refusal is not None:
            status, message = self.refusal
            writer.write(response(status, orjson.dumps({"error": message})))
            await writer.drain()
            return
        await asyncio.sleep(self.first_after_s)
        await self._stream(exchange, writer)

    async def _stream(self, exchange: Exchange, writer: asyncio.StreamWriter) -> None:
        writer.write(NDJSON_HEAD)
        if self.thinking:
            writer.write(self._line(exchange, "", thinking=self.thinking))
        for part in self.parts:
            writer.write(self._line(exchange, part))
            await writer.drain()
            exchange.sent += 1
            await asyncio.sleep(0.02)  # what goes wrong comes after what was said, in a read of its own
        if self.ending == "silent":
            await asyncio.sleep(3600)
        if self.tool_call is not None:
            message = {"role": "assistant", "content": "", "tool_calls": [{"function": self.tool_call}]}
            writer.write(chunked(orjson.dumps({"model": "m", "message": message, "done": False}) + b"\n"))
        if self.ending == "error":
            writer.write(chunked(b'{"error":"the runner has stopped"}\n') + b"0\r\n\r\n")
        elif self.ending == "done":
            end = {"model": "m", "done": True, "done_reason": "stop", "prompt_eval_count": self.prompt_tokens}
            writer.write(chunked(orjson.dumps(end | {"eval_count": len(self.parts)}) + b"\n") + b"0\r\n\r\n")
        await writer.drain()
        if self.ending == "cut":
            writer.transport.abort()

    @staticmethod
    def _line(exchange: Exchange, text: str, thinking: str = "") -> bytes:
        more = {"thinking": thinking} if thinking else {}
        body: dict[str, Any] = {"model": "m", "created_at": "2026-01-01T00:00:00Z", "done": False}
        if exchange.path == "/api/chat":
            body["message"] = {"role": "assistant", "content": text, **more}
        else:
            body |= {"response": text, **more}
        return chunked(orjson.dumps(body) + b"\n")
