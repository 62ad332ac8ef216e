"""`POST /v1/sparse_embeddings`."""

import orjson
from fastapi import APIRouter
from fastapi.responses import Response

from ...core.bm25 import MODEL
from ...core.dependencies import Sparse
from .schemas import SparseEmbeddingsRequest, SparseEmbeddingsResponse

router = APIRouter(prefix="/v1", tags=["sparse"])


@router.post("/sparse_embeddings", response_model=SparseEmbeddingsResponse, summary="BM25 term weights")
async def create_sparse_embeddings(body: SparseEmbeddingsRequest, service: Sparse) -> Response:
    vectors = await service.embed(body.input, query=body.input_type == "query")
    data = [{"index": index, "indices": v.indices, "values": v.values} for index, v in enumerate(vectors)]
    return Response(orjson.dumps({"model": MODEL, "data": data}), media_type="application/json")
