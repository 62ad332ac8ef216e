"""A search on behalf of a user."""

from typing import Any, Protocol

from ...core.clients.rag import SearchAnswer
from ...core.identity import User
from .schemas import SearchRequest


class Searching(Protocol):
    async def search(self, body: dict[str, Any], *, user_id: str, role: str) -> SearchAnswer: ...


async def search(rag: Searching, request: SearchRequest, user: User) -> SearchAnswer:
    """No threshold: a person who searches sees the best there is, with its score."""
    body = {
        "query": request.query,
        "framework": request.framework,
        "kinds": [request.kind] if request.kind and request.index == "knowledge" else None,
        "limit": request.limit,
        "model_class": None,
        "threshold": None,
        "index": request.index,
        "repositories": request.repositories,
    }
    return await rag.search(body, user_id=user.id, role=user.role)
