"""Small HTTP for the supervisor: is a service ready, and the one call that makes the first admin."""

import asyncio
import http.client
import json
from dataclasses import dataclass
from typing import Any

from .layout import HOST

_PROBE_LIMIT_S = 3.0


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


async def ready(port: int) -> bool:
    """Whether `GET /readyz` of the service on this port answers 200."""
    try:
        return (await request(port, "GET", "/readyz", limit_s=_PROBE_LIMIT_S)).status == 200
    except (OSError, http.client.HTTPException):
        return False


async def request(
    port: int, method: str, path: str, *, limit_s: float, body: Any = None, headers: dict[str, str] | None = None
) -> Answer:
    """One request on a connection of its own; `limit_s` holds for each wait on the socket.

    Raises:
        OSError: nobody answers, or not in time.
        http.client.HTTPException: what answers is no HTTP.
    """

    def send() -> Answer:
        connection = http.client.HTTPConnection(HOST, port, timeout=limit_s)
        try:
            content = None if body is None else json.dumps(body)
            connection.request(method, path, content, {"Content-Type": "application/json", **(headers or {})})
            response = connection.getresponse()
            return Answer(response.status, response.read())
        finally:
            connection.close()

    return await asyncio.to_thread(send)
