"""What the stores of conversations take and give."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

CHAT_CHANNEL = "framewright_chat"
"""The NOTIFY channel of conversations; payloads are JSON objects with a `kind` (see `conversations.signals`)."""
TURN_SPAN = 1_000_000
"""Frames of a session are numbered by turn and event: the n-th event of turn t has the number t * TURN_SPAN + n."""
STREAMING, COMPLETE, FAILED, CANCELLED = "streaming", "complete", "failed", "cancelled"


@dataclass(frozen=True, slots=True)
class Session:
    """A session as its user sees it. `running`: the generation under way."""

    id: str
    user_id: str
    kind: str
    title: str
    titled: bool
    model: str | None
    temperature: float
    max_tokens: int
    system_prompt: str
    use_knowledge: bool
    framework: str | None
    created_at: datetime
    updated_at: datetime
    active_at: datetime
    turns: int
    message_count: int
    last_message: str | None
    last_message_at: datetime | None
    running: str | None
    last_event: int

    @property
    def last_seq(self) -> int:
        return self.turns * TURN_SPAN + self.last_event if self.turns else 0


@dataclass(frozen=True, slots=True)
class Turn:
    """A user's message and the generation that answers it."""

    number: int
    generation_id: str
    user_message_id: str | None
    answer_id: str
    client_id: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """A hit of a search over sessions: in the title, or in a message."""

    session_id: str
    at: datetime
    message_id: str | None
    role: str | None
    text: str


Columns = dict[str, Any]
