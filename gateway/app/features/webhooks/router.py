"""`/api/v1/webhooks`: the secret that signs, and what became of the deliveries."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from ...core.dependencies import Ctx, CurrentUser

router = APIRouter(prefix="/api/v1/webhooks", tags=["webhooks"])


class WebhookSecretResponse(BaseModel):
    secret: str


class Delivery(BaseModel):
    """`reason` says why the last attempt failed."""

    id: str
    created_at: datetime
    url: str
    event: str
    attempts: int
    delivered_at: datetime | None
    failed_at: datetime | None
    reason: str | None


class DeliveriesResponse(BaseModel):
    items: list[Delivery]


@router.get("/secret", response_model=WebhookSecretResponse, summary="The secret that signs one's own webhooks")
async def read_secret(context: Ctx, user: CurrentUser) -> Any:
    return WebhookSecretResponse(secret=context.webhook_secrets.of(user.id))


@router.get("/deliveries", response_model=DeliveriesResponse, summary="One's own deliveries, newest first")
async def list_deliveries(context: Ctx, user: CurrentUser, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Any:
    found = await context.deliveries.of_user(user.id, limit=limit)
    return DeliveriesResponse(items=[Delivery.model_validate(row, from_attributes=True) for row in found])
