"""Records as clients see them."""

from typing import Any

from chassis.errors import FieldError, ServiceError

from ...db.tables import GenerationRow

_COPIED = (
    "status", "created_at", "ended_at", "prompt", "framework", "mode", "model", "session_id", "base_generation_id",
    "intent", "data_model", "spec_version", "answer", "engine", "engine_model", "degraded", "problem", "feedback",
)  # fmt: skip


class GenerationFailed(ServiceError):
    """A failed generation, answered to a caller who waited for it."""


def result_of(row: GenerationRow) -> dict[str, Any]:
    """The members of `GenerationResult`."""
    return {
        "generation_id": row.id,
        **{name: getattr(row, name) for name in _COPIED},
        "knowledge": row.knowledge or [],
        "artifacts": [without_content(artifact) for artifact in row.artifacts or ()],
        "citations": row.citations or [],
        "timings": row.timings or {},
        "usage": row.usage or {},
        "warnings": row.warnings or [],
    }


def without_content(artifact: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in artifact.items() if name != "content"}


def failure(generation_id: str, document: dict[str, Any]) -> GenerationFailed:
    """The error of a failed generation, with the status and fields that its problem has."""
    error = GenerationFailed(
        str(document.get("detail", "")),
        code=str(document.get("code", "")),
        errors=[
            FieldError(item["field"], item["message"], item.get("code", "invalid"))
            for item in document.get("errors", ())
        ],
        extra={"generation_id": generation_id},
    )
    error.status = type(error.status)(int(document.get("status", 500)))
    return error
