"""What a service does again and again in the background."""

import asyncio
from collections.abc import Awaitable, Callable


async def run_rounds(
    work: Callable[[], Awaitable[None]],
    *,
    failed: Callable[[Exception], None],
    first_after_s: float,
    every_s: float,
) -> None:
    """Until cancelled; a round that fails is told to `failed`, and the next one comes all the same."""
    pause = first_after_s
    while True:
        await asyncio.sleep(pause)
        pause = every_s
        try:
            await work()
        except Exception as error:  # noqa: BLE001 - outermost loop of a worker: it must not end
            failed(error)
