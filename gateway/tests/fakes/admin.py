"""Fake admin-service: keys, tokens, revocations, accounts, and a bit of console."""

import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import Request, Response
from fastapi.responses import JSONResponse
from jwt.algorithms import OKPAlgorithm

from chassis.errors import Unauthenticated, Unprocessable, problem_response

from .base import FakeService

KEY, OTHER_KEY = "fwk_1_alice", "fwk_2_bob"


class FakeAdmin(FakeService):
    name = "admin-service"

    def __init__(self) -> None:
        super().__init__()
        self.private_key = Ed25519PrivateKey.generate()
        self._internal()

        @self.app.api_route("/api/admin/{path:path}", methods=["GET", "POST", "PUT", "DELETE"])
        async def administration(request: Request, path: str) -> Response:
            self.calls.append((request.url.path, (await request.body()).decode()))
            if path == "missing":
                return JSONResponse({"detail": "nothing here"}, 404, headers={"X-Extra": "kept"})
            return JSONResponse({"path": request.url.path, "query": request.url.query, "method": request.method})

        @self.app.get("/console/{path:path}")
        async def console(path: str) -> Response:
            return Response("<!doctype html>", media_type="text/html", headers={"ETag": '"1"'})

    def reset(self) -> None:
        super().reset()
        self.keys = {KEY: ("k1", "alice", "developer"), OTHER_KEY: ("k2", "bob", "developer")}
        self.scopes: dict[str, list[str]] = {}
        self.profiles: dict[str, Any] = {"revision": "1", "presets": {}, "profiles": {}}
        self.profiles_tag = '"1"'
        self.browsers: dict[str, tuple[str, str, str]] = {}
        self.revoked: dict[str, Any] = {"revision": 0, "tokens": [], "users": [], "keys": []}

    def token(self, *, user_id: str = "alice", life_s: int = 900, key: Any = None, **claims: Any) -> str:
        now = int(time.time())
        content = {
            "iss": "framewright",
            "aud": "framewright",
            "sub": user_id,
            "role": "developer",
            "email": "a@b",
            "jti": f"jti-{user_id}",
            "iat": now,
            "exp": now + life_s,
        } | claims
        return jwt.encode(content, key or self.private_key, algorithm="EdDSA", headers={"kid": "main"})

    def _internal(self) -> None:
        @self.app.post("/internal/keys/verify")
        async def verify(request: Request) -> Response:
            body = await request.json()
            self.calls.append(("/internal/keys/verify", body))
            if body["key"] not in self.keys:
                return problem_response(Unauthenticated("no such key"), instance="/internal/keys/verify")
            key_id, user_id, role = self.keys[body["key"]]
            return JSONResponse(
                {
                    "key_id": key_id,
                    "user_id": user_id,
                    "email": f"{user_id}@b",
                    "role": role,
                    "scopes": self.scopes.get(key_id, []),
                }
            )

        @self.app.get("/internal/jwks")
        async def jwks() -> Any:
            return {"keys": [OKPAlgorithm.to_jwk(self.private_key.public_key(), as_dict=True) | {"kid": "main"}]}

        @self.app.get("/internal/profiles")
        async def profiles(request: Request) -> Response:
            if request.headers.get("if-none-match") == self.profiles_tag:
                return Response(status_code=304)
            return JSONResponse(self.profiles, headers={"ETag": self.profiles_tag})

        @self.app.get("/internal/revocations")
        async def revocations() -> Any:
            return self.revoked

        self._accounts()
        self._browsers()

    def _browsers(self) -> None:
        @self.app.post("/internal/auth/browser/login")
        @self.app.post("/internal/auth/browser/register")
        async def sign_browser_in(request: Request) -> Response:
            body = await request.json()
            self.calls.append((request.url.path, body))
            if body["password"] != "right":
                return problem_response(Unauthenticated("wrong password"), instance=request.url.path)
            session_id = f"b{len(self.browsers)}"
            token = f"fws_{session_id}_secret"
            self.browsers[token] = (session_id, "alice", "developer")
            user = {"id": "alice", "email": body["email"], "name": "Alice", "role": "developer"}
            answer = {"session_token": token, "session_id": session_id, "expires_in": 1_209_600, "user": user}
            return JSONResponse(answer, 201 if request.url.path.endswith("register") else 200)

        @self.app.post("/internal/auth/browser/verify")
        async def verify_browser(request: Request) -> Response:
            token = (await request.json())["token"]
            self.calls.append(("/internal/auth/browser/verify", token))
            if token not in self.browsers:
                return problem_response(Unauthenticated("ended"), instance="/internal/auth/browser/verify")
            session_id, user_id, role = self.browsers[token]
            answer = {
                "session_id": session_id, "user_id": user_id, "email": f"{user_id}@b", "name": "Alice", "role": role,
                "expires_in": 1_209_600,
            }  # fmt: skip
            return JSONResponse(answer)

        @self.app.post("/internal/auth/browser/logout", status_code=204)
        async def logout_browser(request: Request) -> Response:
            self.browsers.pop((await request.json())["token"], None)
            return Response(status_code=204)

    def _accounts(self) -> None:
        @self.app.get("/internal/auth/registration")
        async def registration() -> Any:
            return {"mode": "invitation"}

        @self.app.post("/internal/auth/register", status_code=201)
        @self.app.post("/internal/auth/login")
        async def login(request: Request) -> Response:
            body = await request.json()
            self.calls.append((request.url.path, body))
            if body["password"] != "right":
                return problem_response(Unauthenticated("wrong password"), instance="/internal/auth/login")
            return JSONResponse(
                {
                    "access_token": self.token(),
                    "refresh_token": "r1",
                    "expires_in": 900,
                    "user": {"id": "alice", "email": body["email"], "name": "Alice", "role": "developer"},
                }
            )

        @self.app.post("/internal/auth/refresh")
        async def refresh() -> Any:
            return {"access_token": self.token(), "refresh_token": "r2", "expires_in": 900}

        @self.app.post("/internal/auth/logout", status_code=204)
        async def logout(request: Request) -> Response:
            self.calls.append(("/internal/auth/logout", await request.json()))
            return Response(status_code=204)

        self._own_account()

    def _own_account(self) -> None:
        @self.app.post("/internal/auth/password", status_code=204)
        async def password(request: Request) -> Response:
            self.calls.append((request.url.path, await request.json()))
            return Response(status_code=204)

        @self.app.delete("/internal/auth/me", status_code=204)
        async def delete_account(request: Request) -> Response:
            body = await request.json()
            self.calls.append((request.url.path, body))
            if body["password"] != "right":
                return problem_response(Unprocessable("wrong password"), instance=request.url.path)
            return Response(status_code=204)

        @self.app.patch("/internal/auth/me")
        async def rename(request: Request) -> Any:
            self.calls.append((request.url.path, await request.json()))
            return {"id": self.callers[-1][1], "email": "a@b", "name": "Alice", "role": self.callers[-1][2]}

        @self.app.get("/internal/auth/me")
        async def me() -> Any:
            return {"id": self.callers[-1][1], "email": "a@b", "name": "Alice", "role": self.callers[-1][2]}
