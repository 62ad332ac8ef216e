"""Calls to a mesh, and event streams that survive cut connections."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any, cast

import httpx

from framewright.errors import Unreachable
from framewright.events import Event
from framewright.requests import (
    EVENT_STREAM,
    PAUSES_S,
    RESTARTING,
    generation_path,
    options_of,
    raise_for_status,
)
from framewright.sse import Decoder


class AsyncConnection:
    """One HTTP client; what it raises are this package's errors."""

    def __init__(
        self,
        base_url: str,
        auth: httpx.Auth | None,
        *,
        pauses_s: tuple[float, ...] = PAUSES_S,
        on_cut: Callable[[str], None] = lambda _reason: None,
    ) -> None:
        self.base_url = base_url
        self._pauses_s, self._on_cut = pauses_s, on_cut
        self._http = httpx.AsyncClient(**options_of(base_url, auth))

    async def aclose(self) -> None:
        await self._http.aclose()

    async def json(self, method: str, path: str, *, body: Any = None, params: dict[str, Any] | None = None) -> Any:
        return (await self.call(method, path, body=body, params=params)).json()

    async def call(
        self, method: str, path: str, *, body: Any = None, params: dict[str, Any] | None = None
    ) -> httpx.Response:
        """The answer, where it is a success.

        Raises:
            Unreachable, Refused, KeyRefused
        """
        try:
            response = await self._http.request(method, path, json=body, params=params)
        except httpx.TransportError as error:
            raise Unreachable(f"{self.base_url}: {error}") from error
        raise_for_status(response)
        return response

    def ordered(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> AsyncGenerator[Event, None]:
        """Orders a generation, and gives its events. The order bears a name: sent again, it is the same one."""
        request = self._http.build_request("POST", path, json=body, headers={**EVENT_STREAM, **headers})
        return self._follow("", 0, request)

    def events(self, generation_id: str, after: int) -> AsyncGenerator[Event, None]:
        return self._follow(generation_id, after, None)

    async def _follow(self, generation_id: str, after: int, order: httpx.Request | None) -> AsyncGenerator[Event, None]:
        """Every event after `after`, each once, to the terminal one, on as many connections as it takes."""
        failures = 0
        while True:
            request = order if order is not None and not generation_id else self._resumption(generation_id, after)
            try:
                async with aclosing(self._read(request)) as events:
                    async for event in events:
                        if event.seq <= after:
                            continue
                        after, failures = event.seq, 0
                        generation_id = generation_id or str(event.data.get("generation_id", ""))
                        yield event
                        if event.terminal:
                            return
                reason = "the stream ended early"
            except httpx.TransportError as error:
                reason = str(error) or type(error).__name__
                if isinstance(error, httpx.ConnectError) and not generation_id:
                    failures = len(self._pauses_s)  # nothing was ordered, and nobody is there
            if failures >= len(self._pauses_s):
                raise Unreachable(f"{self.base_url}: {reason}")
            self._on_cut(reason)
            await asyncio.sleep(self._pauses_s[failures])
            failures += 1

    def _resumption(self, generation_id: str, after: int) -> httpx.Request:
        headers = {**EVENT_STREAM, "Last-Event-ID": str(after)}
        return self._http.build_request("GET", f"{generation_path(generation_id)}/events", headers=headers)

    async def _read(self, request: httpx.Request) -> AsyncGenerator[Event, None]:
        response = await self._http.send(request, stream=True)
        try:
            if response.status_code in RESTARTING and request.method == "GET":
                raise httpx.ReadError(f"HTTP {response.status_code}")  # it restarts: worth another attempt
            if response.is_error:
                await response.aread()
            raise_for_status(response)
            decoder = Decoder()
            async for chunk in response.aiter_bytes():
                for frame in decoder.feed(chunk):
                    document = cast("dict[str, Any]", json.loads(frame.data))
                    yield Event(int(document["seq"]), str(document["type"]), document)
        finally:
            await response.aclose()
