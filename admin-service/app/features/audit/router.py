"""`/api/admin/audit`: for admins."""

from typing import Annotated

from fastapi import APIRouter, Query

from ...core.dependencies import AdminDep, ContextDep, PageDep
from ...core.fields import Words
from .schemas import AuditListResponse
from .service import AuditFilter, AuditService

router = APIRouter(prefix="/api/admin/audit", tags=["audit"])


@router.get("", summary="Every change, the newest first")
async def list_audit(
    _actor: AdminDep,
    context: ContextDep,
    page: PageDep,
    actor_id: Annotated[Words | None, Query()] = None,
    action: Annotated[Words | None, Query(description="`engine.update`; `engine.` for all of a subject's")] = None,
    subject_kind: Annotated[Words | None, Query()] = None,
    subject_id: Annotated[Words | None, Query()] = None,
) -> AuditListResponse:
    wanted = AuditFilter(actor_id=actor_id, action=action, subject_kind=subject_kind, subject_id=subject_id)
    return AuditListResponse.model_validate(await AuditService(context.database).list(wanted, page))
