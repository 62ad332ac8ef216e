"""`POST /v1/search`."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from ...core.dependencies import Code, Everything, Search
from ...core.hits import SearchResult
from .schemas import SearchHit, SearchRequest, SearchResponse, SearchWarning

router = APIRouter(prefix="/v1", tags=["search"])


@router.post("/search", summary="Hybrid search over the knowledge, over indexed code, or over both")
async def search(body: SearchRequest, knowledge: Search, code: Code, everything: Everything) -> SearchResponse:
    if body.index == "code":
        return _answer(
            await code.search(body.query, repositories=body.repositories, limit=body.limit, threshold=body.threshold)
        )
    asked: dict[str, Any] = {
        "framework": body.framework,
        "kinds": list(body.kinds) if body.kinds else None,
        "limit": body.limit,
        "model_class": body.model_class,
        "threshold": body.threshold,
        "language": body.language,
        "components": body.components,
        "origins": list(body.origins) if body.origins else None,
    }
    if body.index == "all":
        return _answer(await everything.search(body.query, repositories=body.repositories, **asked))
    return _answer(await knowledge.search(body.query, **asked))


def _answer(result: SearchResult) -> SearchResponse:
    return SearchResponse(
        hits=[SearchHit(**asdict(hit)) for hit in result.hits],
        threshold=result.threshold,
        considered=result.considered,
        warnings=[SearchWarning(**asdict(warning)) for warning in result.warnings],
    )
