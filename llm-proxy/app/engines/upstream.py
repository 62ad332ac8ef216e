"""Requests to engines, and every failure as an engine's error."""

import asyncio
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlsplit

import orjson

from chassis.tracing import current_trace

from .addresses import refused_host
from .errors import EngineBusy, EngineFailed, EngineTimedOut, EngineUnreachable
from .http_connection import Connection, ConnectionBroken
from .http_pool import CannotConnect, ConnectionPool, Origin, TooManyConnections
from .reading import Limits, Reading, deadlines
from .upstream_errors import error_from

PROBE_LIMIT_S = 2.0
_ERROR_BODY_BYTES = 64 * 1024
_ERROR_BODY_S = 5.0
_ANSWER_BYTES = 8 * 1024 * 1024


class Upstream:
    """The way to one engine."""

    def __init__(
        self, pool: ConnectionPool, limits: Limits, *, engine: str, base_url: str, api_key: str | None
    ) -> None:
        self._pool = pool
        self._limits = limits
        self._loading_limits = replace(limits, first_byte_s=max(limits.first_byte_s, limits.load_s))
        self._engine = engine
        self._refused = refused_host(base_url)
        parts = urlsplit(base_url)
        self._prefix = quote(parts.path, safe="/%:@+,;=~-._")
        try:
            self._origin: Origin | None = Origin.of(base_url)
        except ValueError:
            self._origin = None
        if api_key and not api_key.isprintable():
            self._refused = True
        lines = [
            f"Host: {parts.netloc.rpartition('@')[2]}",
            "Accept: */*",
            "Accept-Encoding: identity",
            "User-Agent: framewright",
        ]
        if api_key:
            lines.append(f"Authorization: Bearer {api_key}")
        self._headers = "\r\n".join(lines)
        self._heads: dict[str, bytes] = {}

    async def post(self, path: str, body: dict[str, Any], *, loads: bool = False) -> Reading:
        """An answer below 300, to be read as it comes, and closed. Closing early ends the engine's work.

        `loads`: the server has to load the model first, which may take minutes.

        Raises:
            InvalidInput: the engine found the caller's mistake.
            EngineUnreachable, EngineFailed, EngineBusy, EngineTimedOut, EngineLacksModel: see `engines.errors`.
        """
        limits = self._loading_limits if loads else self._limits
        first_at, end_at = deadlines(limits, asyncio.get_running_loop().time())
        reading = await self._send(self._request("POST", path, orjson.dumps(body)), first_at, end_at)
        if reading.status >= 300:
            try:
                await self._raise(reading)
            finally:
                reading.close()
        return reading

    async def _send(self, request: bytes, first_at: float, end_at: float) -> Reading:
        """A kept connection may just have been closed by the engine: the request is then sent once more."""
        for last in (False, True):
            reading = await self._asked(request, first_at, end_at, fresh=last)
            try:
                await reading.head()
            except ConnectionBroken as error:
                reading.close()
                if last or not error.nothing_came:
                    raise EngineFailed(
                        f"The engine {self._engine} broke the connection before it answered: {error}."
                    ) from error
            except BaseException:
                reading.close()
                raise
            else:
                return reading
        raise AssertionError("the second attempt ends the loop")

    async def _asked(self, request: bytes, first_at: float, end_at: float, *, fresh: bool) -> Reading:
        origin = self._checked_origin()
        left = min(first_at, end_at) - asyncio.get_running_loop().time()
        if left <= 0:
            raise EngineTimedOut(f"The engine {self._engine} sent nothing in time.")
        connection = await self._connection(origin, min(self._limits.connect_s, left), fresh=fresh)
        reading = Reading(
            connection, self._pool, origin, self._limits, engine=self._engine, first_at=first_at, end_at=end_at
        )
        connection.ask(request)
        return reading

    async def _connection(self, origin: Origin, limit_s: float, *, fresh: bool) -> Connection:
        try:
            return await self._pool.take(origin, limit_s=limit_s, fresh=fresh)
        except CannotConnect as error:
            raise EngineUnreachable(f"The engine {self._engine} could not be reached: {error}.") from error
        except TooManyConnections as error:
            raise EngineBusy(f"The engine {self._engine} can't be asked now: {error}.", retry_after_s=1) from error

    def _request(self, method: str, path: str, content: bytes | None) -> bytes:
        head = self._heads.get(method + path)
        if head is None:
            head = f"{method} {self._prefix}{path} HTTP/1.1\r\n{self._headers}\r\n".encode()
            self._heads[method + path] = head
        if content is None:
            return head + b"\r\n"
        trace = current_trace().header().encode()
        return b"%btraceparent: %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (
            head, trace, len(content), content,
        )  # fmt: skip

    def _checked_origin(self) -> Origin:
        if self._refused:
            raise EngineUnreachable(
                f"The engine {self._engine} has an address that may not be called.", code="engine_address_refused"
            )
        if self._origin is None:
            raise EngineUnreachable(f"The engine {self._engine} has no usable address.")
        return self._origin

    async def _raise(self, reading: Reading) -> None:
        body = b""
        try:
            async with asyncio.timeout(_ERROR_BODY_S):
                while len(body) < _ERROR_BODY_BYTES and (part := await reading.read()):
                    body += part
        except (TimeoutError, EngineFailed, EngineTimedOut):
            pass  # the status says enough
        raise error_from(reading.status, body, engine=self._engine, retry_after=reading.header("retry-after"))

    async def get(self, path: str) -> tuple[int, Any]:
        """As `ask`, with GET."""
        return await self.ask("GET", path)

    async def ask(self, method: str, path: str, body: Any = None, *, limit_s: float = PROBE_LIMIT_S) -> tuple[int, Any]:
        """Status and JSON (its text where it is none) of a question that costs no tokens.

        Raises:
            EngineUnreachable: there was no answer.
        """
        self._checked_origin()
        request = self._request(method, path, None if body is None else orjson.dumps(body))
        end_at = asyncio.get_running_loop().time() + limit_s
        try:
            reading = await self._send(request, end_at, end_at)
            try:
                content = await self._whole(reading)
            finally:
                reading.close()
        except EngineUnreachable:
            raise
        except (EngineFailed, EngineTimedOut, EngineBusy) as error:
            raise EngineUnreachable(f"The engine {self._engine} could not be reached.") from error
        try:
            return reading.status, orjson.loads(content)
        except orjson.JSONDecodeError:
            return reading.status, content.decode("utf-8", "replace")

    async def _whole(self, reading: Reading) -> bytes:
        parts: list[bytes] = []
        size = 0
        while part := await reading.read():
            parts.append(part)
            size += len(part)
            if size > _ANSWER_BYTES:
                raise EngineFailed(f"The engine {self._engine} sent more than was asked for.")
        return b"".join(parts)
