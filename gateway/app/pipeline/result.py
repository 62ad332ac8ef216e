"""Stage 12: what the record keeps, and what the terminal event says."""

from typing import Any

from ..core.grams import searchable
from .draft import Draft
from .intent import intent_record
from .postprocess import listed


def completed(draft: Draft) -> dict[str, Any]:
    """The data of the event `completed`."""
    intent = draft.intent
    data: dict[str, Any] = {
        "generation_id": draft.order.id,
        "kind": draft.kind,
        "artifacts": [listed(artifact) for artifact in draft.emission.artifacts] if draft.emission else [],
        "usage": draft.usage,
        "timings": draft.timings,
        "engine": draft.engine_id,
        "degraded": draft.degraded,
        "warnings": draft.warnings,
    }
    if draft.kind in {"question", "chat"}:
        data |= {"answer": draft.answer, "citations": draft.citations}
    if intent is not None and intent.kind == "unsupported":
        data |= {"reason": intent.reason, "alternatives": intent.alternatives}
    return data


def record(draft: Draft, status: str, problem: dict[str, Any] | None) -> dict[str, Any]:
    """The row's columns when the generation ends, however it does."""
    draft.timings["total"] = draft.elapsed_ms()
    emission = draft.emission
    return {
        "status": status,
        "framework": draft.framework,
        "kind": draft.kind,
        "intent": intent_record(draft.intent) if draft.intent else None,
        "data_model": draft.data_model,
        "raw_answers": draft.raw_answers,
        "attempts": draft.attempts,
        "spec": draft.spec,
        "spec_version": 1 if draft.spec else 0,
        "fixes": emission.fixes if emission else None,
        "diagnostics": emission.diagnostics if emission else None,
        "artifacts": [artifact.model_dump() for artifact in emission.artifacts] if emission else None,
        "answer": draft.answer,
        "citations": draft.citations,
        "timings": draft.timings,
        "usage": draft.usage,
        "engine": draft.engine_id,
        "engine_model": draft.engine_model,
        "degraded": draft.degraded,
        "warnings": draft.warnings,
        "problem": problem,
        "duration_ms": draft.timings["total"],
        **searchable(*_texts(draft, problem)),
    }


def _texts(draft: Draft, problem: dict[str, Any] | None) -> list[str | None]:
    """What the log is searched for."""
    told = problem or {}
    files = [artifact.path for artifact in draft.emission.artifacts] if draft.emission else []
    return [draft.order.prompt, *files, told.get("code"), told.get("detail"), draft.answer]
