"""The rows of a turn: a person's message, the answer that is to come, and the title that a first message gives."""

from dataclasses import dataclass
from typing import Any

from ..core.grams import folded, grams_of
from ..core.identity import User
from ..core.token_counts import estimate_tokens
from ..pipeline.draft import Order
from ..storage.conversation_records import COMPLETE, STREAMING, Columns, Session
from ..storage.identifiers import new_id
from ..storage.records import now
from .context_window import Fitted

_TITLE = 60


@dataclass(frozen=True, slots=True)
class Ask:
    """A message as it was sent. What is None is the session's. `interactive`: the caller can be asked back."""

    message: str
    client_id: str | None = None
    model: str | None = None
    temperature: float | None = None
    max_tokens: int | None = None
    interactive: bool = False


def titled(message: str) -> dict[str, Any]:
    """The title that a first message gives its session, with what it is found by."""
    line = next((line.strip() for line in message.splitlines() if line.strip()), "")
    title = line if len(line) <= _TITLE else line[: _TITLE - 1].rstrip() + "…"
    searched = folded(title)
    return {"title": title, "search_text": searched, "grams": grams_of(searched)}


def user_message(ask: Ask, user: User) -> Columns:
    searched = folded(ask.message)
    return {
        "id": new_id(),
        "role": "user",
        "author": user.id,
        "content": ask.message,
        "status": COMPLETE,
        "created_at": (moment := now()),
        "completed_at": moment,
        "tokens": estimate_tokens(ask.message),
        "client_id": ask.client_id,
        "search_text": searched,
        "grams": grams_of(searched),
    }


def answer_row(order: Order, fitted: Fitted, session: Session) -> Columns:
    parameters: dict[str, Any] = {"temperature": order.temperature, "max_tokens": order.max_tokens}
    if order.chat:
        parameters |= {"system_prompt": order.system_prompt, "use_knowledge": order.use_knowledge}
    return {
        "id": new_id(),
        "role": "assistant",
        "author": "assistant",
        "content": "",
        "status": STREAMING,
        "created_at": now(),
        "generation_id": order.id,
        "model": order.model,
        "parameters": parameters if session.kind == "chat" else {"mode": order.mode},
        "context": fitted.document() if fitted.limit else None,
    }
