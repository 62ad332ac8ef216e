"""What handlers are given."""

from typing import Annotated

from fastapi import Depends, Request

from .context import ProcessContext


async def _context(request: Request) -> ProcessContext:
    context: ProcessContext = request.app.state.context
    return context


ContextDep = Annotated[ProcessContext, Depends(_context)]
