"""Answers are filled from their generation's record when it has ended, once, by whichever replica comes first."""

import asyncio
from collections.abc import Mapping
from typing import Any

from chassis.errors import Unavailable, problem
from chassis.logging import get_logger

from ..core.grams import folded, grams_of
from ..core.token_counts import estimate_tokens
from ..pipeline.texts import language_of
from ..storage.conversation_records import CANCELLED, CHAT_CHANNEL, COMPLETE, FAILED, STREAMING, Columns
from ..storage.messages import MessageStore
from ..storage.records import StoreUnavailable, now
from ..storage.turns import TurnStore
from .signals import notice_signal

EVERY_S = 2.0
_TRIES, _PAUSE_S = 40, 0.05
_STATES = {"completed": COMPLETE, "failed": FAILED, "cancelled": CANCELLED}
_MADE = {"ko": "**{title}** 화면을 만들었습니다.", "en": "The screen **{title}** is ready."}
_INSTEAD = {"ko": "대신 이렇게 요청할 수 있습니다:", "en": "What can be asked instead:"}
_log = get_logger(__name__)


class Settling:
    def __init__(self, turns: TurnStore, messages: MessageStore) -> None:
        self._turns = turns
        self._messages = messages

    async def settle(self, session_id: str | None = None) -> int:
        """Fills what has ended, and tells the user's other sockets; how many."""
        rows = await self._turns.settle(settled_columns, session_id=session_id)
        if rows:
            await self._turns.notify(CHAT_CHANNEL, [_notice(row) for row in rows])
        return len(rows)

    async def answer(self, session_id: str, answer_id: str) -> Columns | None:
        """The answer whose generation has ended, settled; another replica may be at it just now."""
        for _ in range(_TRIES):
            await self.settle(session_id)
            answer = await self._messages.get(session_id, answer_id)
            if answer is None or answer["status"] != STREAMING:
                return answer
            await asyncio.sleep(_PAUSE_S)
        return answer

    async def run(self) -> None:
        """Never returns; cancel it."""
        while True:
            try:
                while await self.settle():
                    continue
            except StoreUnavailable:
                _log.warning("settling_skipped", reason="store unavailable")
            except Exception as error:  # noqa: BLE001 - an outermost loop: the next round may succeed
                _log.error("settling_failed", exc_info=error)
            await asyncio.sleep(EVERY_S)


def settled_columns(row: Mapping[str, Any]) -> Columns:
    """The answer's columns, out of its generation's."""
    if row["id"] is None:
        lost = Unavailable("The gateway that took this message is gone. Send it again.", code="owner_lost")
        return {"status": FAILED, "completed_at": now(), "problem": problem(lost, instance="")}
    content = _content(row)
    usage, prompts = row["usage"] or {}, row["prompts"] or [{}]
    templates = prompts[-1].get("templates") or [None]
    searched = folded(content)
    return {
        "status": _STATES.get(row["status"], FAILED),
        "content": content,
        "completed_at": row["ended_at"],
        "tokens": usage.get("completion_tokens") or (estimate_tokens(content) if content else 0),
        "processing_ms": row["duration_ms"],
        "engine": row["engine"],
        "author": row["engine"] or "assistant",
        "model_version": row["engine_model"],
        "degraded": row["degraded"],
        "template": templates[0],
        "context": _context(row["context"], usage, prompts[-1]),
        "citations": row["citations"],
        "warnings": row["warnings"],
        "problem": row["problem"],
        "search_text": searched,
        "grams": grams_of(searched),
    }


def _content(row: Mapping[str, Any]) -> str:
    """The answer; of a chat that was cut short what had come; of a screen what was made."""
    if row["answer"]:
        return str(row["answer"])
    if row["kind"] == "chat":
        attempts = row["raw_answers"] or [{}]
        return str(attempts[-1].get("text") or "").strip()
    language = language_of(row["prompt"])
    intent = row["intent"] or {}
    if row["kind"] == "unsupported":
        lines = [f"- {item}" for item in intent.get("alternatives") or ()]
        return "\n".join([str(intent.get("reason") or ""), *(["", _INSTEAD[language], "", *lines] if lines else [])])
    if row["spec"] and row["artifacts"]:
        files = [f"- `{artifact['path']}`" for artifact in row["artifacts"]]
        return "\n".join([_MADE[language].format(title=row["spec"].get("title", "")), "", *files])
    return ""


def _context(context: dict[str, Any] | None, usage: dict[str, Any], prompt: dict[str, Any]) -> dict[str, Any] | None:
    """What was counted at the order, with what the engine counted, and what the prompt had no room for either."""
    if context is None:
        return None
    cut = sum(item.get("dropped", 0) for item in prompt.get("cut") or () if item.get("section") == "history")
    return {
        "tokens": usage.get("prompt_tokens") or context["tokens"],
        "limit": context["limit"],
        "dropped": context["dropped"] + cut,
    }


def _notice(row: Mapping[str, Any]) -> str:
    notice = {
        "code": "turn_completed" if row["status"] == "completed" else "turn_failed",
        "session_id": row["session_id"],
        "message_id": row["message_id"],
        "title": row["title"],
    }
    return notice_signal(row["user_id"], notice, elsewhere=True)
