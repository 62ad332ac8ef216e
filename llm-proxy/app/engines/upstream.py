"""Requests to engines: one aiohttp session, four time limits, and every failure as an engine's error."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson

from chassis.deadlines import remaining_s

from .errors import EngineFailed, EngineTimedOut, EngineUnreachable
from .upstream_errors import error_from

MAX_ANSWER_BYTES = 64 * 1024 * 1024
PROBE_LIMIT_S = 2.0
_ERROR_BODY_BYTES = 64 * 1024
_ERROR_BODY_S = 5.0
_FINISH_S = 0.25


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds: to connect, to the first content, between two reads, and in all."""

    connect_s: float = 3.0
    first_byte_s: float = 120.0
    between_bytes_s: float = 60.0
    total_s: float = 300.0


class Reading:
    """An engine's answer while it is read. `progressed` is set by its reader when content has come."""

    def __init__(self, response: aiohttp.ClientResponse, limits: Limits, *, engine: str, started: float) -> None:
        self._response = response
        self._limits = limits
        self._engine = engine
        self._loop = asyncio.get_running_loop()
        self._first_at, self._end_at = _deadlines(limits, started)
        self._read_bytes = 0
        self.progressed = False
        self.content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()

    async def read(self) -> bytes:
        """What has come since; empty at the end of the answer.

        Raises:
            EngineTimedOut: nothing came within the limit in force.
            EngineFailed: the connection broke, or the answer is larger than any sensible one.
        """
        limit = self._loop.time() + self._limits.between_bytes_s if self.progressed else self._first_at
        try:
            async with asyncio.timeout_at(min(limit, self._end_at)):
                chunk = await self._response.content.readany()
        except TimeoutError as error:
            raise EngineTimedOut(self._timeout_text()) from error
        except aiohttp.ClientError as error:
            raise EngineFailed(f"The connection to the engine {self._engine} broke.") from error
        self._read_bytes += len(chunk)
        if self._read_bytes > MAX_ANSWER_BYTES:
            raise EngineFailed(f"The engine {self._engine} sent more than {MAX_ANSWER_BYTES:,} bytes.")
        return chunk

    async def read_whole(self) -> bytes:
        parts = []
        while chunk := await self.read():
            parts.append(chunk)
        return b"".join(parts)

    async def finish(self) -> None:
        """Reads the end of the transfer, so that the connection can be used again; not where it takes its time."""
        try:
            async with asyncio.timeout(_FINISH_S):
                while await self._response.content.readany():
                    pass
        except (TimeoutError, aiohttp.ClientError):
            self._response.close()

    def _timeout_text(self) -> str:
        if self._loop.time() >= self._end_at:
            return f"The engine {self._engine} did not finish in time."
        return f"The engine {self._engine} went silent."


def _deadlines(limits: Limits, started: float) -> tuple[float, float]:
    """Event-loop times of the first content and of the end.

    A tenth of the caller's own patience is kept back, so that a fallback still comes in time.
    """
    patience = remaining_s()
    return (
        started + min(limits.first_byte_s, 0.9 * patience),
        started + min(limits.total_s, patience),
    )


class Upstream:
    """The way to one engine."""

    def __init__(
        self, session: aiohttp.ClientSession, limits: Limits, *, engine: str, base_url: str, api_key: str | None
    ) -> None:
        self._session = session
        self._limits = limits
        self._engine = engine
        self._base_url = base_url
        self._headers = {"Content-Type": "application/json", "User-Agent": "framewright"}
        if api_key:
            self._headers["Authorization"] = f"Bearer {api_key}"

    @asynccontextmanager
    async def post(self, path: str, body: dict[str, Any]) -> AsyncIterator[Reading]:
        """An answer below 400, to be read as it comes. Leaving early closes the connection, which ends the work.

        Raises:
            InvalidInput: the engine found the caller's mistake.
            EngineUnreachable, EngineFailed, EngineBusy, EngineTimedOut, EngineLacksModel: see `engines.errors`.
        """
        started = asyncio.get_running_loop().time()
        response = await self._send(path, orjson.dumps(body), started)
        finished = False
        try:
            if response.status >= 300:
                await self._raise(response)
            yield Reading(response, self._limits, engine=self._engine, started=started)
            finished = response.content.is_eof()
        finally:
            if finished:
                response.release()
            else:
                response.close()

    async def _send(self, path: str, content: bytes, started: float) -> aiohttp.ClientResponse:
        """A kept connection may just have been closed by the engine: the request is then sent once more."""
        first_at, end_at = _deadlines(self._limits, started)
        try:
            async with asyncio.timeout_at(min(first_at, end_at)):
                try:
                    return await self._post(path, content)
                except (aiohttp.ServerDisconnectedError, ConnectionResetError):
                    return await self._post(path, content)
        except aiohttp.ConnectionTimeoutError as error:
            raise EngineUnreachable(f"The engine {self._engine} could not be reached in time.") from error
        except TimeoutError as error:
            raise EngineTimedOut(f"The engine {self._engine} sent nothing in time.") from error
        except aiohttp.ClientConnectorError as error:
            raise EngineUnreachable(f"The engine {self._engine} could not be reached.") from error
        except (aiohttp.ClientError, ConnectionResetError, ValueError) as error:
            raise EngineFailed(f"The engine {self._engine} broke the connection before it answered.") from error

    async def _post(self, path: str, content: bytes) -> aiohttp.ClientResponse:
        return await self._session.post(
            self._base_url + path,
            data=content,
            headers=self._headers,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=None, connect=None, sock_connect=self._limits.connect_s),
        )

    async def _raise(self, response: aiohttp.ClientResponse) -> None:
        body = b""
        try:
            async with asyncio.timeout(_ERROR_BODY_S):
                while len(body) < _ERROR_BODY_BYTES and (part := await response.content.readany()):
                    body += part
        except (TimeoutError, aiohttp.ClientError):
            pass  # the status says enough
        raise error_from(
            response.status, body, engine=self._engine, retry_after=response.headers.get("retry-after", "")
        )

    async def get(self, path: str) -> tuple[int, Any]:
        """Status and JSON (None where it is none) of a cheap question.

        Raises:
            EngineUnreachable: there was no answer.
        """
        try:
            async with (
                asyncio.timeout(PROBE_LIMIT_S),
                self._session.get(self._base_url + path, headers=self._headers, allow_redirects=False) as response,
            ):
                body = await response.read()
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            raise EngineUnreachable(f"The engine {self._engine} could not be reached.") from error
        try:
            return response.status, orjson.loads(body)
        except orjson.JSONDecodeError:
            return response.status, None
