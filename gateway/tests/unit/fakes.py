"""The pipeline's outside without I/O: services that answer as told, a sink that remembers."""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any

from app.core.clients.intent import IntentAnswer, QuestionsAnswer
from app.core.clients.llm import Chunk, Engine, Engines, StreamLimits
from app.core.clients.postprocess import Analysis, Emission, Patched, PlanReading
from app.core.clients.rag import PromptAnswer, SearchAnswer
from app.core.identity import User
from app.pipeline.draft import Draft, Order
from app.pipeline.engine import EngineLimits
from app.pipeline.pipeline import Limits, Upstreams, new_draft

from chassis.errors import ServiceError, UpstreamFailed, UpstreamRejected, UpstreamTimedOut

from ..samples import HITS, SPEC, intent


class MemorySink:
    """Events and columns in the order in which they came; `answers` by question id."""

    def __init__(self) -> None:
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.columns: dict[str, Any] = {}
        self.answers: dict[str, str] = {}

    def emit(self, type_: str, data: Mapping[str, Any]) -> None:
        self.events.append((type_, dict(data)))

    def record(self, columns: Mapping[str, Any]) -> None:
        self.columns.update(columns)

    async def room(self) -> None:
        return

    async def answer(self, question_id: str, *, within_s: float) -> str | None:
        return self.answers.get(question_id)

    def of(self, type_: str) -> list[dict[str, Any]]:
        return [data for kind, data in self.events if kind == type_]


class FakeServices:
    """All upstreams in one; `fail` by path, `engine_answers` one after the other."""

    user = User("alice", "developer")

    def __init__(self) -> None:
        self.sent: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self.fail: dict[str, ServiceError] = {}
        self.intent = intent()
        self.engine_hangs_intents = False
        self.questions_answer: dict[str, Any] = {"questions": [], "source": "fixed"}
        self.engine_answers: list[str] = ["SPEC"]
        self.engine_name = "vllm"
        self.failing: dict[str, Any] | None = None
        self.explanation = ""
        self.gone_after = 99
        self.sink = MemorySink()

    def upstreams(self) -> Upstreams:
        return Upstreams(intents=self, knowledge=self, engines=self, postprocessing=self)

    def _note(self, path: str, body: dict[str, Any]) -> None:
        self.sent[path].append(body)
        if path in self.fail:
            raise self.fail[path]

    async def intents(self, body: dict[str, Any], *, user_id: str, role: str, patient: bool = False) -> IntentAnswer:
        self._note("/v1/intents", body)
        if self.engine_hangs_intents and body["model"] != "builtin":
            raise UpstreamTimedOut("intent-service gave no answer within 20 s.")
        return IntentAnswer.model_validate(self.intent)

    async def questions(self, body: dict[str, Any], *, user_id: str, role: str) -> QuestionsAnswer:
        self._note("/v1/questions", body)
        return QuestionsAnswer.model_validate(self.questions_answer)

    async def search(self, body: dict[str, Any], *, user_id: str, role: str) -> SearchAnswer:
        self._note("/v1/search", body)
        return SearchAnswer.model_validate({"hits": HITS, "threshold": 0.3, "considered": 9})

    async def prompts(self, body: dict[str, Any], *, user_id: str, role: str) -> PromptAnswer:
        self._note("/v1/prompts", body)
        return PromptAnswer(messages=[{"role": "user", "content": body["prompt"]}])

    async def engines(self, *, max_age_s: float = 5.0) -> Engines | None:
        engine = Engine(id="vllm", model="demo-7b", model_class="medium", max_output_tokens=64, state="loading")
        return Engines(default="vllm", engines=[engine])

    async def chat(
        self, body: dict[str, Any], *, limits: StreamLimits, user_id: str, role: str
    ) -> AsyncIterator[Chunk]:
        self._note("/v1/chat/completions", {**body})
        if len(self.sent["/v1/chat/completions"]) > self.gone_after:
            raise UpstreamFailed("the engine is gone")
        self.limits = limits
        builtin = body["model"] == "builtin"
        text = "SPEC" if builtin or not self.engine_answers else self.engine_answers.pop(0)
        yield Chunk(text=text, engine="builtin" if builtin else self.engine_name, finish_reason="stop")

    async def analyses(self, body: dict[str, Any], *, user_id: str, role: str) -> Analysis:
        self._note("/v1/analyses", body)
        if body["answer"] == "SPEC" and body["mode"] != "direct":
            return Analysis(status="ok", spec=SPEC, text=self.explanation or None)
        if body["answer"] == "FILES" and body["mode"] != "spec":
            return Analysis(status="ok", files=[{"path": "A.xml", "language": "xml", "content": "<map/>"}])
        return Analysis(status="truncated", reason="cut off", text=self.explanation or None)

    async def artifacts(self, body: dict[str, Any], *, user_id: str, role: str) -> Emission:
        self._note("/v1/artifacts", body)
        file = {"path": "A.xml", "language": "xml", "sha256": "0", "size": 6, "content": "<map/>"}
        if body.get("files") and self.failing is not None and "second" not in body:
            return Emission.model_validate({"artifacts": [file], "failing": self.failing})
        return Emission.model_validate({"artifacts": [file | {"content": "<mended/>"}] if "second" in body else []})

    async def plans(self, body: dict[str, Any], *, user_id: str, role: str) -> PlanReading:
        self._note("/v1/plans", body)
        file = body["files"][0]
        snippet = {"path": file["path"], "first_line": 1, "last_line": 1, "text": file["content"].splitlines()[0]}
        return PlanReading.model_validate({"steps": [], "source": "rules", "snippets": [snippet]})

    async def patches(self, body: dict[str, Any], *, user_id: str, role: str) -> Patched:
        self._note("/v1/patches", body)
        raise UpstreamRejected("postprocess-service", 422, {"code": "no_edits", "detail": "no edits"})


def draft(**changes: Any) -> Draft:
    values: dict[str, Any] = {
        "id": "g1", "created_at": datetime(2026, 1, 1, tzinfo=UTC), "prompt": "Task 화면", "user_id": "alice",
    } | changes  # fmt: skip
    return new_draft(Order(**values))


def limits() -> Limits:
    engine = EngineLimits(first_byte_s=1, loading_first_byte_s=9, gap_s=1, total_s=5)
    return Limits(prepare_s=5, question_s=1, engine=engine)
