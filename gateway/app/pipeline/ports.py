"""What the pipeline needs of the outside; the clients and the run have it, tests pass fakes."""

from collections.abc import AsyncIterator, Mapping
from typing import Any, Protocol

from ..core.clients.intent import IntentAnswer, QuestionsAnswer
from ..core.clients.llm import Chunk, Engines, StreamLimits
from ..core.clients.postprocess import Analysis, Emission, Patched, PlanReading
from ..core.clients.rag import PromptAnswer, SearchAnswer
from ..core.profiles import Profile


class Sink(Protocol):
    """Where a generation's events and record go."""

    def emit(self, type_: str, data: Mapping[str, Any]) -> None: ...

    def record(self, columns: Mapping[str, Any]) -> None: ...

    async def room(self) -> None:
        """Waits while the log is behind."""

    async def answer(self, question_id: str, *, within_s: float) -> str | None:
        """The user's answer, or None when the time is over."""


class Intents(Protocol):
    async def intents(
        self, body: dict[str, Any], *, user_id: str, role: str, patient: bool = False
    ) -> IntentAnswer: ...

    async def questions(self, body: dict[str, Any], *, user_id: str, role: str) -> QuestionsAnswer: ...


class Knowledge(Protocol):
    async def search(self, body: dict[str, Any], *, user_id: str, role: str) -> SearchAnswer: ...

    async def prompts(self, body: dict[str, Any], *, user_id: str, role: str) -> PromptAnswer: ...


class ModelProfiles(Protocol):
    def of(self, model: str | None) -> Profile: ...


class EngineProxy(Protocol):
    async def engines(self) -> Engines | None: ...

    def chat(self, body: dict[str, Any], *, limits: StreamLimits, user_id: str, role: str) -> AsyncIterator[Chunk]: ...


class Postprocessing(Protocol):
    async def analyses(self, body: dict[str, Any], *, user_id: str, role: str) -> Analysis: ...

    async def artifacts(self, body: dict[str, Any], *, user_id: str, role: str) -> Emission: ...

    async def plans(self, body: dict[str, Any], *, user_id: str, role: str) -> PlanReading: ...

    async def patches(self, body: dict[str, Any], *, user_id: str, role: str) -> Patched: ...
