"""What handlers ask for: the process's context, and who is calling."""

from typing import Annotated, cast

from fastapi import Depends, FastAPI
from fastapi.requests import HTTPConnection

from chassis.errors import Unauthenticated
from chassis.guard import caller_of
from chassis.tokens import Caller

from .context import Context
from .guard import user_in
from .identity import User


def set_context(app: FastAPI, context: Context) -> None:
    app.state.context = context


def context_of(connection: HTTPConnection) -> Context:
    return cast("Context", connection.app.state.context)


def user_of(connection: HTTPConnection) -> User:
    """The user whom the guard let in."""
    user = user_in(connection.scope)
    if user is None:
        raise Unauthenticated("This path needs an API key or an access token.")
    return user


# FastAPI runs a plain function in a thread: half a millisecond of CPU for each, and for each request.
async def _context(connection: HTTPConnection) -> Context:
    return context_of(connection)


async def _user(connection: HTTPConnection) -> User:
    return user_of(connection)


async def _caller(connection: HTTPConnection) -> Caller:
    return caller_of(connection)


Ctx = Annotated[Context, Depends(_context)]
CurrentUser = Annotated[User, Depends(_user)]
CallingService = Annotated[Caller, Depends(_caller)]
