"""A generation's events in the words of a chat completion."""

import time
from dataclasses import dataclass, field
from typing import Any

from ...storage.records import Event

PIPELINE_MODEL = "framewright"


@dataclass(slots=True)
class Completion:
    """One answer in the making: what each event adds to it, as a delta."""

    generation_id: str
    first: Event
    created: int = field(default_factory=lambda: int(time.time()))
    content: str = ""
    reasoning: str = ""
    usage: dict[str, int] | None = None
    about: dict[str, Any] = field(default_factory=dict)
    end: Event | None = None

    def delta(self, event: Event) -> dict[str, str] | None:
        """What the event adds: `content` (files, text), or `reasoning_content` (stages, warnings)."""
        said, thought = _words(event)
        if event.type == "completed":
            self.usage = _usage(event.data["usage"])
            self.about = {
                "generation_id": self.generation_id,
                **{name: event.data[name] for name in ("engine", "degraded", "kind", "warnings")},
            }
        if event.terminal:
            self.end = event
        self.content += said
        self.reasoning += thought
        if said:
            return {"content": said}
        return {"reasoning_content": thought} if thought else None

    def chunk(self, delta: dict[str, str], *, finish_reason: str | None = None) -> dict[str, Any]:
        return {
            **self._head("chat.completion.chunk"),
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}],
        }

    def last_chunk(self) -> dict[str, Any]:
        return {**self.chunk({}, finish_reason="stop"), "framewright": self.about}

    def usage_chunk(self) -> dict[str, Any]:
        return {**self._head("chat.completion.chunk"), "choices": [], "usage": self.usage}

    def whole(self) -> dict[str, Any]:
        message = {"role": "assistant", "content": self.content, "reasoning_content": self.reasoning}
        return {
            **self._head("chat.completion"),
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": self.usage,
            "framewright": self.about,
        }

    def _head(self, kind: str) -> dict[str, Any]:
        return {
            "id": f"chatcmpl-{self.generation_id}", "object": kind, "created": self.created, "model": PIPELINE_MODEL,
        }  # fmt: skip


def _words(event: Event) -> tuple[str, str]:
    """What an event says aloud, and what it says as reasoning."""
    data = event.data
    if event.type == "artifact":
        fence = _fence(data["content"])
        code = data["content"].removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\n")
        return f"**{data['path']}**\n\n{fence}{data['language']}\n{code}\n{fence}\n\n", ""
    if event.type == "stage" and data["status"] != "started" and data["summary"]:
        return "", f"[{data['stage']}] {data['summary']}\n"
    if event.type in {"warning", "reset"}:
        return "", f"[{event.type}] {data.get('message') or data.get('reason')}\n"
    if event.type == "completed" and data["kind"] == "question":
        return str(data["answer"]), ""
    if event.type == "completed" and data["kind"] == "unsupported":
        return "\n".join([str(data["reason"]), *(f"- {item}" for item in data["alternatives"])]), ""
    return "", ""


def _fence(content: str) -> str:
    fence = "```"
    while fence in content:
        fence += "`"
    return fence


def _usage(usage: dict[str, int]) -> dict[str, int]:
    prompt, completion = usage.get("prompt_tokens", 0), usage.get("completion_tokens", 0)
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
