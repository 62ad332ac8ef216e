"""OpenAI-like answers of any server as pieces and usage (PROTOCOLS section 5). Nothing is read by its position."""

from typing import Any

from .errors import EngineFailed
from .protocol import Piece, Usage

_FINISH = frozenset({"stop", "length", "tool_calls", "content_filter", "function_call"})


def pieces_of(frame: dict[str, Any], *, engine: str) -> list[Piece]:
    """What is new in a chunk, or in a whole answer, of chat or completions; empty where it says nothing new."""
    result: list[Piece] = []
    for choice in frame.get("choices") or ():
        piece = _piece(choice, engine)
        if piece is not None:
            result.append(piece)
    return result


def _piece(choice: dict[str, Any], engine: str) -> Piece | None:
    delta = choice.get("delta") or choice.get("message") or {}
    text = delta.get("content") or choice.get("text") or ""
    reasoning = delta.get("reasoning") or delta.get("reasoning_content") or delta.get("thinking") or ""
    tool_calls = delta.get("tool_calls") or None
    reported = choice.get("finish_reason")
    logprobs = choice.get("logprobs")
    if not (text or reasoning or tool_calls or reported or logprobs):
        return None
    finish, extra = finish_reason(reported, engine)
    if choice.get("stop_reason") is not None:
        extra = {**(extra or {}), "stop_reason": choice["stop_reason"]}
    return Piece(int(choice.get("index") or 0), str(text), str(reasoning), tool_calls, finish, logprobs, extra)


def finish_reason(reported: Any, engine: str) -> tuple[str | None, dict[str, Any] | None]:
    """A finish reason that OpenAI's clients know, and what is lost by that.

    Raises:
        EngineFailed: the engine gave up (`abort`, `error`).
    """
    if not reported:
        return None, None
    if reported in _FINISH:
        return str(reported), None
    if reported in {"abort", "error"}:
        raise EngineFailed(f"The engine {engine} gave up in the middle of its answer.", code="engine_aborted")
    if reported == "repetition":
        return "length", {"finish_detail": "repetition"}
    return "stop", {"finish_detail": str(reported)}


def usage_of(frame: dict[str, Any]) -> Usage | None:
    """The usage that a chunk or answer reports, if it does."""
    usage = frame.get("usage")
    if not isinstance(usage, dict) or usage.get("prompt_tokens") is None:
        return None
    prompt_details = usage.get("prompt_tokens_details") or {}
    completion_details = usage.get("completion_tokens_details") or {}
    return Usage(
        prompt_tokens=int(usage["prompt_tokens"]),
        completion_tokens=int(usage.get("completion_tokens") or 0),
        reasoning_tokens=completion_details.get("reasoning_tokens"),
        cached_tokens=prompt_details.get("cached_tokens"),
    )
