"""The part of a text around what was searched for, and where the words stand in it."""

import re
import unicodedata
from collections.abc import Sequence

_BEFORE, _LENGTH = 40, 160


def snippet_of(text: str, words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The snippet, and start and length of each word in it; words are folded, the text is as it was written."""
    line = " ".join(text.split())
    shown = unicodedata.normalize("NFKC", line)
    pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)
    first = pattern.search(shown)
    start = max(0, first.start() - _BEFORE) if first else 0
    snippet = shown[start : start + _LENGTH]
    lead, tail = "…" if start else "", "…" if start + _LENGTH < len(shown) else ""
    marks = [(found.start() + len(lead), found.end() - found.start()) for found in pattern.finditer(snippet)]
    return f"{lead}{snippet}{tail}", marks
