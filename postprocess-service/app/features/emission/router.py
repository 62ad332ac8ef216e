"""`POST /v1/artifacts`."""

from fastapi import APIRouter

from ...core.dependencies import EmissionDependency
from .schemas import ArtifactsRequest, ArtifactsResponse

router = APIRouter(prefix="/v1", tags=["artifacts"])


@router.post(
    "/artifacts", summary="Emit a screen's files from its spec, or check files; every fix and finding is named"
)
def create_artifacts(request: ArtifactsRequest, service: EmissionDependency) -> ArtifactsResponse:
    return service.create(request)
