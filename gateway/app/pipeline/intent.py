"""Stages 1 and 2: what is asked for, and the data model in it."""

from typing import Any

from chassis.errors import UpstreamTimedOut

from ..core.clients.intent import IntentAnswer
from .draft import BUILTIN, Draft, StageReport, stage
from .ports import Intents, Sink

_RULES = "rules"


class IntentStage:
    def __init__(self, client: Intents) -> None:
        self._client = client

    async def run(self, draft: Draft, sink: Sink) -> IntentAnswer:
        """The intent; afterwards the draft knows language, framework and data model.

        Raises:
            ServiceError: intent-service refused the request (a 422 names the field), or can't be reached.
        """
        with stage(draft, sink, "intent") as report:
            intent = await self._ask(draft, report)
            draft.intent = intent
            draft.language = intent.language
            draft.framework = intent.framework or draft.framework
            report.summary = intent.reason or draft.say(f"intent.{intent.kind}")
            draft.pass_on(sink, intent.warnings)
        if intent.data_model is not None:
            self._data_model(draft, sink, intent.data_model)
        sink.record({
            "kind": intent.kind,
            "framework": draft.framework,
            "intent": intent_record(intent),
            "data_model": draft.data_model,
        })  # fmt: skip
        return intent

    async def _ask(self, draft: Draft, report: StageReport) -> IntentAnswer:
        """The intent; by the rules alone where an engine that is asked for it takes too long."""
        body = intent_body(draft)
        try:
            return await self._client.intents(body, **draft.user, patient=True)
        except UpstreamTimedOut:
            report.fallback = _RULES
            return await self._client.intents({**body, "model": BUILTIN}, **draft.user, patient=True)

    @staticmethod
    def _data_model(draft: Draft, sink: Sink, data_model: dict[str, Any]) -> None:
        with stage(draft, sink, "data_model") as report:
            draft.data_model = data_model
            entities = data_model.get("entities") or []
            fields = sum(len(entity.get("fields") or ()) for entity in entities)
            report.summary = draft.say("data_model", entities=len(entities), fields=fields)


def intent_body(draft: Draft) -> dict[str, Any]:
    """The body of `POST /v1/intents`."""
    order = draft.order
    body: dict[str, Any] = {
        "prompt": draft.prompt,
        "framework": order.framework,
        "language": None,
        "history": order.history,
        "model": order.model,
        "attachments": order.attachments,
    }
    if order.base is not None:
        spec = order.base.spec
        body["base"] = {
            "generation_id": order.base.generation_id,
            "screen_id": spec.get("screen_id", ""),
            "title": spec.get("title", ""),
        }
    return body


def intent_record(intent: IntentAnswer) -> dict[str, Any]:
    return intent.model_dump(exclude={"data_model"})
