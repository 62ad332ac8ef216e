"""`POST /api/v1/search`: the knowledge base."""

from typing import Any

from fastapi import APIRouter

from ...core.dependencies import Ctx, CurrentUser
from ...core.strict_json import StrictRoute
from .schemas import SearchRequest, SearchResponse
from .service import search as find

router = APIRouter(prefix="/api/v1", tags=["search"], route_class=StrictRoute)


@router.post("/search", response_model=SearchResponse, summary="Search the knowledge base, by meaning and by word")
async def search(body: SearchRequest, context: Ctx, user: CurrentUser) -> Any:
    return (await find(context.clients.rag, body, user)).model_dump(include={"hits", "warnings"})
