"""`POST /v1/analyses`."""

from fastapi import APIRouter

from ...core.dependencies import AnalysisDependency
from .schemas import AnalysisRequest, AnalysisResponse

router = APIRouter(prefix="/v1", tags=["analyses"])


@router.post("/analyses", summary="Say what an engine's answer is, and read the spec or the files in it")
def create_analysis(request: AnalysisRequest, service: AnalysisDependency) -> AnalysisResponse:
    return service.analyse(request)
