"""`POST /v1/search`."""

from dataclasses import asdict

from fastapi import APIRouter

from ...core.dependencies import Code, Search
from ...core.hits import SearchResult
from .schemas import SearchHit, SearchRequest, SearchResponse, SearchWarning

router = APIRouter(prefix="/v1", tags=["search"])


@router.post("/search", summary="Hybrid search over the knowledge, or over indexed code")
async def search(body: SearchRequest, service: Search, code: Code) -> SearchResponse:
    if body.index == "code":
        return _answer(
            await code.search(body.query, repositories=body.repositories, limit=body.limit, threshold=body.threshold)
        )
    result = await service.search(
        body.query,
        framework=body.framework,
        kinds=list(body.kinds) if body.kinds else None,
        limit=body.limit,
        model_class=body.model_class,
        threshold=body.threshold,
        language=body.language,
    )
    return _answer(result)


def _answer(result: SearchResult) -> SearchResponse:
    return SearchResponse(
        hits=[SearchHit(**asdict(hit)) for hit in result.hits],
        threshold=result.threshold,
        considered=result.considered,
        warnings=[SearchWarning(**asdict(warning)) for warning in result.warnings],
    )
