"""Keeps prompts within an engine's context window: counted before they are sent, checked when the answer has come."""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

import orjson

from chassis.errors import FieldError

from ..engines.errors import ContextTooLong
from ..engines.protocol import CountsTokens, EngineCall, Usage
from ..engines.usage import estimated_usage, least_tokens, most_tokens, prompt_text
from .asking import Section
from .slots import Slot

_REMEMBERED = 512
_TEMPLATE_TOKENS = 64
"""What a chat template adds at most, beside four tokens a message."""
_SURE_SHARE = 4


class ContextGuard:
    """Counts of the servers are remembered by the content's hash."""

    def __init__(self) -> None:
        self._counts: OrderedDict[bytes, int] = OrderedDict()

    async def fitted(self, slot: Slot, call: EngineCall, sections: Sequence[Section]) -> tuple[EngineCall, list[int]]:
        """The call with the room that is left for its answer, and the messages that were left out to make it fit.

        Raises:
            ContextTooLong: it does not fit, with `n_prompt_tokens` and `n_ctx`.
        """
        window = slot.known_window
        if window is None:
            return call, []
        tokens = await self._tokens(slot, call, window)
        dropped: list[int] = []
        order = sorted((item for item in sections if item.message < len(call.messages)), key=lambda item: item.priority)
        for section in order:
            if tokens < window:
                break
            dropped.append(section.message)
            kept = [message for place, message in enumerate(call.messages) if place not in dropped]
            tokens = await self._tokens(slot, replace(call, messages=kept), window)
        if tokens >= window:
            raise too_long(slot, tokens, window)
        if dropped:
            call = replace(call, messages=[item for place, item in enumerate(call.messages) if place not in dropped])
        return replace(call, room=window - tokens), sorted(dropped)

    async def _tokens(self, slot: Slot, call: EngineCall, window: int) -> int:
        """The server's own count where it matters; where the prompt is surely short, an estimate will do."""
        text = prompt_text(call)
        extra = 4 * len(call.messages) + _TEMPLATE_TOKENS
        if least_tokens(text) >= window:
            return least_tokens(text)
        if most_tokens(text) + extra < window // _SURE_SHARE:
            return estimated_usage(call, 0).prompt_tokens
        counted = await self._counted(slot, call) if isinstance(slot.engine, CountsTokens) else None
        return estimated_usage(call, 0).prompt_tokens if counted is None else counted

    async def _counted(self, slot: Slot, call: EngineCall) -> int | None:
        assert isinstance(slot.engine, CountsTokens)  # noqa: S101 - asked for by the caller
        if call.kind == "responses":
            call = replace(call, kind="chat", parameters={})
        content = orjson.dumps([slot.settings.id, slot.settings.model, call.kind, call.messages, call.prompt])
        key = hashlib.blake2b(content, digest_size=16).digest()
        if key in self._counts:
            self._counts.move_to_end(key)
            return self._counts[key]
        count = await slot.engine.count(call)
        if count is not None:
            self._counts[key] = count
            if len(self._counts) > _REMEMBERED:
                self._counts.popitem(last=False)
        return count


def too_long(slot: Slot, tokens: int, window: int) -> ContextTooLong:
    return ContextTooLong(
        f"The prompt has {tokens} tokens; the engine {slot.settings.id} takes {window}, answer included.",
        errors=[FieldError("messages", "longer than the context window", "context_length_exceeded")],
        extra={"n_prompt_tokens": tokens, "n_ctx": window},
    )


def check_read(slot: Slot, call: EngineCall, usage: Usage) -> None:
    """Holds the prompt tokens that an engine reports against what it was sent.

    Raises:
        ContextTooLong: it read less than any tokenizer makes of the prompt: it cut it without a word.
    """
    if usage.estimated or not usage.prompt_tokens:
        return
    text = prompt_text(call)
    if len(text) < usage.prompt_tokens * 10:
        return
    sent = least_tokens(text)
    if sent > usage.prompt_tokens and sent * _SURE_SHARE >= slot.context_window:  # a shorter prompt is never cut
        raise ContextTooLong(
            f"The engine {slot.settings.id} read {usage.prompt_tokens} tokens of a prompt of at least {sent}.",
            code="prompt_truncated",
            extra={"n_prompt_tokens": sent, "n_ctx": slot.context_window},
        )
