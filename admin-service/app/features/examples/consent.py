"""Looks, in the background, for examples whose users have taken their consent back."""

import asyncio
from collections.abc import Awaitable, Callable

from chassis.logging import get_logger

FIRST_AFTER_S = 20.0
_EVERY_S = 60.0
_log = get_logger(__name__)


async def run_consent_watch(
    retract: Callable[[], Awaitable[int]], *, first_after_s: float = FIRST_AFTER_S, every_s: float = _EVERY_S
) -> None:
    """Until cancelled; a gateway or a database that is away is asked again the next time."""
    pause = first_after_s
    while True:
        await asyncio.sleep(pause)
        pause = every_s
        try:
            retracted = await retract()
        except Exception as error:  # noqa: BLE001 - outermost loop of a worker: it must not end
            _log.warning("consent_not_looked_up", reason=str(error))
        else:
            if retracted:
                _log.info("examples_retracted", count=retracted)
