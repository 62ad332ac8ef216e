"""The readers with the real vocabulary, which is read once."""

from collections.abc import Sequence
from functools import lru_cache

from app.parsing import sources
from app.parsing.attachments import Attached
from app.parsing.formal import Sources
from app.vocabulary.field_names import FieldNames
from app.vocabulary.lexicon import Lexicon


@lru_cache(maxsize=1)
def field_names() -> FieldNames:
    return Lexicon.load().field_names


def read_sources(text: str, attachments: Sequence[Attached] = ()) -> Sources:
    return sources.read_sources(text, attachments, field_names())
