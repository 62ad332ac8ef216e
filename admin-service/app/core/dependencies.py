"""What handlers ask for in their signatures: the context, who acts, and whether that role may."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Header, Query, Request

from chassis.errors import Forbidden
from chassis.guard import caller_of
from chassis.tokens import Caller

from ..db.audit import Actor
from ..db.pages import DEFAULT_LIMIT, MAX_LIMIT, PageRequest
from .context import Context
from .fields import ADMIN, DEVELOPER, OPERATOR


async def get_context(request: Request) -> Context:
    context = request.app.state.context
    assert isinstance(context, Context)  # noqa: S101 - create_app sets it
    return context


async def get_caller(request: Request) -> Caller:
    return caller_of(request)


ContextDep = Annotated[Context, Depends(get_context)]
CallerDep = Annotated[Caller, Depends(get_caller)]


def require(*roles: str) -> Callable[[Caller], Actor]:
    """A dependency that lets in users with one of the roles, and gives who acts."""

    def check(caller: CallerDep) -> Actor:
        if not caller.user_id or caller.role not in roles:
            raise Forbidden(
                f"This needs the role {' or '.join(roles)}.", code="role_forbidden", extra={"roles": list(roles)}
            )
        return Actor(service=caller.service, user_id=caller.user_id, role=caller.role)

    return check


AdminDep = Annotated[Actor, Depends(require(ADMIN))]
OperatorDep = Annotated[Actor, Depends(require(ADMIN, OPERATOR))]
AnyUserDep = Annotated[Actor, Depends(require(ADMIN, OPERATOR, DEVELOPER))]


async def get_page(
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> PageRequest:
    return PageRequest(limit, cursor)


PageDep = Annotated[PageRequest, Depends(get_page)]
IfMatch = Annotated[str | None, Header(description="The version that was read, as its ETag")]
IfNoneMatch = Annotated[str | None, Header(description="The revision that the caller has")]
