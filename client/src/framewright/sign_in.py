"""How a request says whose it is: a fixed key, or a sign-in whose short token is renewed before it ends."""

import time
from collections.abc import AsyncGenerator, Callable, Generator
from dataclasses import dataclass
from typing import Any

import httpx

RENEW_BEFORE_S = 30.0


class BearerAuth(httpx.Auth):
    """An API key, or an access token as it is."""

    def __init__(self, token: str) -> None:
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
        return cls(base_url, email, answer["access_token"], answer["refresh_token"], now + float(answer["expires_in"]))


class SignInAuth(httpx.Auth):
    """Renews the access token before it ends.

    A refresh token serves once, and a second use ends the sign-in: `renewing` keeps other processes out meanwhile, and
    gives the sign-in as it is by then; `keep` stores what came.
    """

    def __init__(
        self,
        sign_in: SignIn,
        *,
        renewing: Callable[[], Any],
        keep: Callable[[SignIn], None],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._sign_in, self._renewing, self._keep, self._clock = sign_in, renewing, keep, clock

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._ends():
            with self._renewing() as current:
                if self._still_ends(current):
                    response = yield self._renewal()
                    response.read()
                    self._renewed(response)
        yield self._signed(request)

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        if self._ends():
            with self._renewing() as current:
                if self._still_ends(current):
                    response = yield self._renewal()
                    await response.aread()
                    self._renewed(response)
        yield self._signed(request)

    def _ends(self) -> bool:
        return self._sign_in.expires_at - self._clock() < RENEW_BEFORE_S

    def _still_ends(self, current: SignIn | None) -> bool:
        self._sign_in = current or self._sign_in
        return self._ends()

    def _renewal(self) -> httpx.Request:
        body = {"refresh_token": self._sign_in.refresh_token}
        return httpx.Request("POST", f"{self._sign_in.base_url}/api/auth/refresh", json=body)

    def _renewed(self, response: httpx.Response) -> None:
        """Where it was refused, the request itself hears so: 401."""
        if response.is_success:
            renewed = SignIn.of(self._sign_in.base_url, self._sign_in.email, response.json(), self._clock())
            self._sign_in = renewed
            self._keep(renewed)

    def _signed(self, request: httpx.Request) -> httpx.Request:
        request.headers["Authorization"] = f"Bearer {self._sign_in.access_token}"
        return request
