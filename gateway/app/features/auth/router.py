"""`/api/auth/…`: accounts are admin-service's; the gateway passes on."""

from typing import Any

from fastapi import APIRouter, Response

from ...core.dependencies import Ctx, CurrentUser
from ...core.strict_json import StrictRoute
from .schemas import AccountUser, LoginRequest, RefreshRequest, TokenResponse

router = APIRouter(prefix="/api/auth", tags=["accounts"], route_class=StrictRoute)


@router.post("/login", response_model=TokenResponse, summary="An access token and a refresh token for a password")
async def login(body: LoginRequest, context: Ctx) -> Any:
    return await context.clients.admin.login(body.model_dump())


@router.post("/refresh", response_model=TokenResponse, summary="New tokens for a refresh token, which is used up")
async def refresh(body: RefreshRequest, context: Ctx) -> Any:
    return await context.clients.admin.refresh(body.model_dump())


@router.post("/logout", status_code=204, summary="The refresh token, and what came of it, is void")
async def logout(body: RefreshRequest, context: Ctx, user: CurrentUser) -> Response:
    await context.clients.admin.logout(body.model_dump(), user_id=user.id, role=user.role)
    return Response(status_code=204)


@router.get("/me", response_model=AccountUser, summary="Who is calling")
async def me(context: Ctx, user: CurrentUser) -> Any:
    return await context.clients.admin.me(user_id=user.id, role=user.role)
