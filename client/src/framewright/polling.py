"""What is asked again and again, through a restart of the mesh."""

import time
from collections.abc import Callable
from typing import TypeVar

from .answers import RESTARTING
from .errors import Refused, Unreachable
from .requests import PAUSES_S

Answer = TypeVar("Answer")


def asked_through_restarts(ask: Callable[[], Answer]) -> Answer:
    """The answer, as soon as there is one; errors as of `ask` where none came within half a minute."""
    for pause_s in PAUSES_S:
        try:
            return ask()
        except (Unreachable, Refused) as error:
            if isinstance(error, Refused) and error.status not in RESTARTING:
                raise
        time.sleep(pause_s)
    return ask()
