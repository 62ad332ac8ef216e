"""`/mcp`, streamable HTTP: the SDK is loaded by the first request, for it takes longer than a start may."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from starlette.types import Receive, Scope, Send

from .tools import Tools

if TYPE_CHECKING:
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager


class McpDoor:
    """An ASGI application; `close` ends its sessions."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._opening = asyncio.Lock()
        self._manager: StreamableHTTPSessionManager | None = None
        self._running: asyncio.Task[None] | None = None
        self._ended = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        manager = self._manager or await self._opened()
        await manager.handle_request(scope, receive, send)

    async def close(self) -> None:
        self._ended.set()
        if self._running is not None:
            with suppress(asyncio.CancelledError):
                await self._running

    async def _opened(self) -> "StreamableHTTPSessionManager":
        async with self._opening:
            if self._manager is None:
                manager = await asyncio.to_thread(_load, self._tools)
                ready = asyncio.Event()
                self._running = asyncio.create_task(self._run(manager, ready))
                await ready.wait()
                self._manager = manager
            return self._manager

    async def _run(self, manager: "StreamableHTTPSessionManager", ready: asyncio.Event) -> None:
        async with manager.run():
            ready.set()
            await self._ended.wait()


def _load(tools: Tools) -> "StreamableHTTPSessionManager":
    from .server import session_manager

    return session_manager(tools)
