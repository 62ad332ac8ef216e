"""`POST /v1/morphemes`."""

from dataclasses import asdict

import orjson
from fastapi import APIRouter
from fastapi.responses import Response

from ...core.dependencies import Morphemes
from .schemas import MorphemesRequest, MorphemesResponse

router = APIRouter(prefix="/v1", tags=["morphemes"])


@router.post("/morphemes", response_model=MorphemesResponse, summary="Korean morphemes with Sejong tags")
async def create_morphemes(body: MorphemesRequest, service: Morphemes) -> Response:
    lists = await service.analyze(body.input)
    data = [{"index": index, "tokens": [asdict(item) for item in found]} for index, found in enumerate(lists)]
    return Response(orjson.dumps({"data": data}), media_type="application/json")
