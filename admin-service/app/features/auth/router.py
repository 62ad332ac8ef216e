"""`/internal/auth/…`, the key set, the revocation list and the first admin."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from chassis.errors import ServiceError, TooManyRequests

from ...core.context import Context
from ...core.dependencies import AdminDep, CallerDep, ContextDep
from ...db.audit import Actor
from .bootstrap import BootstrapService
from .lockout import LockoutPolicy
from .revocations import RevocationService
from .schemas import (
    AccountResponse,
    BootstrapRequest,
    BootstrapResponse,
    KeySetResponse,
    LoginRequest,
    PasswordRequest,
    ProfileRequest,
    ProfileResponse,
    RefreshRequest,
    RegisterRequest,
    RevocationsResponse,
    TokenResponse,
)
from .service import AuthService
from .sessions import Lifetimes

router = APIRouter(prefix="/internal", tags=["internal"])
keys_router = APIRouter(prefix="/api/admin/signing-keys", tags=["settings"])


def get_service(context: ContextDep) -> AuthService:
    settings = context.settings
    return AuthService(
        database=context.database,
        passwords=context.passwords,
        signing=context.signing,
        policy=LockoutPolicy(settings.lockout_failures, settings.lockout_client_failures, settings.lockout_window_s),
        lifetimes=Lifetimes(settings.access_token_s, settings.refresh_token_s),
        clock=context.clock,
        open_registration=settings.mode == "local",
    )


ServiceDep = Annotated[AuthService, Depends(get_service)]


def _actor(caller: CallerDep) -> Actor:
    return Actor(service=caller.service, user_id=caller.user_id, role=caller.role)


ActorDep = Annotated[Actor, Depends(_actor)]


@router.post("/auth/login", summary="Sign in", responses={401: {}, 429: {}})
async def login(_caller: CallerDep, context: ContextDep, service: ServiceDep, body: LoginRequest) -> TokenResponse:
    try:
        tokens = await service.login(email=body.email, password=body.password.get_secret_value(), client=body.client)
    except ServiceError as error:
        _count(context, "locked" if isinstance(error, TooManyRequests) else "failed")
        raise
    _count(context, "ok")
    return TokenResponse.model_validate(tokens)


@router.post("/auth/refresh", summary="The next tokens of a sign-in", responses={401: {}})
async def refresh(_caller: CallerDep, service: ServiceDep, body: RefreshRequest) -> TokenResponse:
    return TokenResponse.model_validate(await service.refresh(body.refresh_token.get_secret_value()))


@router.post("/auth/logout", status_code=204, summary="End a sign-in")
async def logout(_caller: CallerDep, service: ServiceDep, body: RefreshRequest) -> None:
    await service.logout(body.refresh_token.get_secret_value())


@router.post("/auth/register", status_code=201, summary="Make one's own account, where that is allowed")
async def register(actor: ActorDep, service: ServiceDep, body: RegisterRequest) -> TokenResponse:
    tokens = await service.register(actor, email=body.email, password=body.password.get_secret_value(), name=body.name)
    return TokenResponse.model_validate(tokens)


@router.get("/auth/me", summary="The acting user's account")
async def read_account(actor: ActorDep, service: ServiceDep) -> ProfileResponse:
    return ProfileResponse.model_validate(await service.account(actor.user_id))


@router.patch("/auth/me", summary="Change the acting user's name")
async def update_account(actor: ActorDep, service: ServiceDep, body: ProfileRequest) -> AccountResponse:
    return AccountResponse.model_validate(await service.rename(actor, body.name))


@router.post("/auth/password", status_code=204, summary="Change the acting user's password; every sign-in ends")
async def change_password(actor: ActorDep, service: ServiceDep, body: PasswordRequest) -> None:
    await service.change_password(
        actor, current=body.current_password.get_secret_value(), new=body.new_password.get_secret_value()
    )


@router.get("/jwks", summary="The keys that verify access tokens")
async def read_key_set(_caller: CallerDep, context: ContextDep) -> KeySetResponse:
    return KeySetResponse(keys=await context.signing.public())


@router.get("/revocations", summary="Tokens, users and keys that are void")
async def read_revocations(
    _caller: CallerDep, context: ContextDep, since: Annotated[str | None, Query(max_length=40)] = None
) -> RevocationsResponse:
    service = RevocationService(context.database, context.clock)
    return RevocationsResponse.model_validate(await service.since(since))


@router.post(
    "/bootstrap",
    summary="Make the first admin",
    responses={201: {"model": BootstrapResponse}},
    response_model_exclude_none=True,
)
async def bootstrap(
    actor: ActorDep, context: ContextDep, body: BootstrapRequest, response: Response
) -> BootstrapResponse:
    service = BootstrapService(context.database, context.passwords, context.clock)
    password = body.password.get_secret_value() if body.password else None
    result = await service.bootstrap(actor, email=body.email, password=password)
    response.status_code = 201 if result.created else 200
    return BootstrapResponse.model_validate(result)


@keys_router.post("", status_code=201, summary="Sign with a new key from now on")
async def rotate_signing_key(actor: AdminDep, context: ContextDep) -> KeySetResponse:
    await context.signing.rotate(actor)
    return KeySetResponse(keys=await context.signing.public())


def _count(context: Context, outcome: str) -> None:
    context.logins.labels(outcome).inc()
