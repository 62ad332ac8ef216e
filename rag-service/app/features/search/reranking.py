"""The first candidates read again by a cross-encoder, where the mesh has one."""

from collections.abc import Callable, Sequence
from typing import Protocol

from ...core.entries import Entry, Language
from .fusion import Candidate

DEPTH = 20
"""Candidates that are read again: a cross-encoder reads each anew for every query."""
_LENGTH = 1000
Scored = list[tuple[Candidate, float]]


class Rereader(Protocol):
    async def relevance(self, query: str, documents: Sequence[str]) -> list[float] | None:
        """Of each document 0 to 1; None where no cross-encoder is there."""
        ...


async def reranked(
    query: str,
    scored: Scored,
    *,
    reader: Rereader,
    entry_of: Callable[[Candidate], Entry | None],
    language: Language,
) -> Scored:
    """The mean of both scores decides among the first candidates; the others follow as they were.

    Raises:
        ServiceError: embedding-service did not answer.
    """
    known = [(candidate, score, entry_of(candidate)) for candidate, score in scored[:DEPTH]]
    first = [(candidate, score, entry) for candidate, score, entry in known if entry is not None]
    if not first:
        return scored
    found = await reader.relevance(query, [_document(entry, language) for _, _, entry in first])
    if found is None:
        return scored
    again = [
        (candidate, (score + relevance) / 2) for (candidate, score, _), relevance in zip(first, found, strict=True)
    ]
    return sorted([*again, *scored[DEPTH:]], key=lambda item: -item[1])


def _document(entry: Entry, language: Language) -> str:
    return f"{entry.title.in_language(language)}. {entry.text.in_language(language)}"[:_LENGTH]
