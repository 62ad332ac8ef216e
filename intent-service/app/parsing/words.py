"""Fields and entities stated in plain words, Korean and English, and where they stand in the prompt."""

import re

from ..vocabulary.field_names import FieldNames
from ..vocabulary.naming import HANGUL
from . import english_parts, tabs
from .blocks import find_blocks
from .declared import DeclaredField, Spoken
from .english import EnglishReader
from .english_groups import read_groups
from .english_items import EnglishItems
from .korean import parts as korean_parts
from .korean.reader import KoreanReader
from .marks import with_usual_marks
from .parts import Part
from .tabs import Tab

_BORROWED = re.compile(r"\b(?:search|filter)(?:able|ed)?\s+by\b", re.IGNORECASE)
"""`사원 list 화면 with search by 부서 and 이름`."""


def read_words(text: str, names: FieldNames) -> Spoken:
    """Lists that their shape tells, then what the prose says in its language."""
    text = with_usual_marks(text, names)
    blocks = find_blocks(text, names)
    if HANGUL.search(text) is None:
        grouped = read_groups(text, names)
        return grouped if grouped.model.entities else EnglishReader(names).read(text, blocks)
    reader = EnglishReader(names)
    borrowed = reader.conditions(text) if _BORROWED.search(text) else Spoken()
    said = KoreanReader(names).read(blanked(text, borrowed.spans), blocks)
    said.searched += borrowed.searched
    said.conditions += borrowed.conditions
    said.spans += borrowed.spans
    if said.model.entities:
        return said
    english = reader.read(_without_clauses(text, said.spans), [])
    if said.searched:
        english.searched, english.conditions = said.searched, said.conditions
    return english


def read_list(text: str, names: FieldNames) -> list[DeclaredField]:
    """The fields of a text that is known to list some."""
    if HANGUL.search(text) is None:
        return EnglishItems(names).fields(text)
    said = KoreanReader(names).read(f"컬럼: {text}").model
    return said.entities[0].fields if len(said.entities) == 1 else []


def find_parts(text: str, names: FieldNames) -> list[Part]:
    """The parts of a screen that are placed, or shown by a choice, with the lists that stand behind them."""

    def listed(inside: str) -> list[DeclaredField]:
        return read_list(inside, names)

    return (
        english_parts.find_parts(text, listed)
        if HANGUL.search(text) is None
        else korean_parts.find_parts(text, names, listed)
    )


def find_tabs(text: str, names: FieldNames) -> list[Tab]:
    """The tabs of a screen with the fields that are listed for each."""
    return tabs.find_tabs(text, lambda inside: read_list(inside, names))


def _without_clauses(text: str, spans: list[tuple[int, int]]) -> str:
    """The text without the clauses in which these spans stand: what leads to a list goes with it (조회 조건은 …)."""
    for start, end in spans:
        begin = max(text.rfind(mark, 0, start) for mark in ",.;\n") + 1
        text = text[:begin] + " " * (end - begin) + text[end:]
    return text


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with as many blanks for what stands at these places: the others stay where they are."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
