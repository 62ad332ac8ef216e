"""Korean compounds as known words and unknown rests: 신청인정보 is 신청, 인, 정보."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .entries import Word

MAX_COMPOUND = 40
"""Syllables: no name is longer."""


@dataclass(frozen=True, slots=True)
class _Parting:
    """One way to part a compound."""

    parts: list[tuple[str, Word | None]] = field(default_factory=list)
    unknown: int = 0

    @property
    def cost(self) -> tuple[int, int, int, list[int]]:
        """Of two ways that are as good, the one with fewer words of one syllable, then with longer ones in front."""
        sizes = [len(text) for text, _ in self.parts]
        return self.unknown, len(sizes), sizes.count(1), [-size for size in sizes]

    def with_word(self, word: Word) -> "_Parting":
        return _Parting([*self.parts, (word.korean, word)], self.unknown)

    def with_rest(self, syllable: str) -> "_Parting":
        if self.parts and self.parts[-1][1] is None:
            return _Parting([*self.parts[:-1], (self.parts[-1][0] + syllable, None)], self.unknown + 1)
        return _Parting([*self.parts, (syllable, None)], self.unknown + 1)

    def may_take_syllable(self, *, at_end: bool) -> bool:
        """Words of one syllable stand alone, at a compound's end, or behind a longer word: 신청인 in 신청인정보."""
        if not self.parts:
            return False
        return at_end or (self.parts[-1][1] is not None and len(self.parts[-1][0]) > 1)


def parted(chunk: str, words: Mapping[str, Word], longest: int) -> list[tuple[str, Word | None]]:
    """The way with the fewest unknown syllables, then the fewest parts. `longest`: syllables of the longest word."""
    if len(chunk) > MAX_COMPOUND:
        return [(chunk, None)]
    best = [_Parting()]
    for end in range(1, len(chunk) + 1):
        ways = [best[end - 1].with_rest(chunk[end - 1])]
        for size in range(1, min(longest, end) + 1):
            word = words.get(chunk[end - size : end])
            short = size == 1 and len(chunk) > 1
            if word is not None and (not short or best[end - 1].may_take_syllable(at_end=end == len(chunk))):
                ways.append(best[end - size].with_word(word))
        best.append(min(ways, key=lambda way: way.cost))
    return best[-1].parts
