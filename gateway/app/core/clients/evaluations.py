"""admin-service's evaluations, as the job that runs them sees them."""

from typing import Any

from pydantic import BaseModel

from .admin import AdminClient
from .models import parsed

LIMIT_S = 30.0
"""Scoring a generation takes milliseconds; the first one waits for libraries to load."""


class EvaluationState(BaseModel):
    status: str
    concurrency: int = 1


class EvaluationItem(BaseModel):
    """A generation to make: of which engine, and with which templates in place of those in production."""

    number: int
    prompt: str
    framework: str
    engine: str
    mode: str
    templates: list[dict[str, Any]] = []
    values: dict[str, Any] = {}
    """Values of the model's profile, for this one generation in place of those in force."""
    request: dict[str, Any] = {}
    generation_id: str | None = None
    """Of an item that lacks its judgement alone: what was generated already."""


class EvaluationItems(BaseModel):
    status: str
    items: list[EvaluationItem] = []


class JudgeQuestion(BaseModel):
    engine: str
    messages: list[dict[str, Any]]


class Taken(BaseModel):
    judge: JudgeQuestion | None = None


class EvaluationsClient:
    """Every call names its `runner`: a later run of the job makes the earlier ones' calls a 409."""

    def __init__(self, admin: AdminClient) -> None:
        self._forwarding = admin.forwarding

    async def begin(self, evaluation_id: str, runner: str) -> EvaluationState:
        answer = await self._post(evaluation_id, "begin", {"runner": runner})
        return parsed(EvaluationState, answer, upstream="admin-service")

    async def next_items(self, evaluation_id: str, runner: str, limit: int) -> EvaluationItems:
        answer = await self._post(evaluation_id, "next", {"runner": runner, "limit": limit})
        return parsed(EvaluationItems, answer, upstream="admin-service")

    async def take(
        self, evaluation_id: str, number: int, runner: str, *, generation_id: str | None, record: dict[str, Any]
    ) -> Taken:
        body = {"runner": runner, "generation_id": generation_id, "record": record}
        answer = await self._post(evaluation_id, f"items/{number}", body)
        return parsed(Taken, answer, upstream="admin-service")

    async def take_judgement(self, evaluation_id: str, number: int, runner: str, text: str) -> None:
        await self._post(evaluation_id, f"items/{number}/judgement", {"runner": runner, "text": text})

    async def interrupt(self, evaluation_id: str, runner: str) -> None:
        """The run has given up; a person may resume the evaluation."""
        await self._post(evaluation_id, "interrupt", {"runner": runner})

    async def _post(self, evaluation_id: str, path: str, body: dict[str, Any]) -> Any:
        """Each may be repeated: what was taken stays as it is."""
        return await self._forwarding.request_json(
            "POST", f"/internal/evaluations/{evaluation_id}/{path}", body=body, limit_s=LIMIT_S, repeatable=True
        )
