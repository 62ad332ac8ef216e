"""`POST /v1/query_embeddings`: all vectors of a search's query in one call, for a call costs as much as a vector."""

import asyncio
import base64

import orjson
from fastapi import APIRouter
from fastapi.responses import Response

from chassis.direct import DirectPath
from chassis.tokens import Caller

from ...core.bm25 import MODEL
from ...core.context import ProcessContext
from ...core.dependencies import Embedder, Sparse
from .schemas import QueryEmbeddingsRequest, QueryEmbeddingsResponse

router = APIRouter(prefix="/v1", tags=["queries"])


@router.post("/query_embeddings", response_model=QueryEmbeddingsResponse, summary="All vectors of one search's query")
async def create_query_embeddings(body: QueryEmbeddingsRequest, embedder: Embedder, sparse: Sparse) -> Response:
    texts = [body.dense] if body.dense is not None else []
    embeddings, terms = await asyncio.gather(embedder.embed_query(texts), sparse.embed_query(body.sparse))
    item = embeddings.items[0] if embeddings.items else None
    document = {
        "model": embeddings.model,
        "fingerprint": embeddings.fingerprint,
        "sparse_model": MODEL,
        "embedding": base64.b64encode(item.vector.astype("<f4").tobytes()).decode() if item else None,
        "truncated": item.truncated if item else False,
        "sparse": terms,
    }
    return Response(orjson.dumps(document), media_type="application/json")


async def answer_directly(body: QueryEmbeddingsRequest, context: ProcessContext, _caller: Caller) -> Response:
    return await create_query_embeddings(body, context.embedder, context.sparse)


DIRECT = DirectPath("/v1/query_embeddings", QueryEmbeddingsRequest, answer_directly)
