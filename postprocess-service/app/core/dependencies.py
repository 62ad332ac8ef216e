"""What handlers may ask for."""

from typing import Annotated

from fastapi import Depends, Request

from ..features.analysis.service import AnalysisService
from ..features.emission.service import EmissionService


def _analysis(request: Request) -> AnalysisService:
    service: AnalysisService = request.app.state.context.analysis
    return service


def _emission(request: Request) -> EmissionService:
    service: EmissionService = request.app.state.context.emission
    return service


AnalysisDependency = Annotated[AnalysisService, Depends(_analysis)]
EmissionDependency = Annotated[EmissionService, Depends(_emission)]
