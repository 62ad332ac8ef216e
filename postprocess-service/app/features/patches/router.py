"""`POST /v1/patches`."""

from fastapi import APIRouter

from ...core.dependencies import PatchDependency
from .schemas import PatchRequest, PatchResponse

router = APIRouter(prefix="/v1", tags=["patches"])


@router.post(
    "/patches",
    summary="Apply edits to files, all or nothing",
    responses={409: {"description": "A file is not what the patch was made for."},
               422: {"description": "An edit can't be applied; `failures` says which, why, and where to look."}},
)  # fmt: skip
def create_patch(request: PatchRequest, service: PatchDependency) -> PatchResponse:
    return service.apply(request)
