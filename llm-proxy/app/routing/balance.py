"""Which of several engines with the same model gets a call."""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .registry import Slot

_OVERLOAD = 2.0
_HASH_RANGE = 2**64


def choose(slots: Sequence["Slot"], session: str) -> "Slot":
    """The one that a session keeps to, as long as it is not overloaded; else that with the least work for its weight.

    A session goes to the engine with the highest hash of both (rendezvous): when an engine comes or goes, no other
    session moves. Overloaded is twice the mean of the outstanding tokens.
    """
    usable = [slot for slot in slots if slot.state != "down" and not slot.breaker.waits_s] or list(slots)
    usable = [slot for slot in usable if slot.state == "ready"] or usable
    usable = [slot for slot in usable if slot.settings.weight] or usable
    if len(usable) == 1:
        return usable[0]
    if session:
        bound = _OVERLOAD * sum(slot.outstanding for slot in usable) / len(usable)
        for slot in sorted(usable, key=lambda slot: _rank(slot, session), reverse=True):
            if slot.outstanding <= bound:
                return slot
    return min(usable, key=_work)


def _work(slot: "Slot") -> tuple[float, float]:
    """Outstanding tokens for its weight; among equals, the calls so far: so weights hold when all is idle."""
    weight = slot.settings.weight or 1.0
    return slot.outstanding / weight, slot.served / weight


def _rank(slot: "Slot", session: str) -> float:
    """The hash of both, brought to the engine's weight."""
    digest = hashlib.blake2b(f"{slot.settings.id}\0{session}".encode(), digest_size=8).digest()
    share = (int.from_bytes(digest) + 1) / (_HASH_RANGE + 1)
    weight = slot.settings.weight or 1.0
    ranked: float = share ** (1.0 / weight)
    return ranked
