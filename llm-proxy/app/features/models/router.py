"""`GET /v1/models` (OpenAI) and `GET /v1/engines`."""

from fastapi import APIRouter

from ...core.dependencies import ContextDep
from .schemas import EnginesResponse, ModelResponse, ModelsResponse

router = APIRouter(prefix="/v1")


@router.get("/models", tags=["OpenAI"], summary="Names that a request may give as its model")
async def list_models(context: ContextDep) -> ModelsResponse:
    return context.models.models()


@router.get("/models/{model:path}", tags=["OpenAI"], summary="One model")
async def read_model(model: str, context: ContextDep) -> ModelResponse:
    return context.models.model(model)


@router.get("/engines", tags=["engines"], summary="The engines, their limits and their state")
async def list_engines(context: ContextDep) -> EnginesResponse:
    return context.models.engines()
