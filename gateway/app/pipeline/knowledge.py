"""Stages 3 and 4: knowledge at or above the threshold of the engine's model class."""

from typing import Any

from chassis.errors import ServiceError, UpstreamFailed, UpstreamRejected, UpstreamTimedOut

from ..core.clients.rag import SearchAnswer
from .draft import Draft, stage
from .ports import Knowledge, Sink

QUERY_CHARACTERS = 2_000
"""A longer query says no more to an embedding model, which cuts it earlier."""
DEFAULT_CLASS = "small"
"""The strictest threshold, where the engine's class is not known."""
_OWN_FIELDS = frozenset({"framework", "artifacts", "prompt"})


class KnowledgeStage:
    def __init__(self, client: Knowledge) -> None:
        self._client = client

    async def run(self, draft: Draft, sink: Sink) -> None:
        """Knowledge into the draft; none, with a warning, where rag-service can't give it."""
        body: dict[str, Any] = {
            "query": draft.prompt[:QUERY_CHARACTERS],
            "screen": screen_of(draft),
            "framework": draft.framework,
            "kinds": None,
            "model_class": model_class_of(draft),
            "threshold": draft.profile.threshold,
            **({"limit": draft.profile.hits} if draft.profile.hits is not None else {}),
            "index": "all" if draft.task == "answer" else "knowledge",
        }
        with stage(draft, sink, "knowledge") as report:
            try:
                draft.search = await self._client.search(body, **draft.user)
            except (UpstreamRejected, UpstreamFailed, UpstreamTimedOut) as error:
                raise_if_callers_fault(error)
                draft.search = SearchAnswer()
                report.fallback = "none"
                draft.warn(sink, "knowledge_unavailable", draft.say("knowledge_unavailable", reason=error.detail))
            draft.pass_on(sink, draft.search.warnings)
            report.summary = draft.say("knowledge", hits=len(draft.search.hits))
        sink.record({
            "knowledge": [hit.model_dump() for hit in draft.search.hits],
            "retrieval": {
                "request": body,
                "threshold": draft.search.threshold,
                "considered": draft.search.considered,
                "fallback": report.fallback,
            },
        })  # fmt: skip


def screen_of(draft: Draft) -> dict[str, Any] | None:
    """What the screen is known to be: its knowledge is found by that; a prompt names a subject, and no part of it."""
    pattern = draft.intent.pattern if draft.intent is not None and draft.task in {"spec", "direct"} else None
    if pattern is None:
        return None
    entities = (draft.data_model or {}).get("entities") or []
    types = {str(field.get("type")) for entity in entities for field in entity.get("fields") or []}
    return {"pattern": pattern, "types": sorted(types)}


def model_class_of(draft: Draft) -> str:
    return (draft.engine.model_class if draft.engine else None) or DEFAULT_CLASS


def raise_if_callers_fault(error: ServiceError) -> None:
    """A refusal that names a field of the caller's own request is the caller's to mend: no fallback hides it."""
    if isinstance(error, UpstreamRejected) and error.status == 422:
        fields = {item.field.partition(".")[0] for item in error.errors}
        if fields & _OWN_FIELDS:
            raise error
