"""Words that mean the same in Korean and English: they carry a query over to texts that say it otherwise."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .hits import language_of

_FILE = Path(__file__).parent / "glossary.txt"
_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")


_ENGLISH_MODELS = ("sentence-transformers/all-",)
"""How the names of embedding models begin that were trained on English alone, the default one among them."""


def reads_english_alone(fingerprint: str) -> bool:
    """Whether a text has to be carried over to English for the embedding model of this fingerprint."""
    return fingerprint.startswith(_ENGLISH_MODELS)


@dataclass(frozen=True, slots=True)
class Group:
    korean: tuple[str, ...]
    english: tuple[str, ...]


class Glossary:
    """Korean words are looked for anywhere in a text (endings follow them), English ones word by word."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._korean = {word: group for group in reversed(groups) for word in group.korean}
        self._english = {word.lower(): group for group in reversed(groups) for word in group.english}
        alternatives = sorted(self._korean, key=len, reverse=True)
        self._plain = {word.lower() for word in (*self._korean, *self._english)}
        self._pattern = re.compile("|".join(map(_anywhere, alternatives)) or r"(?!)")

    @property
    def words(self) -> list[str]:
        """All words of both languages."""
        return [*self._korean, *self._english]

    def has(self, word: str) -> bool:
        """Whether it is a plain word of either language."""
        return word.lower() in self._plain

    def groups(self, text: str) -> list[Group]:
        """The groups that the text has a word of, in its order, each once."""
        korean = [(match.start(), self._korean[match[0]]) for match in self._pattern.finditer(text)]
        english = [
            (match.start(), group)
            for match in _WORD.finditer(text)
            if (group := self._english.get(match[0].lower()) or self._english.get(match[0].lower().rstrip("s")))
        ]
        return list(dict.fromkeys(group for _, group in sorted(korean + english, key=lambda item: item[0])))

    def in_english(self, text: str) -> str:
        """The text for a model that reads English alone: a Korean text's known words, and what is in Latin letters."""
        if language_of(text) == "en":
            return text
        pieces = [(match.start(), self._korean[match[0]].english[0]) for match in self._pattern.finditer(text)]
        pieces += [(match.start(), match[0]) for match in re.finditer(r"[A-Za-z_][A-Za-z0-9_]*", text)]
        return " ".join(dict.fromkeys(word for _, word in sorted(pieces)))

    def related(self, text: str) -> list[str]:
        """All words that mean the same as one in the text, but for those that it has."""
        lowered = text.lower()
        words = (word for group in self.groups(text) for word in (*group.english, *group.korean))
        return list(dict.fromkeys(word for word in words if word.lower() not in lowered))


def parse(lines: Iterable[str]) -> list[Group]:
    """Groups of a file's lines: `korean, … | english, …`."""
    groups = []
    for line in lines:
        korean, bar, english = line.partition("|")
        if bar and not line.startswith("#"):
            groups.append(Group(_words(korean), _words(english)))
    return groups


@cache
def shipped_glossary() -> Glossary:
    return Glossary(parse(_FILE.read_text(encoding="utf-8").splitlines()))


def glossary_with(more: Path) -> Glossary:
    """The groups of a further file before the shipped ones: its words come first."""
    lines = [*more.read_text(encoding="utf-8").splitlines(), *_FILE.read_text(encoding="utf-8").splitlines()]
    return Glossary(parse(lines))


def _anywhere(word: str) -> str:
    """A word of one syllable only begins a word: 행 is a row, the 행 of 실행 is not."""
    return re.escape(word) if len(word) > 1 else rf"(?<![가-힣]){re.escape(word)}"


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
