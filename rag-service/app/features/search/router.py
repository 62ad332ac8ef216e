"""`POST /v1/search`."""

from typing import Any

import orjson
from fastapi import APIRouter
from fastapi.responses import Response

from chassis.direct import DirectPath
from chassis.tokens import Caller

from ...core.context import ProcessContext
from ...core.dependencies import Code, Everything, Search
from ...core.hits import SearchResult
from ...core.in_play import ScreenInPlay
from .schemas import SearchRequest, SearchResponse

router = APIRouter(prefix="/v1", tags=["search"])


@router.post(
    "/search",
    response_model=SearchResponse,
    summary="Hybrid search over the knowledge, over indexed code, or over both",
)
async def search(body: SearchRequest, knowledge: Search, code: Code, everything: Everything) -> Response:
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
        "screen": _screen(body),
    }
    if body.index == "all":
        return _answer(await everything.search(body.query, repositories=body.repositories, **asked))
    return _answer(await knowledge.search(body.query, **asked))


async def answer_directly(body: SearchRequest, context: ProcessContext, _caller: Caller) -> Response:
    return await search(body, context.search, context.code.search, context.everything)


DIRECT = DirectPath("/v1/search", SearchRequest, answer_directly)


def _screen(body: SearchRequest) -> ScreenInPlay | None:
    return ScreenInPlay(pattern=body.screen.pattern, types=tuple(sorted({*body.screen.types}))) if body.screen else None


def _answer(result: SearchResult) -> Response:
    """Written as it is: it is held to the response's model by the tests, not on every search."""
    return Response(orjson.dumps(result), media_type="application/json")
