"""Fields and entities stated in plain words, Korean and English, and where they stand in the prompt."""

from ..vocabulary.field_names import FieldNames
from ..vocabulary.naming import HANGUL
from .blocks import find_blocks
from .declared import Spoken
from .english import EnglishReader
from .english_groups import read_groups
from .korean.reader import KoreanReader


def read_words(text: str, names: FieldNames) -> Spoken:
    """Lists that their shape tells, then what the prose says in its language."""
    blocks = find_blocks(text, names)
    if HANGUL.search(text) is None:
        grouped = read_groups(text, names)
        return grouped if grouped.model.entities else EnglishReader(names).read(text, blocks)
    said = KoreanReader(names).read(text, blocks)
    if said.model.entities:
        return said
    english = EnglishReader(names).read(_without_clauses(text, said.spans), [])
    english.searched = said.searched or english.searched
    return english


def _without_clauses(text: str, spans: list[tuple[int, int]]) -> str:
    """The text without the clauses in which these spans stand: what leads to a list goes with it (조회 조건은 …)."""
    for start, end in spans:
        begin = max(text.rfind(mark, 0, start) for mark in ",.;\n") + 1
        text = text[:begin] + " " * (end - begin) + text[end:]
    return text
