"""What the handlers of generations ask for."""

from typing import Annotated

from fastapi import Depends

from ...conversations.attached import SessionOrders
from ...core.dependencies import Ctx
from ...core.idempotency import Subjects
from .service import GenerationService
from .spec_service import SpecService


async def generation_service(context: Ctx) -> GenerationService:
    return GenerationService(
        orders=context.orders,
        sessions=SessionOrders(context.conversations.sessions, context.conversations.turns),
        generations=context.generations,
        learning=context.learning,
        subjects=Subjects(context.keys),
        allowed=context.webhook_addresses,
    )


async def spec_service(context: Ctx) -> SpecService:
    return SpecService(generations=context.generations, postprocessing=context.clients.postprocess)


Service = Annotated[GenerationService, Depends(generation_service)]
Specs = Annotated[SpecService, Depends(spec_service)]
