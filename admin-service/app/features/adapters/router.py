"""`/api/admin/engines/{id}/adapters`: LoRA adapters of an engine."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from ...core.dependencies import ContextDep, OperatorDep
from .schemas import AdapterCreateRequest, AdapterSharesRequest, AdaptersResponse
from .service import AdapterService

router = APIRouter(prefix="/api/admin/engines/{engine_id}/adapters", tags=["adapters"])
EngineId = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9._-]{0,62}$")]
FullName = Annotated[str, Path(pattern=r"^[\w.@-]{1,150}$")]


async def get_service(context: ContextDep) -> AdapterService:
    return AdapterService(context.database, context.llm_proxy, context.gateway, context.clock)


ServiceDep = Annotated[AdapterService, Depends(get_service)]


@router.get("", summary="Adapters: registered, loaded, their shares and how each does")
async def list_adapters(actor: OperatorDep, service: ServiceDep, engine_id: EngineId) -> AdaptersResponse:
    return AdaptersResponse.model_validate(await service.overview(actor, engine_id))


@router.post("", status_code=201, summary="Register an adapter")
async def register_adapter(
    actor: OperatorDep, service: ServiceDep, engine_id: EngineId, body: AdapterCreateRequest
) -> AdaptersResponse:
    return AdaptersResponse.model_validate(await service.register(actor, engine_id, body.model_dump()))


@router.put("/shares", summary="A/B: shares of the calls")
async def share_adapters(
    actor: OperatorDep, service: ServiceDep, engine_id: EngineId, body: AdapterSharesRequest
) -> AdaptersResponse:
    return AdaptersResponse.model_validate(await service.share(actor, engine_id, body.shares))


@router.post("/rollback", summary="The shares before")
async def roll_back_adapters(actor: OperatorDep, service: ServiceDep, engine_id: EngineId) -> AdaptersResponse:
    return AdaptersResponse.model_validate(await service.roll_back(actor, engine_id))


@router.post("/{name}/load", summary="Have the engine's server load it")
async def load_adapter(
    actor: OperatorDep, service: ServiceDep, engine_id: EngineId, name: FullName
) -> AdaptersResponse:
    return AdaptersResponse.model_validate(await service.load(actor, engine_id, name))


@router.post("/{name}/unload", summary="Have the engine's server unload it")
async def unload_adapter(
    actor: OperatorDep, service: ServiceDep, engine_id: EngineId, name: FullName
) -> AdaptersResponse:
    return AdaptersResponse.model_validate(await service.unload(actor, engine_id, name))


@router.post("/{name}/promote", summary="Send it all calls")
async def promote_adapter(
    actor: OperatorDep, service: ServiceDep, engine_id: EngineId, name: FullName
) -> AdaptersResponse:
    return AdaptersResponse.model_validate(await service.promote(actor, engine_id, name))


@router.delete("/{name}", status_code=204, summary="Forget an adapter that is not loaded")
async def remove_adapter(actor: OperatorDep, service: ServiceDep, engine_id: EngineId, name: FullName) -> None:
    await service.remove(actor, engine_id, name)
