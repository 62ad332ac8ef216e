"""Signing in and out: admin-service decides, the gateway carries tokens to programs and a cookie to browsers."""

from dataclasses import dataclass
from typing import Any

from ...core.clients.admin import AdminClient
from ...core.cookies import csrf_token
from ...core.identity import Identity, User


@dataclass(frozen=True, slots=True)
class BrowserSignIn:
    """`token` is for the cookie; `answer` is what the page may read."""

    token: str
    life_s: int
    answer: dict[str, Any]


class AuthService:
    def __init__(self, admin: AdminClient, identity: Identity) -> None:
        self._admin = admin
        self._identity = identity

    async def sign_in(self, path: str, body: dict[str, Any], *, client: str) -> Any:
        """`login` or `register`: tokens for a program."""
        return await self._admin.sign_in(path, {**body, "client": client})

    async def sign_browser_in(self, path: str, body: dict[str, Any], *, client: str) -> BrowserSignIn:
        """`login` or `register`: a session for the cookie."""
        signed = await self._admin.sign_in(f"browser/{path}", {**body, "client": client})
        token, life_s = signed["session_token"], signed["expires_in"]
        return BrowserSignIn(token, life_s, _answer(signed["user"], token, life_s))

    async def browser(self, token: str) -> dict[str, Any]:
        """What a page asks after it was loaded anew."""
        found = await self._admin.browser(token)
        user = {"id": found.user_id, "email": found.email, "name": found.name, "role": found.role}
        return _answer(user, token, found.expires_in)

    async def logout(self, browser_token: str, refresh_token: str | None) -> None:
        """Ends a browser's sign-in, a program's, or both."""
        if refresh_token is not None:
            await self._admin.logout(refresh_token)
        if browser_token:
            await self._admin.logout_browser(browser_token)
            self._identity.forget(browser_token)

    async def delete_account(self, user: User, password: str) -> None:
        """The account goes with its keys and sign-ins; its generations stay in the log, under its id."""
        await self._admin.delete_me({"password": password}, user_id=user.id, role=user.role)

    async def rename(self, user: User, name: str) -> Any:
        await self._admin.update_me({"name": name}, user_id=user.id, role=user.role)
        return await self._admin.me(user_id=user.id, role=user.role)


def _answer(user: dict[str, Any], token: str, life_s: int) -> dict[str, Any]:
    return {"user": user, "csrf_token": csrf_token(token), "expires_in": life_s}
