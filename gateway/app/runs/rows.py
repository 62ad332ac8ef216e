"""An order as its row and its first event."""

from typing import Any

from ..core.grams import searchable
from ..pipeline.draft import Order
from ..storage.records import EVALUATION, Event
from .resumption import resumption_of

CALLER_BOUND = frozenset({"openai", "ollama", "mcp", EVALUATION})
"""Channels whose callers can't resume, or ask again by themselves: nobody would hear the answer."""


def first_event(order: Order) -> Event:
    return Event(1, "created", order.created_at, {
        "generation_id": order.id, "session_id": order.session_id, "prompt": order.prompt,
        "framework": order.framework, "mode": order.mode, "model": order.model,
    })  # fmt: skip


def columns_of(order: Order) -> dict[str, Any]:
    """The row of an order."""
    return {
        "id": order.id,
        "created_at": order.created_at,
        "user_id": order.user_id,
        "role": order.role,
        "session_id": order.session_id,
        "base_generation_id": order.base.generation_id if order.base else None,
        "channel": order.channel,
        "prompt": order.prompt,
        "request": order.request,
        "mode": order.mode,
        "model": order.model,
        "framework": order.framework,
        "status": "running",
        "resumption": resumption_of(order),
        "deadline_at": order.deadline_at,
        "webhook": order.webhook,
        "experiment_id": order.experiment,
        "experiment_arm": order.arm,
        **searchable(order.prompt),
    }
