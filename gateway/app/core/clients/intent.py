"""intent-service: what a prompt asks for, and the data model in it."""

from typing import Any, Literal

from pydantic import BaseModel

from chassis.http_client import ServiceClient
from chassis.tokens import ServiceTokens

from .models import Warning_, parsed

Kind = Literal["generate", "modify", "question", "unsupported"]

LIMIT_S = 20.0
"""Rules answer in milliseconds; where they are not sure, an engine is asked, within the 30 s of stages 1 to 6."""


class Choice(BaseModel):
    value: str
    label: str


class Question(BaseModel):
    id: str
    text: str
    choices: list[Choice] = []
    default: str | None = None


class Screen(BaseModel):
    id: str
    title: str


class IntentAnswer(BaseModel):
    """The answer of `POST /v1/intents`."""

    kind: Kind
    confidence: float = 0.0
    language: str = "ko"
    framework: str | None = None
    pattern: str | None = None
    pattern_reason: str | None = None
    reason: str | None = None
    alternatives: list[str] = []
    screen: Screen | None = None
    needs_clarification: bool = False
    questions: list[Question] = []
    data_model: dict[str, Any] | None = None
    source: str = "rules"
    warnings: list[Warning_] = []


class QuestionsAnswer(BaseModel):
    """The answer of `POST /v1/questions`; `source` is `engine` or `fixed`."""

    questions: list[Question] = []
    source: str = "fixed"


class IntentClient:
    def __init__(
        self, *, base_url: str, tokens: ServiceTokens, max_connections: int = 100, patience_s: float = 0.0
    ) -> None:
        self._service = ServiceClient(
            upstream="intent-service",
            base_url=base_url,
            tokens=tokens,
            limit_s=LIMIT_S,
            max_connections=max_connections,
            patience_s=patience_s,
        )

    async def aclose(self) -> None:
        await self._service.aclose()

    async def probe(self) -> str:
        await self._service.request("GET", "/livez", limit_s=1.5)
        return "up"

    async def intents(self, body: dict[str, Any], *, user_id: str, role: str, patient: bool = False) -> IntentAnswer:
        """`patient`: waits for a service that is just starting again."""
        answer = await self._service.request_json(
            "POST", "/v1/intents", body=body, user_id=user_id, role=role, repeatable=True, patient=patient
        )
        return parsed(IntentAnswer, answer, upstream="intent-service")

    async def questions(self, body: dict[str, Any], *, user_id: str, role: str) -> QuestionsAnswer:
        answer = await self._service.request_json(
            "POST", "/v1/questions", body=body, user_id=user_id, role=role, repeatable=True
        )
        return parsed(QuestionsAnswer, answer, upstream="intent-service")
