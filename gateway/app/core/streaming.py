"""Answers that are sent as they come, and what becomes of their source when the caller leaves."""

import asyncio
from contextlib import aclosing
from typing import Any

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send


class Stream(StreamingResponse):
    """Breaks its source off once when the caller leaves, and waits for its end.

    Starlette's own cancels through an anyio scope: again at every turn of the loop, until the source has ended. A query
    under way can't be cleaned up so, and its connection is lost to the pool ("non-checked-in connection").
    """

    body_iterator: Any

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        async with aclosing(self.body_iterator):
            sending = asyncio.ensure_future(self.stream_response(send))
            leaving = asyncio.ensure_future(self.listen_for_disconnect(receive))
            try:
                await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                leaving.cancel()
                sending.cancel()
                end, _ = await asyncio.gather(sending, leaving, return_exceptions=True)
        if isinstance(end, Exception):
            raise end
        if self.background is not None:
            await self.background()
