"""Sections in order of priority, within the window: what does not fit is left out from the last one on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .tokens import estimate_tokens

_MESSAGE_OVERHEAD = 8
"""Tokens of a chat template's marks around one message, at most."""


@dataclass(frozen=True, slots=True)
class Part:
    """One piece that stays whole or goes; `key` tells the caller which."""

    key: str
    text: str

    @property
    def tokens(self) -> int:
        return estimate_tokens(self.text)


@dataclass(frozen=True, slots=True)
class Section:
    """Pieces in order of importance. A `fixed` section stays whatever it costs."""

    name: str
    parts: Sequence[Part]
    fixed: bool = False


@dataclass(slots=True)
class Packed:
    """What was kept by section, what it costs, and how many pieces of which section were left out."""

    kept: dict[str, list[Part]] = field(default_factory=dict)
    tokens: dict[str, int] = field(default_factory=dict)
    cut: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.tokens.values())


def pack(sections: Sequence[Section], *, limit: int) -> Packed:
    """Fixed sections first; then the others in the given order, piece by piece, as long as they fit."""
    packed = Packed()
    left = limit
    for section in sorted(sections, key=lambda item: not item.fixed):
        kept: list[Part] = []
        used = 0
        for part in section.parts:
            cost = part.tokens + (_MESSAGE_OVERHEAD if section.fixed or section.name == "history" else 0)
            if section.fixed or used + cost <= left:
                kept.append(part)
                used += cost
            elif section.name == "history":  # a conversation with a hole in it misleads
                break
        left -= used
        packed.kept[section.name] = kept
        packed.tokens[section.name] = used
        if len(kept) < len(section.parts):
            packed.cut[section.name] = len(section.parts) - len(kept)
    return packed
