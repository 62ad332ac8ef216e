"""`/api/v1/audit`: who changed what, and when."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from ...core.dependencies import Ctx, CurrentUser

router = APIRouter(prefix="/api/v1/audit", tags=["audit"])


class AuditEntry(BaseModel):
    """`address` is the caller's; `trace_id` finds the action in the logs of all services."""

    id: str
    at: datetime
    user_id: str
    role: str
    method: str
    path: str
    status: int
    address: str
    trace_id: str


class AuditResponse(BaseModel):
    items: list[AuditEntry]
    next_cursor: str | None = None


@router.get("", response_model=AuditResponse, summary="Privileged actions that came through the gateway, newest first")
async def read_audit(
    context: Ctx,
    _user: CurrentUser,
    user_id: Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]*$")] = None,
    cursor: Annotated[str | None, Query(max_length=36, pattern=r"^[0-9a-f-]*$")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> Any:
    found = await context.audit.page(user_id=user_id, cursor=cursor or None, limit=limit)
    page = [AuditEntry.model_validate(row, from_attributes=True) for row in found[:limit]]
    return AuditResponse(items=page, next_cursor=page[-1].id if len(found) > limit else None)
