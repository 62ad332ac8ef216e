"""Korean morphemes: the port, and the kiwipiepy analyser behind it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Morpheme:
    """A morpheme: dictionary form, Sejong tag, and where it stands in the text, in characters."""

    form: str
    tag: str
    start: int
    length: int


class MorphemeAnalyzer(Protocol):
    def analyze(self, texts: Iterable[str]) -> Iterator[list[Morpheme]]:
        """The morphemes of each text, in order."""
        ...

    def close(self) -> None:
        """Gives back what it holds beside memory."""
        ...


class KiwiAnalyzer:
    """kiwipiepy with its packaged model; one instance serves the whole process, from several threads."""

    def __init__(self) -> None:
        from kiwipiepy import Kiwi

        self._kiwi = Kiwi(num_workers=1)
        self._kiwi.tokenize("준비")  # the first call builds its tables

    def analyze(self, texts: Iterable[str]) -> Iterator[list[Morpheme]]:
        for tokens in self._kiwi.tokenize(texts):
            yield [Morpheme(token.form, token.tag, token.start, token.len) for token in tokens]

    def close(self) -> None:
        """It holds memory alone."""
