"""How a request says whose it is: a fixed key, or a sign-in whose short token is renewed before it ends."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from .answers import document_of
from .errors import KeyRefused, WrongAddress

RENEW_BEFORE_S = 30.0


class BearerAuth(httpx.Auth):
    """An API key, or an access token as it is."""

    def __init__(self, token: str) -> None:
        """Raises `KeyRefused` where the token can't stand in a header."""
        if not (token.isascii() and token.isprintable()):
            raise KeyRefused(401, {"detail": "A key is printable ASCII; this one holds other characters."})
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


@dataclass(frozen=True, slots=True)
class SignIn:
    """Tokens of a sign-in; `expires_at`: seconds since 1970, of the access token."""

    base_url: str
    email: str
    access_token: str
    refresh_token: str
    expires_at: float

    @classmethod
    def of(cls, base_url: str, email: str, answer: dict[str, Any], now: float) -> "SignIn":
        """The tokens of an answer. Raises `WrongAddress` where it is none of a mesh."""
        try:
            life_s = float(answer["expires_in"])
            return cls(base_url, email, str(answer["access_token"]), str(answer["refresh_token"]), now + life_s)
        except (KeyError, TypeError, ValueError) as error:
            raise WrongAddress(f"{base_url}: no answer of a mesh") from error


class SignIns(Protocol):
    """Where sign-ins are kept. Who renews one keeps others out meanwhile, and is given it as it is by then."""

    def renewing(self, base_url: str) -> AbstractContextManager[SignIn | None]: ...

    def renewing_async(self, base_url: str) -> AbstractAsyncContextManager[SignIn | None]: ...

    def renewed(self, sign_in: SignIn) -> None: ...


class SignInAuth(httpx.Auth):
    """Renews the access token before it ends.

    A refresh token serves once, and a second use ends the sign-in: it is renewed by one task, thread and process at a
    time, and the others use what came.
    """

    def __init__(self, sign_in: SignIn, kept: SignIns, *, clock: Callable[[], float] = time.time) -> None:
        self.sign_in, self._kept, self._clock = sign_in, kept, clock
        self._tasks = asyncio.Lock()

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._ends():
            with self._kept.renewing(self.sign_in.base_url) as current:
                if self._still_ends(current):
                    response = yield self._renewal()
                    response.read()
                    self._renewed(response)
        yield self._signed(request)

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        if self._ends():
            async with self._tasks:
                if self._ends():
                    async with self._kept.renewing_async(self.sign_in.base_url) as current:
                        if self._still_ends(current):
                            response = yield self._renewal()
                            await response.aread()
                            self._renewed(response)
        yield self._signed(request)

    def _ends(self) -> bool:
        return self.sign_in.expires_at - self._clock() < RENEW_BEFORE_S

    def _still_ends(self, current: SignIn | None) -> bool:
        self.sign_in = current or self.sign_in
        return self._ends()

    def _renewal(self) -> httpx.Request:
        body = {"refresh_token": self.sign_in.refresh_token}
        return httpx.Request("POST", f"{self.sign_in.base_url}/api/auth/refresh", json=body)

    def _renewed(self, response: httpx.Response) -> None:
        """Where it was refused, the request itself hears so: 401."""
        if response.is_success:
            self.sign_in = SignIn.of(self.sign_in.base_url, self.sign_in.email, document_of(response), self._clock())
            self._kept.renewed(self.sign_in)

    def _signed(self, request: httpx.Request) -> httpx.Request:
        request.headers["Authorization"] = f"Bearer {self.sign_in.access_token}"
        return request
