"""`/api/v1/packs`."""

from typing import Any

from fastapi import APIRouter

from ...core.dependencies import Ctx, CurrentUser
from .schemas import PackLintRequest, PackLintResponse
from .service import lint

router = APIRouter(prefix="/api/v1/packs", tags=["packs"])


@router.post("/lint", response_model=PackLintResponse, summary="Check a framework pack, file by file")
async def lint_pack(body: PackLintRequest, context: Ctx, user: CurrentUser) -> Any:
    """Every pattern is emitted with its templates, in a sandbox: for administrators and operators."""
    return await lint(context.clients.postprocess, context.clients.rag, body, user)
