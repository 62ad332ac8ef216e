"""HTTP between services: one client for each upstream, with token, trace, deadline, limit and retry."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import cache, lru_cache
from http import HTTPStatus
from typing import Any

import httpx
import orjson
from httpx_aiohttp import AiohttpTransport

from .absence import Absence
from .deadlines import deadline_header, remaining_s
from .errors import UpstreamFailed, UpstreamRejected, UpstreamTimedOut
from .tokens import ServiceTokens
from .tracing import current_trace

_CONNECT_S = 2.0
_RETRY_PAUSE_S, _MOST_PAUSE_S = 0.05, 0.5
_RETRYABLE = frozenset({502, 503, 504})

Attempt = Callable[[], Awaitable[httpx.Response]]
_NO_LIMIT_BUT_TO_CONNECT = {"timeout": {"connect": _CONNECT_S, "read": None, "write": None, "pool": None}}
"""Limits of whole calls are ours: `asyncio.timeout`."""


@cache
def _tls_context() -> ssl.SSLContext:
    """One for all clients: reading the certificates takes tens of milliseconds."""
    return httpx.create_ssl_context(trust_env=False)


@lru_cache(maxsize=512)
def _parsed(url: str) -> httpx.URL:
    """Parsing a URL takes longer than the rest of making a request, and the same few are asked again and again."""
    return httpx.URL(url)


class ServiceClient:
    """Base of the client class that a service has for each service it calls."""

    def __init__(
        self,
        *,
        upstream: str,
        base_url: str,
        tokens: ServiceTokens,
        limit_s: float,
        max_connections: int = 200,
        patience_s: float = 0.0,
    ) -> None:
        """`upstream` is the other service's name (the token's audience); `limit_s` holds for a call as a whole.

        Patient calls wait for an upstream that has been away for less than `patience_s`: that is its restart.
        """
        self.upstream = upstream
        self._absence = Absence(upstream, patience_s=patience_s)
        self.limit_s = limit_s
        self._tokens = tokens
        self._base_url = base_url.rstrip("/")
        # The transport alone: httpx's client around it (redirects, cookies, credentials in URLs) costs 0.5 ms a call.
        self._transport = AiohttpTransport(
            verify=_tls_context(),
            limits=httpx.Limits(max_connections=max_connections, keepalive_expiry=30.0),
            trust_env=False,
        )

    async def aclose(self) -> None:
        await self._transport.aclose()

    async def request_json(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        params: Mapping[str, str] | None = None,
        user_id: str = "",
        role: str = "",
        limit_s: float | None = None,
        repeatable: bool = False,
        patient: bool = False,
    ) -> Any:
        """The answer's JSON.

        `repeatable` calls are sent once more where the connection broke or the upstream said 502, 503 or 504;
        `patient` ones again and again, within the client's patience.

        Raises:
            UpstreamRejected: it answered with an error of its own (4xx, or 5xx with a problem document).
            UpstreamTimedOut: it took longer than the limit, or than what is left of the caller's deadline.
            UpstreamFailed: it could not be reached, or answered no JSON.
        """
        response = await self.request(
            method,
            path,
            content=None if body is None else orjson.dumps(body),
            params=params,
            user_id=user_id,
            role=role,
            limit_s=limit_s,
            repeatable=repeatable,
            patient=patient,
        )
        if response.status_code == HTTPStatus.NO_CONTENT:
            return None
        try:
            return orjson.loads(response.content)
        except orjson.JSONDecodeError as error:
            raise UpstreamFailed(f"{self.upstream} answered something that is not JSON.") from error

    async def request(
        self,
        method: str,
        path: str,
        *,
        content: bytes | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        user_id: str = "",
        role: str = "",
        limit_s: float | None = None,
        repeatable: bool = False,
        patient: bool = False,
    ) -> httpx.Response:
        """The whole answer, status below 400 (304 included); errors as in `request_json`."""
        limit = min(limit_s if limit_s is not None else self.limit_s, remaining_s())

        async def attempt() -> httpx.Response:
            own = self.headers(user_id=user_id, role=role)
            answer = await self.send(
                self.build_request(method, path, content, {**own, **(headers or {})}, params=params)
            )
            await _read(answer)
            return answer

        try:
            async with asyncio.timeout(limit):
                response = await (self.repeated(attempt, patient=patient) if repeatable or patient else attempt())
        except TimeoutError as error:
            raise UpstreamTimedOut(f"{self.upstream} gave no answer within {limit:.1f} s.") from error
        except httpx.TransportError as error:
            raise UpstreamFailed(f"{self.upstream} could not be reached.") from error
        self.raise_for_status(response)
        return response

    async def repeated(
        self, attempt: Attempt, *, patient: bool, statuses: frozenset[int] = _RETRYABLE
    ) -> httpx.Response:
        """The answer to what is attempted again where the connection broke, or the status is one of `statuses`.

        Raises:
            httpx.TransportError: that of the last attempt.
        """
        number = 0
        while True:
            number += 1
            try:
                response = await attempt()
            except httpx.TransportError:
                if not self._again(number, patient=patient):
                    raise
            else:
                if response.status_code not in statuses:
                    self._absence.over()
                    return response
                if not self._again(number, patient=patient):
                    return response
                await response.aclose()
            await asyncio.sleep(min(_RETRY_PAUSE_S * 2 ** (number - 1), _MOST_PAUSE_S))

    def _again(self, number: int, *, patient: bool) -> bool:
        """Whether there is another attempt after this one, which failed."""
        return number == 1 or (patient and self._absence.worth_waiting())

    @asynccontextmanager
    async def stream(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        accept: str = "*/*",
        user_id: str = "",
        role: str = "",
        first_byte_s: float | None = None,
    ) -> AsyncIterator[httpx.Response]:
        """An answer that is read as it comes; `first_byte_s` limits the time to its status line alone."""
        content = None if body is None else orjson.dumps(body)
        headers = {**self.headers(user_id=user_id, role=role), "Accept": accept}
        request = self.build_request(method, path, content, headers)
        try:
            async with asyncio.timeout(first_byte_s):
                response = await self.send(request)
        except TimeoutError as error:
            raise UpstreamTimedOut(f"{self.upstream} sent nothing within {first_byte_s or 0:.1f} s.") from error
        except httpx.TransportError as error:
            raise UpstreamFailed(f"{self.upstream} could not be reached.") from error
        try:
            if response.status_code >= HTTPStatus.BAD_REQUEST:
                await response.aread()
                self.raise_for_status(response)
            yield response
        finally:
            await response.aclose()

    def build_request(
        self,
        method: str,
        path: str,
        content: bytes | None,
        headers: Mapping[str, str],
        *,
        params: Mapping[str, str] | None = None,
    ) -> httpx.Request:
        """A request to the upstream; `path` may carry a query of its own."""
        return httpx.Request(
            method,
            _parsed(self._base_url + path),
            params=params,
            content=content,
            headers={"Accept": "*/*", **headers},
            extensions=_NO_LIMIT_BUT_TO_CONNECT,
        )

    async def send(self, request: httpx.Request) -> httpx.Response:
        """The open answer; the caller closes it. Raises `httpx.TransportError`."""
        response = await self._transport.handle_async_request(request)
        response.request = request
        return response

    def headers(self, *, user_id: str = "", role: str = "") -> dict[str, str]:
        """Headers of an internal call: token, trace and deadline."""
        token = self._tokens.issue(audience=self.upstream, user_id=user_id, role=role)
        return {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "traceparent": current_trace().header(),
            **deadline_header(),
        }

    def raise_for_status(self, response: httpx.Response) -> None:
        """Turns an error answer into `UpstreamRejected`, or `UpstreamFailed` where it is no problem document."""
        if response.status_code < HTTPStatus.BAD_REQUEST:
            return
        try:
            document = orjson.loads(response.content)
        except orjson.JSONDecodeError:
            document = None
        if not isinstance(document, dict):
            raise UpstreamFailed(f"{self.upstream} answered {response.status_code}.")
        raise UpstreamRejected(self.upstream, response.status_code, document)


async def _read(response: httpx.Response) -> None:
    try:
        await response.aread()
    finally:
        await response.aclose()
