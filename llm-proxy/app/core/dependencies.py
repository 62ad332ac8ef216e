"""What handlers are given."""

from typing import Annotated

from fastapi import Depends, Request

from chassis.guard import caller_of
from chassis.tokens import Caller

from .context import ProcessContext


async def _context(request: Request) -> ProcessContext:
    context: ProcessContext = request.app.state.context
    return context


CallerDep = Annotated[Caller, Depends(caller_of)]
ContextDep = Annotated[ProcessContext, Depends(_context)]
