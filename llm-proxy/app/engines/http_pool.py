"""Connections to engines: made, kept for the next request, closed when nobody needs them."""

import asyncio
import socket
import ssl
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from .http_connection import Connection

KEEP_S = 4.0
"""Shorter than vLLM's five seconds, after which it closes idle connections."""
MAX_CONNECTIONS = 1000
_SWEEP_S = 1.0
_ENDING_S = 0.25

Address = tuple[socket.AddressFamily, str, int]
Resolve = Callable[[str, int], Awaitable[list[Address]]]


class CannotConnect(Exception):
    """No connection came about; the text says why."""


class TooManyConnections(Exception):
    """As many as there may be are in use."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a server is."""

    host: str
    port: int
    tls: bool

    @classmethod
    def of(cls, url: str) -> "Origin":
        """Raises ValueError where the URL names no server."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{url} is no address of a server")
        tls = parts.scheme == "https"
        return cls(parts.hostname, parts.port or (443 if tls else 80), tls)


async def resolve(host: str, port: int) -> list[Address]:
    """The addresses of a name, as the system gives them."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, str(address[0]), port) for family, _, _, _, address in found]


class ConnectionPool:
    """One for the process. `resolve` may refuse a name by raising OSError."""

    def __init__(self, resolve: Resolve, *, keep_s: float = KEEP_S, limit: int = MAX_CONNECTIONS) -> None:
        self._resolve = resolve
        self._keep_s = keep_s
        self._limit = limit
        self._idle: dict[Origin, deque[tuple[float, Connection]]] = {}
        self._in_use = 0
        self._closed = False
        self._sweeper: asyncio.TimerHandle | None = None

    async def take(self, origin: Origin, *, limit_s: float, fresh: bool = False) -> Connection:
        """A connection for one exchange, to be given back.

        Raises:
            CannotConnect: the server can't be reached, or not in time.
            TooManyConnections: see there.
        """
        idle = None if fresh else self._idle.get(origin)
        while idle:
            _, connection = idle.pop()
            if not connection.closed:
                self._in_use += 1
                return connection
        if self._in_use >= self._limit:
            raise TooManyConnections(f"{self._limit} connections are in use")
        self._in_use += 1
        try:
            async with asyncio.timeout(limit_s):
                return await self._connect(origin)
        except BaseException as error:
            self._in_use -= 1
            if isinstance(error, TimeoutError):
                raise CannotConnect("there was no connection in time") from error
            if isinstance(error, OSError | UnicodeError | ssl.SSLError):
                raise CannotConnect(str(error)) from error
            raise

    def give_back(self, origin: Origin, connection: Connection, *, ending: bool = False) -> None:
        """For the next exchange where its answer was read to the end, else closed: that ends the engine's work.

        `ending`: everything was said, and the end of the transfer alone may still be on its way. It is waited for a
        little, in the background.
        """
        if not ending or connection.complete or connection.closed:
            self._put_back(origin, connection)
            return
        timer = asyncio.get_running_loop().call_later(_ENDING_S, connection.close)

        def over() -> None:
            timer.cancel()
            self._put_back(origin, connection)

        connection.when_over = over

    def _put_back(self, origin: Origin, connection: Connection) -> None:
        self._in_use -= 1
        if not connection.reusable:
            connection.close()
            return
        if self._closed:
            connection.close()
            return
        connection.rest()
        now = asyncio.get_running_loop().time()
        self._idle.setdefault(origin, deque()).append((now, connection))
        if self._sweeper is None:
            self._sweeper = asyncio.get_running_loop().call_later(_SWEEP_S, self._sweep)

    def close(self) -> None:
        if self._sweeper is not None:
            self._sweeper.cancel()
            self._sweeper = None
        for idle in self._idle.values():
            for _, connection in idle:
                connection.close()
        self._idle.clear()
        self._closed = True

    async def _connect(self, origin: Origin) -> Connection:
        """To the first of the addresses that takes it; each but the last has a part of the time."""
        loop = asyncio.get_running_loop()
        addresses = list(dict.fromkeys(await self._resolve(origin.host, origin.port)))
        tls = self._tls if origin.tls else None
        for left, (family, host, port) in zip(range(len(addresses) - 1, -1, -1), addresses, strict=True):
            try:
                async with asyncio.timeout(1.0 if left else None):
                    _, connection = await loop.create_connection(
                        Connection, host, port, family=family, ssl=tls, server_hostname=origin.host if tls else None
                    )
            except (OSError, TimeoutError):
                if not left:
                    raise
            else:
                return connection
        raise OSError(f"The name {origin.host} leads nowhere.")

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Made when it is first needed: reading the certificates takes its time."""
        return ssl.create_default_context()

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        oldest = loop.time() - self._keep_s
        for origin, idle in list(self._idle.items()):
            while idle and (idle[0][0] < oldest or idle[0][1].closed):
                idle.popleft()[1].close()
            if not idle:
                del self._idle[origin]
        self._sweeper = loop.call_later(_SWEEP_S, self._sweep) if self._idle else None
