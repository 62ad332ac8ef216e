"""`POST /v1/packs/lint`."""

from fastapi import APIRouter

from ...core.dependencies import PackLintDependency
from .schemas import PackLintRequest, PackLintResponse

router = APIRouter(prefix="/v1/packs", tags=["packs"])


@router.post("/lint", summary="Check a framework pack: its files, and every pattern emitted with its templates")
def lint_pack(request: PackLintRequest, service: PackLintDependency) -> PackLintResponse:
    return service.lint(request)
