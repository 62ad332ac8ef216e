"""What handlers are given."""

from typing import Annotated

from fastapi import Depends, Request

from chassis.guard import caller_of
from chassis.tokens import Caller

from .context import ProcessContext


async def _context(request: Request) -> ProcessContext:
    context: ProcessContext = request.app.state.context
    return context


async def _caller(request: Request) -> Caller:
    """A coroutine, as FastAPI runs a plain function in a thread."""
    return caller_of(request)


CallerDep = Annotated[Caller, Depends(_caller)]
ContextDep = Annotated[ProcessContext, Depends(_context)]
