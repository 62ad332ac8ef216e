"""Ctrl-C while a generation runs: who interrupts the command means the generation, too."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from framewright.client import Order
from framewright.display import Display
from framewright.errors import ClientError
from framewright.exits import Exit
from framewright.messages import Messages

from .terminal import complain


@contextmanager
def cancelling(order: Order, say: Messages, display: Display) -> Iterator[None]:
    """Cancels what was ordered when the command is interrupted, also before anything was heard of it.

    Raises:
        ClientError: the mesh could not be told.
    """
    try:
        yield
    except KeyboardInterrupt:
        display.quiet()
        complain(say("cancelling"))
        try:
            status = order.cancel()
        except ClientError:
            complain(say("not_cancelled", generation_id=order.generation_id))
            raise
        show_cancelled(status, say, display)
        raise typer.Exit(Exit.INTERRUPTED) from None


def show_cancelled(status: str, say: Messages, display: Display) -> None:
    """What became of a generation that was to be cancelled."""
    display.line(say("cancelled") if status == "cancelled" else say("ended_before", status=status))
