"""A service that grows without an end, as `MemoryGrows` means it: the chassis' frame around a leak."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from chassis.application import create_service_app
from chassis.metrics import ServiceMetrics
from chassis.settings import ServiceSettings
from fastapi import FastAPI

_PIECE = 1_000_000
_MOST = 600
_EACH_S = 0.2


@asynccontextmanager
async def _growing(_app: FastAPI) -> AsyncIterator[None]:
    kept: list[bytearray] = []

    async def grow() -> None:
        while len(kept) < _MOST:
            kept.append(bytearray(b"x" * _PIECE))
            await asyncio.sleep(_EACH_S)

    task = asyncio.create_task(grow())
    yield
    task.cancel()


def create_app() -> FastAPI:
    return create_service_app(
        ServiceSettings(), service="leak", summary="Grows.", metrics=ServiceMetrics("leak"), lifespan=_growing
    )
