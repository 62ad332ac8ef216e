# Made by client/unasync.py from framewright._async: change that, and run it.
"""A generation that is ordered once, however often the order has to be sent."""

import time
from collections.abc import Generator
from typing import Any

from framewright.answers import IN_USE
from framewright.errors import Refused
from framewright.events import Event

from .connection import Connection

_ATTEMPTS = 5
"""A gateway that died while it took an order leaves its name in use for 8 s."""


class Order:
    """Its events, and the way to take it back."""

    def __init__(self, connection: Connection, path: str, body: dict[str, Any], headers: dict[str, str]) -> None:
        """The body or the headers name the order, so that the mesh knows it again."""
        self._connection = connection
        self._path, self._body, self._headers = path, body, headers
        self._course = connection.ordering(path, body, headers)

    @property
    def generation_id(self) -> str:
        """Empty until the mesh is known to have taken the order."""
        return self._course.generation_id

    def events(self) -> Generator[Event, None, None]:
        """Orders it, and gives its events, each once, to the terminal one."""
        return self._connection.follow(self._course)

    def cancel(self) -> str:
        """Cancels the generation; the status that it ended with: another than `cancelled` where that was before.

        Where nothing has been heard of the order yet, the mesh is asked for it by its name; errors as everywhere.
        """
        self._course.generation_id = self.generation_id or self._looked_up()
        return self._connection.cancel(self.generation_id)

    def _looked_up(self) -> str:
        """Sends the order again, but doesn't wait for its events: it is the same one, whether it had arrived or not."""
        headers = {**self._headers, "Prefer": "respond-async"}
        attempts = _ATTEMPTS
        while True:
            attempts -= 1
            try:
                accepted = self._connection.json("POST", self._path, body=self._body, headers=headers)
                return str(accepted["generation_id"])
            except Refused as error:
                if error.problem.get("code") != IN_USE or not attempts:
                    raise
            time.sleep(1)
