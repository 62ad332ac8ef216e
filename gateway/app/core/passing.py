"""A caller's request passed on to a service, and the answer streamed back; the caller's leaving closes both."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import httpx
from fastapi import Request
from fastapi.responses import Response
from starlette.background import BackgroundTask

from .clients.forward import ForwardingClient, end_to_end_headers
from .identity import User
from .leaving import while_connected
from .streaming import Stream

_PASSED_HEADERS = {
    "content-type": "Content-Type", "accept": "Accept", "accept-language": "Accept-Language",
    "if-none-match": "If-None-Match", "if-match": "If-Match", "if-modified-since": "If-Modified-Since",
    "range": "Range", "user-agent": "User-Agent",
}  # fmt: skip


async def pass_on(
    request: Request,
    client: ForwardingClient,
    target: str,
    *,
    content: bytes,
    user: User | None,
    first_byte_s: float | None = None,
) -> Response:
    """The service's answer as it is, an error too.

    Raises:
        UpstreamFailed, UpstreamTimedOut: it gave none.
    """
    stack = AsyncExitStack()
    headers = {_PASSED_HEADERS[name]: value for name, value in request.headers.items() if name in _PASSED_HEADERS}
    opening = stack.enter_async_context(
        client.forward(
            request.method, target, content=content, headers=headers, user_id=user.id if user else "",
            role=user.role if user else "", first_byte_s=first_byte_s,
        )
    )  # fmt: skip
    response: httpx.Response = await while_connected(request, opening)
    answer = Stream(_body(response, stack), response.status_code, background=BackgroundTask(stack.aclose))
    answer.raw_headers.extend((name.encode(), value.encode()) for name, value in end_to_end_headers(response))
    return answer


async def _body(response: httpx.Response, stack: AsyncExitStack) -> AsyncIterator[bytes]:
    async with stack:
        async for part in response.aiter_raw():
            yield part
