"""How much a word looks like the name of a field: known as a term, by its last word, by its parts."""

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from .heads import domain_of_head
from .naming import HANGUL

if TYPE_CHECKING:
    from .lexicon import Lexicon

TERM, HEAD, WORDS, UNKNOWN = 3, 2, 1, 0


class FieldNames:
    """Read-only after construction; what was looked up is kept."""

    def __init__(self, lexicon: "Lexicon") -> None:
        self._lexicon = lexicon
        self.strength: Callable[[str], int] = lru_cache(maxsize=8192)(self._strength)

    def mended(self, text: str) -> str:
        """A misspelt name put right where only then it is known."""
        return self._lexicon.mended_field(text)

    def is_subject(self, text: str) -> bool:
        """Whether it names what is kept (주문, 공지사항), be it a field's name too or not."""
        return self._lexicon.archetype(text) is not None

    def ends_in_word(self, text: str) -> bool:
        """Whether a known word of two syllables or more ends it: 전형결과."""
        return any(self._lexicon.is_word(text[-size:]) for size in (4, 3, 2) if len(text) > size)

    def _strength(self, text: str) -> int:
        """`TERM`, `HEAD` (…일자, `_amount`), `WORDS` (all of its parts are known), else `UNKNOWN`."""
        if self._lexicon.term(text) is not None:
            return TERM
        if not HANGUL.search(text):
            return TERM if self._lexicon.term_of_identifier(text) is not None else _latin(text)
        if domain_of_head(text) is not None:
            return HEAD
        return WORDS if self._lexicon.is_made_of_words(text) else UNKNOWN


def _latin(text: str) -> int:
    identifier = "_" in text or (text.isascii() and text[:1].islower() and any(map(str.isupper, text)))
    return HEAD if identifier or domain_of_head(text) is not None else UNKNOWN
