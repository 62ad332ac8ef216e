"""Questions to an engine's server: the address that was checked is the one called, and no redirect is followed."""

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from ...security.url_policy import UrlPolicy

if TYPE_CHECKING:
    from aiohttp.abc import AbstractResolver

_LIMIT_S = 5.0
"""A server that lists its models does so in milliseconds; an unreachable one must not hold the admin up."""
_MAX_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class EngineReply:
    """`document` is None where the body was no JSON."""

    status: int
    document: Any
    ms: float


class EngineUnreachable(Exception):
    """`code` is `address_refused`, `unreachable`, `timed_out` or `too_large`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class EngineClient:
    def __init__(self, policy: UrlPolicy) -> None:
        self._policy = policy

    async def get(self, url: str, *, api_key: str | None) -> EngineReply:
        """One GET; raises EngineUnreachable."""
        import aiohttp

        if self._policy.url_refusal(url):
            raise EngineUnreachable("address_refused")
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        connector = aiohttp.TCPConnector(resolver=_guarded(self._policy), use_dns_cache=False)
        started = time.perf_counter()
        try:
            async with (
                asyncio.timeout(_LIMIT_S),
                aiohttp.ClientSession(connector=connector, trust_env=False) as session,
                session.get(url, headers=headers, allow_redirects=False) as response,
            ):
                body = await _read(response)
                status = response.status
        except TimeoutError as error:
            raise EngineUnreachable("timed_out") from error
        except AddressRefused as error:
            raise EngineUnreachable("address_refused") from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise EngineUnreachable("unreachable") from error
        return EngineReply(status, _json(body), (time.perf_counter() - started) * 1000)


class AddressRefused(Exception):
    """A name led to an address that may not be called."""


async def _read(response: Any) -> bytes:
    body = b""
    async for chunk in response.content.iter_chunked(65536):
        body += chunk
        if len(body) > _MAX_BYTES:
            raise EngineUnreachable("too_large")
    return body


def _json(body: bytes) -> Any:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def _guarded(policy: UrlPolicy) -> "AbstractResolver":
    """A resolver that refuses a name as soon as one of its addresses is not allowed."""
    import socket

    from aiohttp.abc import AbstractResolver, ResolveResult
    from aiohttp.resolver import ThreadedResolver

    class GuardedResolver(AbstractResolver):
        def __init__(self) -> None:
            self._inner = ThreadedResolver()

        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
        ) -> list[ResolveResult]:
            found = await self._inner.resolve(host, port, family)
            if any(policy.address_refusal(entry["host"]) for entry in found):
                raise AddressRefused(host)
            return found

        async def close(self) -> None:
            await self._inner.close()

    return GuardedResolver()
