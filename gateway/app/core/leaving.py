"""Work for a caller that ends when the caller has gone."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from fastapi import Request

Result = TypeVar("Result")


class CallerLeft(Exception):
    """Nobody is there to hear the answer."""


async def while_connected(request: Request, work: Awaitable[Result]) -> Result:
    """The work's result; the work is cancelled when the caller goes.

    The request's body must have been read before.

    Raises:
        CallerLeft: the caller has gone.
    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise CallerLeft
        return working.result()
    finally:
        leaving.cancel()
        working.cancel()
        await asyncio.gather(leaving, working, return_exceptions=True)


async def broken_off_once(work: Awaitable[Result]) -> Result:
    """The work's result, in a task of its own: a scope of anyio, which cancels again and again, cancels it once.

    So its queries are cleaned up, and its connections go back to the pool.
    """
    working = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        working.cancel()
        raise


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue
