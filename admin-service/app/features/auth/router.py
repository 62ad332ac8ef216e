"""`/internal/auth/…`, the key set, the revocation list and the first admin."""

from collections.abc import Awaitable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Query, Response

from chassis.errors import ServiceError, TooManyRequests

from ...core.context import Context
from ...core.dependencies import AdminDep, CallerDep, ContextDep
from ...db.audit import Actor
from .account import AccountService
from .bootstrap import BootstrapService
from .browser import BrowserService
from .lockout import LockoutPolicy
from .revocations import RevocationService
from .schemas import (
    AccountDeleteRequest,
    AccountResponse,
    BootstrapRequest,
    BootstrapResponse,
    BrowserSessionResponse,
    BrowserTokenRequest,
    BrowserVerifyResponse,
    KeySetResponse,
    LoginRequest,
    PasswordRequest,
    ProfileRequest,
    ProfileResponse,
    RefreshRequest,
    RegisterRequest,
    RegistrationResponse,
    RevocationsResponse,
    TokenResponse,
)
from .service import AuthService, Login, Registration
from .sessions import Lifetimes

Signed = TypeVar("Signed")
router = APIRouter(prefix="/internal", tags=["internal"])
keys_router = APIRouter(prefix="/api/admin/signing-keys", tags=["settings"])


def _policy(context: Context) -> LockoutPolicy:
    settings = context.settings
    return LockoutPolicy(settings.lockout_failures, settings.lockout_client_failures, settings.lockout_window_s)


async def get_service(context: ContextDep) -> AuthService:
    settings = context.settings
    return AuthService(
        database=context.database,
        passwords=context.passwords,
        signing=context.signing,
        policy=_policy(context),
        lifetimes=Lifetimes(settings.access_token_s, settings.refresh_token_s, settings.browser_session_s),
        clock=context.clock,
        open_registration=settings.mode == "local",
    )


async def get_accounts(context: ContextDep) -> AccountService:
    return AccountService(
        database=context.database, passwords=context.passwords, policy=_policy(context), clock=context.clock
    )


async def get_browsers(context: ContextDep) -> BrowserService:
    return BrowserService(context.database, context.clock, idle_s=context.settings.browser_idle_s)


ServiceDep = Annotated[AuthService, Depends(get_service)]
AccountsDep = Annotated[AccountService, Depends(get_accounts)]
BrowsersDep = Annotated[BrowserService, Depends(get_browsers)]


async def _actor(caller: CallerDep) -> Actor:
    return Actor(service=caller.service, user_id=caller.user_id, role=caller.role)


ActorDep = Annotated[Actor, Depends(_actor)]


@router.post("/auth/login", summary="Sign in", responses={401: {}, 429: {}})
async def login(_caller: CallerDep, context: ContextDep, service: ServiceDep, body: LoginRequest) -> TokenResponse:
    return TokenResponse.model_validate(await _counted(context, service.login(_login(body))))


@router.post("/auth/browser/login", summary="Sign a browser in", responses={401: {}, 429: {}})
async def login_browser(
    _caller: CallerDep, context: ContextDep, service: ServiceDep, body: LoginRequest
) -> BrowserSessionResponse:
    return BrowserSessionResponse.model_validate(await _counted(context, service.login_browser(_login(body))))


@router.post("/auth/browser/register", status_code=201, summary="Make one's own account, and sign the browser in")
async def register_browser(actor: ActorDep, service: ServiceDep, body: RegisterRequest) -> BrowserSessionResponse:
    return BrowserSessionResponse.model_validate(await service.register_browser(actor, _registration(body)))


@router.post("/auth/browser/verify", summary="Whom a browser's cookie speaks for", responses={401: {}})
async def verify_browser(_caller: CallerDep, browsers: BrowsersDep, body: BrowserTokenRequest) -> BrowserVerifyResponse:
    return BrowserVerifyResponse.model_validate(await browsers.verify(body.token.get_secret_value()))


@router.post("/auth/browser/logout", status_code=204, summary="End a browser's sign-in")
async def logout_browser(_caller: CallerDep, browsers: BrowsersDep, body: BrowserTokenRequest) -> None:
    await browsers.logout(body.token.get_secret_value())


@router.post("/auth/refresh", summary="The next tokens of a sign-in", responses={401: {}})
async def refresh(_caller: CallerDep, service: ServiceDep, body: RefreshRequest) -> TokenResponse:
    return TokenResponse.model_validate(await service.refresh(body.refresh_token.get_secret_value()))


@router.post("/auth/logout", status_code=204, summary="End a sign-in")
async def logout(_caller: CallerDep, service: ServiceDep, body: RefreshRequest) -> None:
    await service.logout(body.refresh_token.get_secret_value())


@router.post("/auth/register", status_code=201, summary="Make one's own account, where that is allowed")
async def register(actor: ActorDep, service: ServiceDep, body: RegisterRequest) -> TokenResponse:
    return TokenResponse.model_validate(await service.register(actor, _registration(body)))


@router.get("/auth/registration", summary="Who may register")
async def read_registration(_caller: CallerDep, service: ServiceDep) -> RegistrationResponse:
    return RegistrationResponse(mode=await service.registration())


@router.get("/auth/me", summary="The acting user's account")
async def read_account(actor: ActorDep, accounts: AccountsDep) -> ProfileResponse:
    return ProfileResponse.model_validate(await accounts.account(actor.user_id))


@router.patch("/auth/me", summary="Change the acting user's name")
async def update_account(actor: ActorDep, accounts: AccountsDep, body: ProfileRequest) -> AccountResponse:
    return AccountResponse.model_validate(await accounts.rename(actor, body.name))


@router.delete("/auth/me", status_code=204, summary="Delete the acting user's account, which its password proves")
async def delete_account(actor: ActorDep, accounts: AccountsDep, body: AccountDeleteRequest) -> None:
    await accounts.delete(actor, password=body.password.get_secret_value())


@router.post("/auth/password", status_code=204, summary="Change the acting user's password; every sign-in ends")
async def change_password(actor: ActorDep, accounts: AccountsDep, body: PasswordRequest) -> None:
    await accounts.change_password(
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


async def _counted(context: Context, signing_in: Awaitable[Signed]) -> Signed:
    """The sign-in, counted by how it ended."""
    try:
        signed = await signing_in
    except ServiceError as error:
        context.logins.labels("locked" if isinstance(error, TooManyRequests) else "failed").inc()
        raise
    context.logins.labels("ok").inc()
    return signed


def _login(body: LoginRequest) -> Login:
    return Login(body.email, body.password.get_secret_value(), body.client)


def _registration(body: RegisterRequest) -> Registration:
    return Registration(body.email, body.password.get_secret_value(), body.name, body.invitation, body.client)
