"""The first index of the knowledge: a start waits for it a while, so that the first prompt finds something."""

import asyncio
import http.client
import time
from collections.abc import Mapping

from chassis.tokens import ServiceTokens

from .environment import secret
from .layout import RAG
from .messages import Say
from .probe import request

_LIMIT_S = 20.0
_POLL_S = 0.2
_CALL_LIMIT_S = 5.0


async def wait_for_knowledge(port: int, environment: Mapping[str, str], say: Say) -> None:
    """Waits until all entries are indexed, 20 s at most, and says so."""
    tokens = ServiceTokens(service="local-mesh", secret=secret(environment, "FRAMEWRIGHT_SERVICE_SECRET"))
    started = time.monotonic()
    while time.monotonic() - started < _LIMIT_S:
        indexed, entries = await _status(port, tokens)
        if indexed >= entries > 0:
            say("knowledge", name="knowledge", seconds=time.monotonic() - started, entries=entries)
            return
        await asyncio.sleep(_POLL_S)
    say("knowledge_later")


async def _status(port: int, tokens: ServiceTokens) -> tuple[int, int]:
    """Entries indexed, and entries that there are."""
    headers = {"Authorization": f"Bearer {tokens.issue(audience=RAG.name)}"}
    try:
        answer = await request(port, "GET", "/v1/knowledge/status", limit_s=_CALL_LIMIT_S, headers=headers)
        frameworks = answer.json().values() if answer.status == 200 else []
        return sum(item["indexed"] for item in frameworks), sum(item["entries"] for item in frameworks)
    except (OSError, http.client.HTTPException, ValueError, AttributeError, KeyError, TypeError):
        return 0, 0
