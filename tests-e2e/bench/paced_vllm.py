"""An engine paced like vLLM with a batch: alone it takes its time, and each further stream slows all of them a little.

`python paced_vllm.py PORT SECONDS FILE`: an answer, the text of FILE, takes SECONDS alone.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from aiohttp import web

MODEL = "paced-vllm"
PIECE_CHARACTERS = 8
SLOWER_EACH = 0.11
"""Ten streams at a time take about twice as long as one: the documents' run took 25 s alone and 65 s for ten users."""


class PacedEngine:
    def __init__(self, seconds: float, text: str) -> None:
        self._pieces = [text[at : at + PIECE_CHARACTERS] for at in range(0, len(text), PIECE_CHARACTERS)]
        self._pause_s = seconds / len(self._pieces)
        self._streams = 0

    async def models(self, _request: web.Request) -> web.Response:
        return web.json_response({"object": "list", "data": [{"id": MODEL, "object": "model", "max_model_len": 32768}]})

    async def health(self, _request: web.Request) -> web.Response:
        return web.Response()

    async def complete(self, request: web.Request) -> web.StreamResponse:
        await request.read()
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        self._streams += 1
        loop = asyncio.get_running_loop()
        due = loop.time()
        try:
            await response.write(_frame({"role": "assistant", "content": ""}))
            for piece in self._pieces:
                due += self._pause_s * (1 + SLOWER_EACH * (self._streams - 1))
                await asyncio.sleep(max(0.0, due - loop.time()))
                await response.write(_frame({"content": piece}))
            await response.write(_frame({}, "stop") + b"data: [DONE]\n\n")
        except ConnectionResetError:
            pass  # the caller has left
        finally:
            self._streams -= 1
        return response


def _frame(delta: dict[str, Any], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": MODEL, "choices": [choice]}
    return f"data: {json.dumps(chunk)}\n\n".encode()


def main() -> None:
    port, seconds, file = int(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])
    engine = PacedEngine(seconds, file.read_text(encoding="utf-8"))
    application = web.Application(client_max_size=8 * 1024 * 1024)
    application.add_routes([
        web.get("/v1/models", engine.models),
        web.get("/health", engine.health),
        web.post("/v1/chat/completions", engine.complete),
    ])  # fmt: skip
    web.run_app(application, host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    main()
