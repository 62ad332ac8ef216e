"""Liveness, readiness and health: `/readyz` fails on the service's own store alone, peers are information."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse

PROBE_LIMIT_S = 2.0


@dataclass(frozen=True, slots=True)
class Probe:
    """One dependency. `check` returns a short state for people, and raises where the dependency is not usable."""

    name: str
    check: Callable[[], Awaitable[str]]
    required: bool = True
    """Whether the service is unready without it: true for its own store alone."""


def setup_health(
    app: FastAPI, *, service: str, version: str, probes: Sequence[Probe], facts: Callable[[], dict[str, Any]]
) -> None:
    """`/livez`: the process answers. `/readyz`: it can serve. `/health`: both, and the service's own facts."""

    @app.get("/livez", tags=["health"], summary="The process answers")
    async def livez() -> dict[str, str]:
        return {"status": "alive", "service": service}

    @app.get(
        "/readyz",
        tags=["health"],
        summary="The service can serve; names each dependency and its state",
        responses={503: {"description": "A required dependency is not usable."}},
    )
    async def readyz() -> JSONResponse:
        ready, dependencies = await run_probes(probes)
        return JSONResponse(
            {"status": "ready" if ready else "unready", "service": service, "dependencies": dependencies},
            status_code=200 if ready else 503,
        )

    @app.get("/health", tags=["health"], summary="State, version and facts of the service")
    async def health() -> dict[str, Any]:
        ready, dependencies = await run_probes(probes)
        status = "ready" if ready else "unready"
        return {"status": status, "service": service, "version": version, "dependencies": dependencies, **facts()}


async def run_probes(probes: Sequence[Probe]) -> tuple[bool, dict[str, dict[str, Any]]]:
    """Runs all probes at once; each has two seconds."""
    results = await asyncio.gather(*(_run(probe) for probe in probes))
    ready = all(result["ok"] or not probe.required for probe, result in zip(probes, results, strict=True))
    return ready, {probe.name: result for probe, result in zip(probes, results, strict=True)}


async def _run(probe: Probe) -> dict[str, Any]:
    try:
        async with asyncio.timeout(PROBE_LIMIT_S):
            state, ok = await probe.check(), True
    except TimeoutError:
        state, ok = f"no answer within {PROBE_LIMIT_S:g} s", False
    except Exception as error:  # noqa: BLE001 - a probe may fail in any way; that is what it reports
        state, ok = f"{type(error).__name__}", False
    return {"ok": ok, "state": state, "required": probe.required}
