"""Text as a search finds it: folded, and cut into single characters and pairs, so that Korean is found inside words."""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

LONGEST_QUERY = 200
_INDEXED = 20_000
"""Characters of one message that are found; a pair is stored once, so that long texts cost little more than short."""


def folded(text: str) -> str:
    """Compatibility forms and case made one; runs of blanks are one."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def grams_of(text: str) -> list[str]:
    """The characters and pairs of a folded text, each once."""
    found: dict[str, None] = {}
    for word in text[:_INDEXED].split(" "):
        found.update(dict.fromkeys(word))
        found.update(dict.fromkeys(first + second for first, second in pairwise(word)))
    return list(found)


def searchable(*texts: str | None) -> dict[str, Any]:
    """The columns `search_text` and `grams` of a row that is found by these texts."""
    text = folded(" ".join(text for text in texts if text))[:_INDEXED]
    return {"search_text": text, "grams": grams_of(text)}


def words_of(query: str) -> list[str]:
    """The folded words of a query; every one has to occur."""
    return list(dict.fromkeys(folded(query[:LONGEST_QUERY]).split(" "))) if query.strip() else []


def needed(words: Sequence[str]) -> list[str]:
    """The grams that a text must have to hold all the words: pairs, and single characters where a word is one."""
    found: dict[str, None] = {}
    for word in words:
        found.update(dict.fromkeys([word] if len(word) == 1 else [a + b for a, b in pairwise(word)]))
    return list(found)
