"""A generation that is ordered once, however often the order has to be sent."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from framewright.answers import IN_USE
from framewright.errors import Refused
from framewright.events import Event

from .connection import AsyncConnection

_ATTEMPTS = 5
"""A gateway that died while it took an order leaves its name in use for 8 s."""


class AsyncOrder:
    """Its events, and the way to take it back."""

    def __init__(self, connection: AsyncConnection, path: str, body: dict[str, Any], headers: dict[str, str]) -> None:
        """The body or the headers name the order, so that the mesh knows it again."""
        self._connection = connection
        self._path, self._body, self._headers = path, body, headers
        self._course = connection.ordering(path, body, headers)

    @property
    def generation_id(self) -> str:
        """Empty until the mesh is known to have taken the order."""
        return self._course.generation_id

    def events(self) -> AsyncGenerator[Event, None]:
        """Orders it, and gives its events, each once, to the terminal one."""
        return self._connection.follow(self._course)

    async def cancel(self) -> str:
        """Cancels the generation; the status that it ended with: another than `cancelled` where that was before.

        Where nothing has been heard of the order yet, the mesh is asked for it by its name; errors as everywhere.
        """
        self._course.generation_id = self.generation_id or await self._looked_up()
        return await self._connection.cancel(self.generation_id)

    async def _looked_up(self) -> str:
        """Sends the order again, but doesn't wait for its events: it is the same one, whether it had arrived or not."""
        headers = {**self._headers, "Prefer": "respond-async"}
        attempts = _ATTEMPTS
        while True:
            attempts -= 1
            try:
                accepted = await self._connection.json("POST", self._path, body=self._body, headers=headers)
                return str(accepted["generation_id"])
            except Refused as error:
                if error.problem.get("code") != IN_USE or not attempts:
                    raise
            await asyncio.sleep(1)
