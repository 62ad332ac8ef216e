"""Sessions and messages as clients see them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ..storage.conversation_records import Session
from ..storage.records import moment

_AS_THEY_ARE = (
    "id", "session_id", "turn", "role", "author", "content", "status", "tokens", "processing_ms", "generation_id",
    "client_id", "model", "model_version", "engine", "degraded", "template", "parameters", "context", "problem",
)  # fmt: skip


def message_document(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in _AS_THEY_ARE},
        "created_at": moment(row["created_at"]),
        "completed_at": _moment(row["completed_at"]),
        "edited_at": _moment(row["edited_at"]),
        "citations": row["citations"] or [],
        "warnings": row["warnings"] or [],
    }


def session_document(session: Session) -> dict[str, Any]:
    members = (
        "id", "kind", "title", "model", "temperature", "max_tokens", "system_prompt", "use_knowledge", "framework",
        "message_count", "last_message", "running", "last_seq",
    )  # fmt: skip
    return {
        **{name: getattr(session, name) for name in members},
        "created_at": moment(session.created_at),
        "updated_at": moment(session.updated_at),
        "last_message_at": _moment(session.last_message_at),
    }


def _moment(value: datetime | None) -> str | None:
    return moment(value) if value is not None else None
