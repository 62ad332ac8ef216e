"""`/api/admin/invitations`: for admins."""

from typing import Annotated

from fastapi import APIRouter, Depends

from ...core.dependencies import AdminDep, ContextDep, PageDep
from .schemas import (
    InvitationCreatedResponse,
    InvitationCreateRequest,
    InvitationListResponse,
    InvitationResponse,
)
from .service import InvitationService

router = APIRouter(prefix="/api/admin/invitations", tags=["users"])


async def get_service(context: ContextDep) -> InvitationService:
    return InvitationService(context.database, context.clock)


ServiceDep = Annotated[InvitationService, Depends(get_service)]


@router.get("", summary="Invitations, the newest first")
async def list_invitations(_actor: AdminDep, service: ServiceDep, page: PageDep) -> InvitationListResponse:
    return InvitationListResponse.model_validate(await service.list(page))


@router.post("", status_code=201, summary="Invite somebody; the code is shown this once")
async def create_invitation(
    actor: AdminDep, service: ServiceDep, body: InvitationCreateRequest
) -> InvitationCreatedResponse:
    row, code = await service.create(actor, email=body.email, role=body.role, days=body.days)
    return InvitationCreatedResponse(invitation=InvitationResponse.model_validate(row), code=code)


@router.delete("/{invitation_id}", status_code=204, summary="The code works no more")
async def delete_invitation(actor: AdminDep, service: ServiceDep, invitation_id: str) -> None:
    await service.delete(actor, invitation_id)
