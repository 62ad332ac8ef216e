"""What handlers may ask for."""

from typing import Annotated

from fastapi import Depends, Request

from ..features.intents.service import IntentService
from ..features.questions.service import QuestionService


async def _intents(request: Request) -> IntentService:
    service: IntentService = request.app.state.context.intents
    return service


async def _questions(request: Request) -> QuestionService:
    service: QuestionService = request.app.state.context.questions
    return service


Intents = Annotated[IntentService, Depends(_intents)]
Questions = Annotated[QuestionService, Depends(_questions)]
