"""What handlers may ask for."""

from typing import Annotated

from fastapi import Depends, Request

from ..features.analysis.service import AnalysisService
from ..features.emission.service import EmissionService
from ..features.packs.service import PackLintService
from ..features.patches.service import PatchService
from ..features.plans.service import PlanService
from ..features.previews.service import PreviewService


async def _analysis(request: Request) -> AnalysisService:
    service: AnalysisService = request.app.state.context.analysis
    return service


async def _emission(request: Request) -> EmissionService:
    service: EmissionService = request.app.state.context.emission
    return service


async def _previews(request: Request) -> PreviewService:
    service: PreviewService = request.app.state.context.previews
    return service


async def _pack_lint(request: Request) -> PackLintService:
    service: PackLintService = request.app.state.context.pack_lint
    return service


async def _patches(request: Request) -> PatchService:
    service: PatchService = request.app.state.context.patches
    return service


async def _plans(request: Request) -> PlanService:
    service: PlanService = request.app.state.context.plans
    return service


AnalysisDependency = Annotated[AnalysisService, Depends(_analysis)]
EmissionDependency = Annotated[EmissionService, Depends(_emission)]
PreviewDependency = Annotated[PreviewService, Depends(_previews)]
PackLintDependency = Annotated[PackLintService, Depends(_pack_lint)]
PatchDependency = Annotated[PatchService, Depends(_patches)]
PlanDependency = Annotated[PlanService, Depends(_plans)]
