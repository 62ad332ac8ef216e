"""`POST /v1/packs/lint`."""

from fastapi import APIRouter

from .schemas import PackLintRequest, PackLintResponse
from .service import lint_pack

router = APIRouter(prefix="/v1/packs", tags=["packs"])


@router.post("/lint", summary="Check what retrieval reads of a framework pack: knowledge and prompt templates")
def lint(request: PackLintRequest) -> PackLintResponse:
    return lint_pack(request)
