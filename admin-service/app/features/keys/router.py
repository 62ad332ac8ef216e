"""`/api/admin/keys` for people, `/internal/keys/verify` for the gateway."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from ...core.dependencies import AnyUserDep, CallerDep, ContextDep, PageDep
from .schemas import (
    KeyCreatedResponse,
    KeyCreateRequest,
    KeyListResponse,
    KeyResponse,
    KeyVerifyRequest,
    KeyVerifyResponse,
)
from .service import KeyService

router = APIRouter(tags=["keys"])


async def get_service(context: ContextDep) -> KeyService:
    return KeyService(context.database, context.clock)


ServiceDep = Annotated[KeyService, Depends(get_service)]


@router.get("/api/admin/keys", summary="API keys: one's own; an admin sees all of them")
async def list_keys(
    actor: AnyUserDep,
    service: ServiceDep,
    page: PageDep,
    user_id: Annotated[str | None, Query(max_length=64)] = None,
) -> KeyListResponse:
    return KeyListResponse.model_validate(await service.list(actor, user_id, page))


@router.post("/api/admin/keys", status_code=201, summary="Make a key; it is shown this once")
async def create_key(actor: AnyUserDep, service: ServiceDep, body: KeyCreateRequest) -> KeyCreatedResponse:
    row, plaintext = await service.create(
        actor, name=body.name, user_id=body.user_id, scopes=body.scopes, expires_at=body.expires_at
    )
    return KeyCreatedResponse(key=KeyResponse.model_validate(row), api_key=plaintext)


@router.delete("/api/admin/keys/{key_id}", status_code=204, summary="Revoke a key for good")
async def revoke_key(actor: AnyUserDep, service: ServiceDep, key_id: str) -> None:
    await service.revoke(actor, key_id)


@router.post("/internal/keys/verify", tags=["internal"], summary="Whom an API key speaks for")
async def verify_key(_caller: CallerDep, service: ServiceDep, body: KeyVerifyRequest) -> KeyVerifyResponse:
    return KeyVerifyResponse.model_validate(await service.verify(body.key))
