"""The gateway's log of generations, as the console's admin pages show it."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from chassis.tokens import ServiceTokens

Query = Mapping[str, str | Sequence[str]]
_LIMIT_S = 10.0
"""A search over a full log may take seconds; a person waits no longer."""


class GatewayClient:
    """One method for each operation; errors as `chassis.http_client` raises them."""

    def __init__(self, *, base_url: str, tokens: ServiceTokens) -> None:
        from chassis.http_client import ServiceClient

        self._client = ServiceClient(
            upstream="gateway", base_url=base_url, tokens=tokens, limit_s=_LIMIT_S, max_connections=20
        )

    async def list_generations(self, query: Query, *, user_id: str, role: str) -> dict[str, Any]:
        path = f"/internal/generations?{urlencode(query, doseq=True)}"
        answer = await self._client.request_json("GET", path, user_id=user_id, role=role, repeatable=True)
        return {"items": list(answer.get("items") or []), "next_cursor": answer.get("next_cursor")}

    @asynccontextmanager
    async def export_generations(self, query: Query, *, user_id: str, role: str) -> AsyncIterator[AsyncIterator[bytes]]:
        """The log as a file, as it comes."""
        path = f"/internal/generations/export?{urlencode(query, doseq=True)}"
        async with self._client.stream("GET", path, user_id=user_id, role=role, first_byte_s=_LIMIT_S) as response:
            yield response.aiter_bytes()

    async def measures(self, query: Query, *, user_id: str, role: str) -> dict[str, Any]:
        path = f"/internal/measures?{urlencode(query)}"
        answer: dict[str, Any] = await self._client.request_json("GET", path, user_id=user_id, role=role)
        return answer

    async def usage(self, first: date, last: date, *, user_id: str, role: str) -> dict[str, Any]:
        path = f"/internal/usage?{urlencode({'first': first, 'last': last})}"
        answer: dict[str, Any] = await self._client.request_json("GET", path, user_id=user_id, role=role)
        return answer

    async def get_generation(self, generation_id: str, query: Query, *, user_id: str, role: str) -> dict[str, Any]:
        path = f"/internal/generations/{quote(generation_id, safe='')}?{urlencode(query, doseq=True)}"
        answer: dict[str, Any] = await self._client.request_json(
            "GET", path, user_id=user_id, role=role, repeatable=True
        )
        return answer

    async def run_evaluation(
        self, evaluation_id: str, models: Sequence[str], *, user_id: str, role: str
    ) -> None:  # fmt: skip
        """Queues the job that works on an evaluation; a model that nobody knows is refused."""
        body = {"evaluation_id": evaluation_id, "models": list(models)}
        await self._client.request_json("POST", "/internal/evaluations", body=body, user_id=user_id, role=role)

    async def experiment_outcomes(
        self,
        experiment_id: str,
        *,
        sticky: str,
        frameworks: Collection[str],
        after: str,
        limit: int,
        user_id: str,
        role: str,
    ) -> list[dict[str, Any]]:
        """What came of the screens of an experiment, in their order; without `frameworks`: of all."""
        query = {"sticky": sticky, "framework": list(frameworks), "after": after, "limit": str(limit)}
        path = f"/internal/experiments/{quote(experiment_id, safe='')}/outcomes?{urlencode(query, doseq=True)}"
        answer = await self._client.request_json("GET", path, user_id=user_id, role=role, repeatable=True)
        return list(answer.get("items") or [])

    async def candidates(self, query: dict[str, str], *, user_id: str, role: str) -> dict[str, Any]:
        """Accepted screens, newest first, scrubbed."""
        answer: dict[str, Any] = await self._client.request_json(
            "GET", "/internal/learning/candidates", params=query, user_id=user_id, role=role, repeatable=True
        )
        return answer

    async def candidate(self, generation_id: str, *, user_id: str, role: str) -> dict[str, Any]:
        path = f"/internal/learning/candidates/{quote(generation_id, safe='')}"
        answer: dict[str, Any] = await self._client.request_json(
            "GET", path, user_id=user_id, role=role, repeatable=True
        )
        return answer

    async def candidate_preview(self, generation_id: str, theme: str, *, user_id: str, role: str) -> str:
        path = f"/internal/learning/candidates/{quote(generation_id, safe='')}/preview"
        answer = await self._client.request_json(
            "GET", path, params={"theme": theme}, user_id=user_id, role=role, repeatable=True
        )
        return str(answer["html"])

    async def withdrawn(self, generation_ids: Sequence[str]) -> list[str]:
        """Those, of a hundred at most, that may not be learnt from any more."""
        path = f"/internal/learning/withdrawn?{urlencode({'generation_id': generation_ids}, doseq=True)}"
        answer = await self._client.request_json("GET", path, repeatable=True)
        return list(answer["generation_ids"])

    async def figures(self, days: int, *, user_id: str, role: str) -> dict[str, Any]:
        """How each model does in daily use."""
        answer: dict[str, Any] = await self._client.request_json(
            "GET", "/internal/learning/figures", params={"days": str(days)}, user_id=user_id, role=role,
            repeatable=True,
        )  # fmt: skip
        return answer

    async def is_alive(self) -> str:
        await self._client.request_json("GET", "/livez", limit_s=1.0)
        return "answers"

    async def aclose(self) -> None:
        await self._client.aclose()
