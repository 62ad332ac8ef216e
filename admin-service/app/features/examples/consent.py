"""Looks, in the background, for examples whose users have taken their consent back."""

from collections.abc import Awaitable, Callable

from chassis.logging import get_logger

from ...core.rounds import run_rounds

FIRST_AFTER_S = 20.0
_EVERY_S = 60.0
_log = get_logger(__name__)


async def run_consent_watch(
    retract: Callable[[], Awaitable[int]], *, first_after_s: float = FIRST_AFTER_S, every_s: float = _EVERY_S
) -> None:
    """Until cancelled; a gateway or a database that is away is asked again the next time."""

    async def look() -> None:
        if retracted := await retract():
            _log.info("examples_retracted", count=retracted)

    def failed(error: Exception) -> None:
        _log.warning("consent_not_looked_up", reason=str(error))

    await run_rounds(look, failed=failed, first_after_s=first_after_s, every_s=every_s)
