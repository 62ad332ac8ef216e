"""`POST /v1/embeddings`."""

import base64
from typing import Any

import orjson
from fastapi import APIRouter
from fastapi.responses import Response

from chassis.direct import DirectPath
from chassis.tokens import Caller

from ...core.context import ProcessContext
from ...core.dependencies import Embedder
from .cache import Embedded
from .schemas import EmbeddingsRequest, EmbeddingsResponse
from .service import Embeddings

router = APIRouter(prefix="/v1", tags=["embeddings"])


@router.post("/embeddings", response_model=EmbeddingsResponse, summary="Dense vectors (OpenAI protocol)")
async def create_embeddings(body: EmbeddingsRequest, service: Embedder) -> Response:
    embeddings = await service.embed(body.texts, query=body.is_query, dimensions=body.dimensions)
    document = answer(embeddings, as_base64=body.encoding_format == "base64")
    return Response(orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY), media_type="application/json")


async def answer_directly(body: EmbeddingsRequest, context: ProcessContext, _caller: Caller) -> Response:
    return await create_embeddings(body, context.embedder)


DIRECT = DirectPath("/v1/embeddings", EmbeddingsRequest, answer_directly)


def answer(embeddings: Embeddings, *, as_base64: bool) -> dict[str, Any]:
    """The response document; vectors stay arrays until they are written, for they are most of it."""
    return {
        "object": "list",
        "model": embeddings.model,
        "fingerprint": embeddings.fingerprint,
        "data": [_item(index, item, as_base64=as_base64) for index, item in enumerate(embeddings.items)],
        "usage": {"prompt_tokens": embeddings.tokens, "total_tokens": embeddings.tokens},
    }


def _item(index: int, item: Embedded, *, as_base64: bool) -> dict[str, Any]:
    vector = base64.b64encode(item.vector.astype("<f4").tobytes()).decode() if as_base64 else item.vector
    return {"object": "embedding", "index": index, "embedding": vector, "truncated": item.truncated}
