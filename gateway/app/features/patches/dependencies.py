"""What the handlers of plans and patches ask for."""

from typing import Annotated

from fastapi import Depends

from ...core.dependencies import Ctx
from ...storage.patches import PatchStore
from .asking import EngineDesk
from .ledger import LedgerService
from .patching import PatchingService
from .planning import PlanningService
from .screens import ScreenEdits
from .sources import BaseFiles


def _desk(context: Ctx) -> EngineDesk:
    return EngineDesk(engines=context.clients.llm, prompts=context.clients.rag)


async def planning_service(context: Ctx) -> PlanningService:
    settings = context.settings
    return PlanningService(
        store=PatchStore(context.database),
        bases=BaseFiles(
            context.generations, context.clients.rag, workspace=settings.workspace, scan=settings.scan_folders
        ),
        planner=context.clients.postprocess,
        desk=_desk(context),
        limits=settings,
    )


def ledger_service(context: Ctx) -> LedgerService:
    return LedgerService(store=PatchStore(context.database), patcher=context.clients.postprocess)


async def patching_service(context: Ctx) -> PatchingService:
    desk = _desk(context)
    return PatchingService(
        store=PatchStore(context.database),
        patcher=context.clients.postprocess,
        desk=desk,
        ledger=ledger_service(context),
        screens=ScreenEdits(generations=context.generations, postprocessing=context.clients.postprocess, desk=desk),
        limits=context.settings,
        profiles=context.profiles,
    )


async def _ledger(context: Ctx) -> LedgerService:
    return ledger_service(context)


Planning = Annotated[PlanningService, Depends(planning_service)]
Patching = Annotated[PatchingService, Depends(patching_service)]
Ledger = Annotated[LedgerService, Depends(_ledger)]
