"""What a query becomes before it is searched: spelling mended, carried over to English, related words beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from ...core.glossary import Glossary
from .spelling import Speller

RELATED_WEIGHT = 0.25
"""A related word counts that much of one that stands in the query; fitted on the tuning half of the evaluation set."""


@dataclass(frozen=True, slots=True)
class ExpandedQuery:
    """`text` as asked (with corrections), `english` for the dense side, `related` words for the sparse one."""

    text: str
    english: str
    related: tuple[str, ...]


class QueryExpander:
    def __init__(self, *, glossary: Glossary, texts: Iterable[str]) -> None:
        self._glossary = glossary
        self._speller = Speller(texts, glossary.words)

    def expand(self, text: str) -> ExpandedQuery:
        corrections = self._speller.corrections(text)
        mended = " ".join([text, *corrections])
        return ExpandedQuery(mended, self._glossary.in_english(mended), tuple(self._glossary.related(mended)))
