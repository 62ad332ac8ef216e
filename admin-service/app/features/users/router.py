"""`/api/admin/users`: for admins."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from ...core.dependencies import AdminDep, ContextDep, IfMatch, PageDep
from ...core.fields import Role, Words
from ...core.versions import Expected, entity_tag
from .schemas import (
    PasswordResetRequest,
    UserCreatedResponse,
    UserCreateRequest,
    UserListResponse,
    UserResponse,
    UserUpdateRequest,
)
from .service import UserFilter, UserService

router = APIRouter(prefix="/api/admin/users", tags=["users"])


async def get_service(context: ContextDep) -> UserService:
    return UserService(context.database, context.passwords, context.clock)


ServiceDep = Annotated[UserService, Depends(get_service)]


@router.get("", summary="Users, the newest first")
async def list_users(
    _actor: AdminDep,
    service: ServiceDep,
    page: PageDep,
    q: Annotated[Words | None, Query(description="Part of the address or name")] = None,
    role: Annotated[Role | None, Query()] = None,
    disabled: Annotated[bool | None, Query()] = None,
) -> UserListResponse:
    return UserListResponse.model_validate(await service.list(UserFilter(q, role, disabled), page))


@router.post("", status_code=201, summary="Create an account")
async def create_user(actor: AdminDep, service: ServiceDep, body: UserCreateRequest) -> UserCreatedResponse:
    password = body.password.get_secret_value() if body.password else None
    user, made = await service.create(actor, email=body.email, name=body.name, role=body.role, password=password)
    return UserCreatedResponse(user=UserResponse.model_validate(user), password=made)


@router.get("/{user_id}", summary="One user")
async def read_user(_actor: AdminDep, service: ServiceDep, user_id: str, response: Response) -> UserResponse:
    user = await service.get(user_id)
    response.headers["ETag"] = entity_tag(user.version)
    return UserResponse.model_validate(user)


@router.patch("/{user_id}", summary="Change name or role, disable or enable")
async def update_user(
    actor: AdminDep,
    service: ServiceDep,
    user_id: str,
    body: UserUpdateRequest,
    response: Response,
    if_match: IfMatch = None,
) -> UserResponse:
    changes = body.model_dump(exclude={"version"}, exclude_none=True)
    user = await service.update(actor, user_id, changes, Expected(if_match, body.version))
    response.headers["ETag"] = entity_tag(user.version)
    return UserResponse.model_validate(user)


@router.post("/{user_id}/password", summary="Reset the password; every sign-in of the user ends")
async def reset_password(
    actor: AdminDep, service: ServiceDep, user_id: str, body: PasswordResetRequest
) -> UserCreatedResponse:
    password = body.password.get_secret_value() if body.password else None
    user, made = await service.reset_password(actor, user_id, password)
    return UserCreatedResponse(user=UserResponse.model_validate(user), password=made)


@router.delete("/{user_id}", status_code=204, summary="Delete the account and its keys")
async def delete_user(actor: AdminDep, service: ServiceDep, user_id: str) -> None:
    await service.delete(actor, user_id)
