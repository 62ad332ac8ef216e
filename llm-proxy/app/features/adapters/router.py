"""`/v1/engines/{id}/adapters`: LoRA adapters of an engine."""

from fastapi import APIRouter

from ...core.dependencies import ContextDep
from .schemas import AdapterRequest, AdaptersResponse, ScalesRequest, WeightsRequest

router = APIRouter(prefix="/v1/engines/{engine_id}/adapters", tags=["adapters"])


@router.get("", summary="The adapters, and their shares of the calls")
async def list_adapters(engine_id: str, context: ContextDep) -> AdaptersResponse:
    return await context.adapters.list(engine_id)


@router.post("", summary="Load an adapter (vLLM)")
async def load_adapter(engine_id: str, body: AdapterRequest, context: ContextDep) -> AdaptersResponse:
    return await context.adapters.load(engine_id, body)


@router.delete("/{name}", summary="Unload an adapter (vLLM)")
async def unload_adapter(engine_id: str, name: str, context: ContextDep) -> AdaptersResponse:
    return await context.adapters.unload(engine_id, name)


@router.put("/weights", summary="Shares of the calls by adapter")
async def weigh_adapters(engine_id: str, body: WeightsRequest, context: ContextDep) -> AdaptersResponse:
    return await context.adapters.weigh(engine_id, body)


@router.post("/rollback", summary="The shares before")
async def roll_back(engine_id: str, context: ContextDep) -> AdaptersResponse:
    return await context.adapters.roll_back(engine_id)


@router.put("/scales", summary="How strongly each adapter is mixed in (llama.cpp)")
async def scale_adapters(engine_id: str, body: ScalesRequest, context: ContextDep) -> AdaptersResponse:
    return await context.adapters.scale(engine_id, body)
