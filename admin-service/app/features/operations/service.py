"""How the mesh is and how generations go: asked of the services themselves and of the gateway's own records."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from chassis.errors import ServiceError

from ...core.clients.services import ServiceState
from ...core.clock import Clock
from ...db.audit import Actor

SPANS: Mapping[str, tuple[timedelta, timedelta]] = {
    "hour": (timedelta(hours=1), timedelta(minutes=1)),
    "day": (timedelta(days=1), timedelta(minutes=30)),
    "week": (timedelta(days=7), timedelta(hours=3)),
    "month": (timedelta(days=30), timedelta(days=1)),
}
"""What a dashboard shows, and how long one of its buckets is."""
_OFF = "unknown"


class Services(Protocol):
    async def states(self) -> Sequence[ServiceState]: ...

    async def engines(self) -> dict[str, Any]: ...


class Measures(Protocol):
    async def measures(self, query: Mapping[str, str], *, user_id: str, role: str) -> dict[str, Any]: ...


class OperationsService:
    def __init__(self, services: Services, measures: Measures, clock: Clock) -> None:
        self._services = services
        self._measures = measures
        self._clock = clock

    async def health(self) -> dict[str, Any]:
        states = await self._services.states()
        try:
            engines = await self._services.engines()
        except ServiceError:
            engines = {}
        return {
            "at": self._clock(),
            "services": [_view(state) for state in states],
            "engines": engines.get("engines"),
            "default_engine": engines.get("default"),
        }

    async def measures(self, actor: Actor, span: str) -> dict[str, Any]:
        """The last hour, day, week or month; the last bucket is the one under way."""
        length, step = SPANS[span]
        seconds = int(step.total_seconds())
        end = datetime.fromtimestamp((self._clock().timestamp() // seconds + 1) * seconds, self._clock().tzinfo)
        query = {"since": (end - length).isoformat(), "until": end.isoformat(), "step_s": str(seconds)}
        return await self._measures.measures(query, user_id=actor.user_id, role=actor.role)


def _view(state: ServiceState) -> dict[str, Any]:
    dependencies = [
        {
            "name": name, "ok": bool(found.get("ok")), "state": str(found.get("state", _OFF)),
            "required": bool(found.get("required")),
        }
        for name, found in state.dependencies.items()
    ]  # fmt: skip
    return {"name": state.name, "state": state.state, "ms": state.ms, "dependencies": dependencies}
