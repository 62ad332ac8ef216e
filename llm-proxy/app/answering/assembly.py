"""A whole answer out of pieces, for callers that don't stream."""

from dataclasses import dataclass, field
from typing import Any

from ..engines.protocol import Batch, Piece, Run, Usage


@dataclass(slots=True)
class Choice:
    """One choice as far as it has come."""

    text: list[str] = field(default_factory=list)
    reasoning: list[str] = field(default_factory=list)
    tool_calls: dict[int, dict[str, Any]] = field(default_factory=dict)
    finish: str | None = None
    logprobs: Any = None
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def content(self) -> str:
        return "".join(self.text)

    def replace(self, content: str) -> None:
        self.text = [content]


class Assembly:
    """Takes batches, and gives the choices and the usage."""

    def __init__(self) -> None:
        self._choices: dict[int, Choice] = {}
        self.usage: Usage | None = None

    def add(self, batch: Batch) -> None:
        for item in batch:
            if isinstance(item, Usage):
                self.usage = item
            elif isinstance(item, Run):
                self._choices.setdefault(item.index, Choice()).text.append(item.text)
            else:
                self._add_piece(item)

    def _add_piece(self, piece: Piece) -> None:
        choice = self._choices.setdefault(piece.index, Choice())
        choice.text.append(piece.text)
        choice.reasoning.append(piece.reasoning)
        choice.finish = piece.finish or choice.finish
        choice.logprobs = _merged_logprobs(choice.logprobs, piece.logprobs)
        choice.extra |= piece.extra or {}
        for part in piece.tool_calls or ():
            _merge_tool_call(choice.tool_calls, part)

    def first(self) -> Choice | None:
        """Choice 0."""
        return self._choices.get(0)

    def chat_choices(self) -> list[dict[str, Any]]:
        return [self._chat_choice(index, choice) for index, choice in sorted(self._choices.items())]

    def text_choices(self) -> list[dict[str, Any]]:
        return [
            {
                "index": index,
                "text": "".join(choice.text),
                "finish_reason": choice.finish or "stop",
                "logprobs": choice.logprobs,
                **choice.extra,
            }
            for index, choice in sorted(self._choices.items())
        ]

    @staticmethod
    def _chat_choice(index: int, choice: Choice) -> dict[str, Any]:
        text, reasoning = "".join(choice.text), "".join(choice.reasoning)
        message: dict[str, Any] = {"role": "assistant", "content": text}
        if reasoning:
            message["reasoning_content"] = reasoning
        if choice.tool_calls:
            message["tool_calls"] = [call for _, call in sorted(choice.tool_calls.items())]
            message["content"] = text or None
        return {
            "index": index,
            "message": message,
            "finish_reason": choice.finish or "stop",
            "logprobs": choice.logprobs,
            **choice.extra,
        }


def _merged_logprobs(sofar: Any, new: Any) -> Any:
    """Log probabilities come as lists (chat: `content`; completions: one list for each member)."""
    if not isinstance(sofar, dict) or not isinstance(new, dict):
        return new or sofar
    merged = dict(sofar)
    for name, value in new.items():
        old = merged.get(name)
        merged[name] = [*old, *value] if isinstance(old, list) and isinstance(value, list) else value
    return merged


def _merge_tool_call(calls: dict[int, dict[str, Any]], part: dict[str, Any]) -> None:
    """A call's id and name come once, its arguments in parts."""
    index = int(part.get("index", len(calls)))
    function = part.get("function") or {}
    call = calls.setdefault(
        index, {"id": part.get("id"), "type": "function", "function": {"name": "", "arguments": ""}}
    )
    call["id"] = part.get("id") or call["id"]
    call["function"]["name"] = function.get("name") or call["function"]["name"]
    call["function"]["arguments"] += function.get("arguments") or ""
