"""`/v1/knowledge`."""

from dataclasses import asdict

from fastapi import APIRouter

from ...core.dependencies import Knowledge
from .schemas import FrameworkStatus, KnowledgeIndexResponse, KnowledgeStatusResponse

router = APIRouter(prefix="/v1/knowledge", tags=["knowledge"])


@router.get("/status", summary="Entries known and indexed, by framework")
async def read_status(service: Knowledge) -> KnowledgeStatusResponse:
    states = service.status()
    return KnowledgeStatusResponse({name: FrameworkStatus(**asdict(state)) for name, state in states.items()})


@router.post("/index", summary="Read packs and overlays again and index what changed")
async def index(service: Knowledge) -> KnowledgeIndexResponse:
    return KnowledgeIndexResponse(**asdict(await service.index()))
