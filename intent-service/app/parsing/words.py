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
    english = EnglishReader(names).read(text, [])
    english.searched = said.searched or english.searched
    return english
