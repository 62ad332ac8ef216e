"""`POST /v1/questions`."""

from fastapi import APIRouter

from ...core.dependencies import Questions
from .schemas import QuestionsRequest, QuestionsResponse

router = APIRouter(tags=["questions"])


@router.post("/v1/questions", summary="Questions worth asking before the screen is made")
async def ask(request: QuestionsRequest, questions: Questions) -> QuestionsResponse:
    return await questions.ask(request)
