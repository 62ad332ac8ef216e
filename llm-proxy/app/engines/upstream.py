"""Requests to engines: one aiohttp session, and every failure as an engine's error."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import orjson

from .addresses import refused_host
from .errors import EngineFailed, EngineTimedOut, EngineUnreachable
from .reading import Limits, Reading, deadlines
from .upstream_errors import error_from

PROBE_LIMIT_S = 2.0
_ERROR_BODY_BYTES = 64 * 1024
_ERROR_BODY_S = 5.0


class Upstream:
    """The way to one engine."""

    def __init__(
        self, session: aiohttp.ClientSession, limits: Limits, *, engine: str, base_url: str, api_key: str | None
    ) -> None:
        self._session = session
        self._limits = limits
        self._engine = engine
        self._base_url = base_url
        self._refused = refused_host(base_url)
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
        reading = Reading(response, self._limits, engine=self._engine, started=started)
        try:
            if response.status >= 300:
                await self._raise(response)
            yield reading
        finally:
            reading.close()

    async def _send(self, path: str, content: bytes, started: float) -> aiohttp.ClientResponse:
        """A kept connection may just have been closed by the engine: the request is then sent once more."""
        first_at, end_at = deadlines(self._limits, started)
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
        self._check_address()
        return await self._session.post(
            self._base_url + path,
            data=content,
            headers=self._headers,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=None, connect=None, sock_connect=self._limits.connect_s),
        )

    def _check_address(self) -> None:
        if self._refused:
            raise EngineUnreachable(
                f"The engine {self._engine} has an address that may not be called.", code="engine_address_refused"
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
        """As `ask`, with GET."""
        return await self.ask("GET", path)

    async def ask(self, method: str, path: str, body: Any = None, *, limit_s: float = PROBE_LIMIT_S) -> tuple[int, Any]:
        """Status and JSON (its text where it is none) of a question that costs no tokens.

        Raises:
            EngineUnreachable: there was no answer.
        """
        self._check_address()
        try:
            async with (
                asyncio.timeout(limit_s),
                self._session.request(
                    method,
                    self._base_url + path,
                    data=None if body is None else orjson.dumps(body),
                    headers=self._headers,
                    allow_redirects=False,
                ) as response,
            ):
                content = await response.read()
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
            raise EngineUnreachable(f"The engine {self._engine} could not be reached.") from error
        try:
            return response.status, orjson.loads(content)
        except orjson.JSONDecodeError:
            return response.status, content.decode("utf-8", "replace")
