"""What the fake services have in common: a recorder of calls, and the switch that breaks them."""

import asyncio
from typing import Any

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from chassis.errors import ServiceError, problem_response
from chassis.testing import TEST_SECRET
from chassis.tokens import InvalidServiceToken, ServiceTokens


class FakeService:
    """A service on a socket that speaks the contract; `calls` holds what it was sent, `fail` how it breaks."""

    name = ""

    def __init__(self) -> None:
        self.tokens = ServiceTokens(service=self.name, secret=TEST_SECRET)
        self.app = FastAPI()
        self.reset()

        self.app.add_middleware(_Recorder, service=self)

        @self.app.get("/livez")
        async def livez() -> dict[str, str]:
            return {"status": "alive"}

    def reset(self) -> None:
        self.calls: list[tuple[str, Any]] = []
        self.callers: list[tuple[str, str, str]] = []
        self.fail: ServiceError | None = None
        self.delay_s = 0.0

    def bodies(self, path: str) -> list[Any]:
        return [body for called, body in self.calls if called == path]


class _Recorder:
    """Checks the service token, notes the caller, and breaks the service where the test says so."""

    def __init__(self, app: ASGIApp, *, service: FakeService) -> None:
        self._app = app
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        service = self._service
        token = Headers(scope=scope).get("authorization", "").removeprefix("Bearer ")
        try:
            caller = service.tokens.verify(token)
        except InvalidServiceToken:
            await Response(status_code=401)(scope, receive, send)
            return
        service.callers.append((scope["path"], caller.user_id, caller.role))
        if service.delay_s:
            await asyncio.sleep(service.delay_s)
        if service.fail is not None:
            await problem_response(service.fail, instance=scope["path"])(scope, receive, send)
            return
        await self._app(scope, receive, send)
