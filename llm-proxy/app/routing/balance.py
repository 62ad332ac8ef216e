"""Which of several engines with the same model gets a call."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from ..engines.usage import prompt_text
from .asking import Asked
from .slots import Slot

_OVERLOAD = 1.5
_FREE_CALLS = 4
"""Calls at once that no engine is too busy for: every server works on several together."""
_HASH_RANGE = 2**64


@dataclass(frozen=True, slots=True)
class Call:
    """What is known of a call before it has an engine; nothing is worked out where there is no choice.

    `prefix_chars`: prompts that are longer keep to an engine by these first characters, which it may have read before;
    0 for none.
    """

    asked: Asked | None = None
    prefix_chars: int = 0

    def key(self) -> str:
        """The session, or the prefix, that an engine is kept by; empty where there is neither."""
        if self.asked is None or self.asked.session or not self.prefix_chars:
            return self.asked.session if self.asked else ""
        text = prompt_text(self.asked.call)
        return text[: self.prefix_chars] if len(text) > self.prefix_chars else ""

    def tokens(self) -> int:
        """About how long its prompt is."""
        return len(prompt_text(self.asked.call)) // 4 if self.asked else 0


NO_CALL = Call()


def choose(slots: Sequence[Slot], call: Call) -> Slot:
    """The one that a session or a prefix keeps to, as long as it is not overloaded; else that with the least work.

    A key goes to the engine with the highest hash of both (rendezvous): when an engine comes or goes, no other key
    moves. Overloaded is more than some calls and half more than its part of the outstanding tokens. Work is counted
    by the engines' weights. Engines whose server would have to swap models are left for when there is no other.
    """
    usable = [slot for slot in slots if slot.state != "down" and not slot.breaker.waits_s] or list(slots)
    usable = [slot for slot in usable if slot.state == "ready"] or usable
    usable = [slot for slot in usable if slot.settings.weight] or usable
    if len(usable) == 1:
        return usable[0]
    usable = [slot for slot in usable if not (slot.turns and slot.turns.swaps_for(slot.settings.model))] or usable
    key = call.key()
    if key:
        tokens = call.tokens()
        weights = sum(slot.settings.weight or 1.0 for slot in usable)
        each = _OVERLOAD * (sum(slot.load.outstanding for slot in usable) + tokens) / weights
        for slot in sorted(usable, key=lambda slot: _rank(slot, key), reverse=True):
            bound = each * (slot.settings.weight or 1.0)
            if slot.load.running < _FREE_CALLS or slot.load.outstanding + tokens <= bound:
                return slot
    return min(usable, key=_work)


def _work(slot: Slot) -> tuple[float, float]:
    """Outstanding tokens for its weight; among equals, the calls so far: so weights hold when all is idle."""
    weight = slot.settings.weight or 1.0
    return slot.load.outstanding / weight, slot.load.served / weight


def _rank(slot: Slot, key: str) -> float:
    """The hash of both, brought to the engine's weight."""
    digest = hashlib.blake2b(f"{slot.settings.id}\0{key}".encode(), digest_size=8).digest()
    share = (int.from_bytes(digest) + 1) / (_HASH_RANGE + 1)
    weight = slot.settings.weight or 1.0
    ranked: float = share ** (1.0 / weight)
    return ranked
