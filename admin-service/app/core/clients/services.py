"""The services of the mesh, asked how they are; and llm-proxy, how its engines are."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from chassis.errors import ServiceError, UpstreamRejected
from chassis.tokens import ServiceTokens

_LIMIT_S = 2.5
"""A service asks its own dependencies for two seconds at most."""
LLM_PROXY = "llm-proxy"


@dataclass(frozen=True, slots=True)
class ServiceState:
    """`state` is `ready`, `unready` or `unreachable`; dependencies as the service's `/readyz` names them."""

    name: str
    state: str
    ms: float | None = None
    dependencies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


class ServicesClient:
    """One connection pool for each service."""

    def __init__(self, urls: Mapping[str, str], tokens: ServiceTokens) -> None:
        from chassis.http_client import ServiceClient

        self._clients = {
            name: ServiceClient(upstream=name, base_url=url, tokens=tokens, limit_s=_LIMIT_S, max_connections=4)
            for name, url in urls.items()
        }

    async def states(self) -> list[ServiceState]:
        """All of them at once; a service that does not answer is a state, not an error."""
        return list(await asyncio.gather(*(self._state(name) for name in self._clients)))

    async def engines(self) -> dict[str, Any]:
        """The default engine, and each engine with its state.

        Raises:
            ServiceError: llm-proxy did not answer.
        """
        answer: dict[str, Any] = await self._clients[LLM_PROXY].request_json("GET", "/v1/engines", repeatable=True)
        return answer

    async def aclose(self) -> None:
        for client in self._clients.values():
            await client.aclose()

    async def _state(self, name: str) -> ServiceState:
        started = perf_counter()
        try:
            answer = await self._clients[name].request_json("GET", "/readyz")
        except UpstreamRejected as error:
            ms = (perf_counter() - started) * 1000
            return ServiceState(name, "unready", ms, error.extra.get("dependencies") or {})
        except ServiceError:
            return ServiceState(name, "unreachable")
        return ServiceState(name, "ready", (perf_counter() - started) * 1000, answer.get("dependencies") or {})
