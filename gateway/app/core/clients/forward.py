"""Passing a caller's request on to a service, and the service's answer back as it comes."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import httpx

from chassis.errors import UpstreamFailed, UpstreamTimedOut
from chassis.http_client import ServiceClient

_HOP_BY_HOP = frozenset({
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
    "upgrade", "content-length", "date", "server", "x-trace-id",
})  # fmt: skip
_NONE: frozenset[int] = frozenset()


class ForwardingClient(ServiceClient):
    """A service client whose errors are answers too: what the service says, the caller hears."""

    @asynccontextmanager
    async def forward(
        self,
        method: str,
        target: str,
        *,
        content: bytes,
        headers: Mapping[str, str],
        user_id: str,
        role: str,
        first_byte_s: float | None = None,
        patient: bool = False,
    ) -> AsyncIterator[httpx.Response]:
        """The open answer, whatever its status; `target` is the path with its query.

        `patient`: it may be asked again, and is while the connection breaks, as in `request_json`.

        Raises:
            UpstreamFailed, UpstreamTimedOut: there is no answer to pass on.
        """
        limit = self.limit_s if first_byte_s is None else first_byte_s

        async def attempt() -> httpx.Response:
            own = self.headers(user_id=user_id, role=role)
            given = {**own, "Accept-Encoding": "identity", **headers}
            return await self.send(self.build_request(method, target, content, given))

        try:
            async with asyncio.timeout(limit):
                response = await (self.repeated(attempt, patient=True, statuses=_NONE) if patient else attempt())
        except TimeoutError as error:
            raise UpstreamTimedOut(f"{self.upstream} gave no answer within {limit:.0f} s.") from error
        except httpx.TransportError as error:
            raise UpstreamFailed(f"{self.upstream} could not be reached.") from error
        try:
            yield response
        finally:
            await response.aclose()


def end_to_end_headers(response: httpx.Response) -> list[tuple[str, str]]:
    """The answer's headers without those that hold between two neighbours only."""
    return [(name, value) for name, value in response.headers.multi_items() if name.lower() not in _HOP_BY_HOP]
