"""What the fake services have in common: a recorder of calls, and the switch that breaks them."""

import asyncio
from typing import Any

from fastapi import FastAPI, Request, Response

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

        @self.app.middleware("http")
        async def checked(request: Request, call_next: Any) -> Response:
            token = request.headers.get("authorization", "").removeprefix("Bearer ")
            try:
                caller = self.tokens.verify(token)
            except InvalidServiceToken:
                return Response(status_code=401)
            self.callers.append((request.url.path, caller.user_id, caller.role))
            if self.delay_s:
                await asyncio.sleep(self.delay_s)
            if self.fail is not None:
                return problem_response(self.fail, instance=request.url.path)
            response: Response = await call_next(request)
            return response

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
