"""`/v1/knowledge`."""

from dataclasses import asdict

from fastapi import APIRouter

from ...core.dependencies import Knowledge
from ...core.entries import Origin
from .schemas import (
    ExampleScreenItem,
    ExampleScreensResponse,
    FrameworkStatus,
    KnowledgeIndexResponse,
    KnowledgeStatusResponse,
)

router = APIRouter(prefix="/v1/knowledge", tags=["knowledge"])


@router.get("/status", summary="Entries known and indexed, by framework")
async def read_status(service: Knowledge) -> KnowledgeStatusResponse:
    states = service.status()
    return KnowledgeStatusResponse({name: FrameworkStatus(**asdict(state)) for name, state in states.items()})


@router.post("/index", summary="Read packs and overlays again and index what changed")
async def index(service: Knowledge) -> KnowledgeIndexResponse:
    return KnowledgeIndexResponse(**asdict(await service.index()))


@router.get("/examples", summary="Whole screens that prompts may carry: the packs' own, and accepted ones")
async def list_examples(
    service: Knowledge, framework: str | None = None, pattern: str | None = None, origin: Origin | None = None
) -> ExampleScreensResponse:
    found = service.examples(framework=framework, pattern=pattern, origin=origin)
    return ExampleScreensResponse(items=[ExampleScreenItem(**asdict(item)) for item in found])
