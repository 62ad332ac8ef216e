"""Korean morphemes: the port, and the kiwipiepy analyser behind it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

TERMS = Path(__file__).parents[2] / "data" / "terms.txt"
_TERM_TAG = "NNP"


@dataclass(frozen=True, slots=True)
class Morpheme:
    """A morpheme: dictionary form, Sejong tag, and where it stands in the text, in characters."""

    form: str
    tag: str
    start: int
    length: int


class MorphemeAnalyzer(Protocol):
    def analyze(self, texts: Iterable[str], *, terms: bool = False) -> Iterator[list[Morpheme]]:
        """The morphemes of each text, in order. `terms`: names of business software stay whole (사원번호)."""
        ...

    def close(self) -> None:
        """Gives back what it holds beside memory."""
        ...


def read_terms(path: Path = TERMS) -> list[str]:
    """The user dictionary: intent-service's vocabulary, a name on each line."""
    return path.read_text(encoding="utf-8").split()


class KiwiAnalyzer:
    """kiwipiepy with its packaged model; one instance serves the whole process, from several threads.

    The user dictionary counts where a caller asks for terms: search terms are cut as they are without it, so that
    사원번호 is found by 번호 too, and a longer dictionary needs no new index.
    """

    def __init__(self, terms: Sequence[str] = ()) -> None:
        from kiwipiepy import Kiwi, MorphemeSet

        self._kiwi = Kiwi(num_workers=1)
        self._kiwi.tokenize("준비")  # the first call builds its tables
        parted = [term for term, tokens in zip(terms, self._kiwi.tokenize(terms), strict=True) if len(tokens) > 1]
        for term in parted:
            self._kiwi.add_user_word(term, _TERM_TAG)
        self._terms = MorphemeSet(self._kiwi, [(term, _TERM_TAG) for term in parted])

    def analyze(self, texts: Iterable[str], *, terms: bool = False) -> Iterator[list[Morpheme]]:
        for tokens in self._kiwi.tokenize(texts, blocklist=None if terms else self._terms):
            yield [Morpheme(token.form, token.tag, token.start, token.len) for token in tokens]

    def close(self) -> None:
        """It holds memory alone."""
