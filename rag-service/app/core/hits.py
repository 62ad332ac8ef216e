"""A hit and a search's result, as the features hand them to one another."""

import re
from dataclasses import dataclass, field
from typing import Protocol

from .entries import Language, Origin
from .in_play import ScreenInPlay

_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")


@dataclass(frozen=True, slots=True)
class Hit:
    id: str
    title: str
    kind: str
    text: str
    score: float
    dense: float
    sparse: float
    source: str
    framework: str = ""
    origin: Origin = "pack"


@dataclass(frozen=True, slots=True)
class Warned:
    """Something that went less well than asked, in the request's language."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    hits: list[Hit]
    threshold: float | None
    considered: int
    warnings: list[Warned] = field(default_factory=list)


class Searcher(Protocol):
    async def search(
        self,
        query: str,
        *,
        framework: str | None,
        kinds: list[str] | None = None,
        limit: int | None = None,
        model_class: str | None = None,
        threshold: float | None = None,
        language: Language | None = None,
        components: list[str] | None = None,
        origins: list[Origin] | None = None,
        screen: ScreenInPlay | None = None,
    ) -> SearchResult: ...


def language_of(text: str) -> Language:
    """Korean where there is a Hangul letter."""
    return "ko" if _HANGUL.search(text) else "en"
