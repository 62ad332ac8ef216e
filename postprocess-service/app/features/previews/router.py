"""`POST /v1/previews`."""

from fastapi import APIRouter

from ...core.dependencies import PreviewDependency
from .schemas import PreviewRequest, PreviewResponse

router = APIRouter(prefix="/v1", tags=["previews"])


@router.post("/previews", summary="Draw a screen and its popups from the spec, with sample rows, as an HTML page")
def create_preview(request: PreviewRequest, service: PreviewDependency) -> PreviewResponse:
    return service.create(request)
