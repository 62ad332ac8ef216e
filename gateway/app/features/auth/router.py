"""`/api/auth/…`: accounts are admin-service's; the cookie is ours (R3.1, R3.7)."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from chassis.errors import FieldError, InvalidInput, NotFound

from ...core.cookies import TOKEN_PREFIX, clear_session, set_session
from ...core.dependencies import Ctx, CurrentUser
from ...core.guard import CREDENTIAL_KEY, check_csrf, credentials_in
from ...core.proxies import client_address
from ...core.strict_json import StrictRoute
from ...storage.records import now
from .schemas import (
    AccountDeleteRequest,
    AccountUser,
    BrowserResponse,
    LoginRequest,
    LogoutRequest,
    PasswordRequest,
    ProfileRequest,
    RefreshRequest,
    RegisterRequest,
    RegistrationResponse,
    TokenResponse,
    UsageResponse,
)
from .service import AuthService, BrowserSignIn

router = APIRouter(prefix="/api/auth", tags=["accounts"], route_class=StrictRoute)


async def get_service(context: Ctx) -> AuthService:
    return AuthService(context.clients.admin, context.identity)


Service = Annotated[AuthService, Depends(get_service)]
_SIGNED = TokenResponse | BrowserResponse


@router.get("/registration", response_model=RegistrationResponse, summary="Who may register")
async def registration(context: Ctx) -> Any:
    return await context.clients.admin.registration()


@router.post("/register", status_code=201, response_model=_SIGNED, summary="Make one's own account, and sign in")
async def register(body: RegisterRequest, request: Request, service: Service) -> Any:
    sent = body.model_dump(exclude={"cookie"})
    if body.cookie:
        signed = await service.sign_browser_in("register", sent, client=client_address(request.scope))
        return _with_cookie(request, signed, 201)
    return await service.sign_in("register", sent, client=client_address(request.scope))


@router.post(
    "/login", response_model=_SIGNED, summary="An access token and a refresh token, or a cookie, for a password"
)
async def login(body: LoginRequest, request: Request, service: Service) -> Any:
    sent = body.model_dump(exclude={"cookie"})
    if body.cookie:
        return _with_cookie(
            request, await service.sign_browser_in("login", sent, client=client_address(request.scope)), 200
        )
    return await service.sign_in("login", sent, client=client_address(request.scope))


@router.post("/refresh", response_model=TokenResponse, summary="New tokens for a refresh token, which is used up")
async def refresh(body: RefreshRequest, context: Ctx) -> Any:
    return await context.clients.admin.sign_in("refresh", body.model_dump())


@router.post("/logout", status_code=204, summary="The sign-in is void: the refresh token's, or the cookie's")
async def logout(request: Request, service: Service, body: LogoutRequest | None = None) -> Response:
    """Needs no access token, which may have expired: whoever has a sign-in's refresh token or cookie may end it."""
    token = body.refresh_token if body else None
    credential, cookie = credentials_in(request.scope)
    browser = cookie or (credential if credential.startswith(TOKEN_PREFIX) else "")
    if token is None and not browser:
        message = "Without the cookie, the refresh token says which sign-in ends."
        raise InvalidInput(message, code="refresh_token_missing", errors=[FieldError("refresh_token", message)])
    if cookie:
        check_csrf(cookie, request.headers)
    await service.logout(browser, token)
    response = Response(status_code=204)
    if browser:
        clear_session(response, request.scope)
    return response


@router.get("/session", response_model=BrowserResponse, summary="The cookie's user and CSRF token")
async def session(request: Request, _user: CurrentUser, service: Service) -> Any:
    credential: str = request.scope[CREDENTIAL_KEY]
    if not credential.startswith(TOKEN_PREFIX):
        raise NotFound("There is no cookie: sign in with `cookie: true`.", code="no_cookie")
    return await service.browser(credential)


@router.get("/me", response_model=AccountUser, summary="Who is calling")
async def me(context: Ctx, user: CurrentUser) -> Any:
    return await context.clients.admin.me(user_id=user.id, role=user.role)


@router.patch("/me", response_model=AccountUser, summary="Change one's name")
@router.put("/me", response_model=AccountUser, summary="Change one's name")
async def update_me(body: ProfileRequest, user: CurrentUser, service: Service) -> Any:
    return await service.rename(user, body.name)


@router.delete("/me", status_code=204, summary="Delete one's account and sessions, which the password proves")
async def delete_me(
    body: AccountDeleteRequest, request: Request, context: Ctx, user: CurrentUser, service: Service
) -> Response:
    await service.delete_account(user, body.password)
    await context.conversations.sessions.delete_all(user.id)
    response = Response(status_code=204)
    clear_session(response, request.scope)
    return response


@router.post("/password", status_code=204, summary="Change one's password; every sign-in ends")
async def change_password(body: PasswordRequest, context: Ctx, user: CurrentUser) -> Response:
    await context.clients.admin.change_password(body.model_dump(), user_id=user.id, role=user.role)
    return Response(status_code=204)


@router.get("/usage", response_model=UsageResponse, summary="What one has used")
async def usage(context: Ctx, user: CurrentUser, days: Annotated[int, Query(ge=1, le=366)] = 30) -> Any:
    return await context.conversations.usage.of(user.id, since=now() - timedelta(days=days))


def _with_cookie(request: Request, signed: BrowserSignIn, status: int) -> Response:
    response = JSONResponse(signed.answer, status)
    set_session(response, request.scope, signed.token, life_s=signed.life_s)
    return response
