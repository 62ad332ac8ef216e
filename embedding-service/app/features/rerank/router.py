"""`POST /v1/rerank`."""

from fastapi import APIRouter

from ...core.dependencies import Reranker
from .schemas import RerankItem, RerankRequest, RerankResponse

router = APIRouter(prefix="/v1", tags=["rerank"])


@router.post("/rerank", summary="Documents by their relevance to a query")
async def rerank(body: RerankRequest, service: Reranker) -> RerankResponse:
    ranking = await service.rerank(body.query, body.documents, top_n=body.top_n)
    results = [RerankItem(index=item.index, relevance_score=item.relevance_score) for item in ranking.results]
    return RerankResponse(model=ranking.model, method=ranking.method, results=results)
