"""`/api/admin/engines`: for admins and operators."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel

from ...core.dependencies import ContextDep, IfMatch, OperatorDep, PageDep
from ...core.versions import Expected, entity_tag
from ...security.encryption import Undecryptable
from .probe import ProbeResult, ProbeTarget, probe
from .schemas import (
    EngineCreateRequest,
    EngineListResponse,
    EngineResponse,
    EngineTestResponse,
    EngineUpdateRequest,
)
from .service import EngineService

router = APIRouter(prefix="/api/admin/engines", tags=["engines"])


async def get_service(context: ContextDep) -> EngineService:
    return EngineService(context.database, context.box, context.url_policy, context.clock, context.packs)


ServiceDep = Annotated[EngineService, Depends(get_service)]


@router.get("", summary="Engines by id")
async def list_engines(_actor: OperatorDep, service: ServiceDep, page: PageDep) -> EngineListResponse:
    return EngineListResponse.model_validate(await service.list(page))


@router.post("", status_code=201, summary="Add an engine")
async def create_engine(actor: OperatorDep, service: ServiceDep, body: EngineCreateRequest) -> EngineResponse:
    return EngineResponse.model_validate(await service.create(actor, _members(body)))


@router.get("/{engine_id}", summary="One engine")
async def read_engine(_actor: OperatorDep, service: ServiceDep, engine_id: str, response: Response) -> EngineResponse:
    engine = await service.get(engine_id)
    response.headers["ETag"] = entity_tag(engine.version)
    return EngineResponse.model_validate(engine)


@router.patch("/{engine_id}", summary="Change an engine")
async def update_engine(
    actor: OperatorDep,
    service: ServiceDep,
    engine_id: str,
    body: EngineUpdateRequest,
    response: Response,
    if_match: IfMatch = None,
) -> EngineResponse:
    changes = {name: value for name, value in _members(body).items() if name in body.model_fields_set}
    changes.pop("version", None)
    overrule = changes.pop("overrule", None)
    engine = await service.update(actor, engine_id, changes, Expected(if_match, body.version), overrule=overrule)
    response.headers["ETag"] = entity_tag(engine.version)
    return EngineResponse.model_validate(engine)


@router.delete("/{engine_id}", status_code=204, summary="Remove an engine")
async def delete_engine(actor: OperatorDep, service: ServiceDep, engine_id: str, if_match: IfMatch = None) -> None:
    await service.delete(actor, engine_id, Expected(if_match))


@router.post("/{engine_id}/test", summary="Ask the engine's server what it reports")
async def probe_engine(
    _actor: OperatorDep, service: ServiceDep, context: ContextDep, engine_id: str
) -> EngineTestResponse:
    try:
        engine, secret = await service.probe_target(engine_id)
    except Undecryptable:
        result = ProbeResult()
        result.add("error", "secret_unreadable")
        return EngineTestResponse.model_validate(result)
    target = ProbeTarget(engine.kind, engine.base_url, engine.model, engine.context_window, secret)
    return EngineTestResponse.model_validate(await probe(context.engines, target))


def _members(body: BaseModel) -> dict[str, Any]:
    members = body.model_dump()
    secret = members.get("api_key")
    return {**members, "api_key": secret.get_secret_value() if secret else None}
