"""Knowledge and code in one list: for a question, both may hold the answer."""

from collections.abc import Sequence
from typing import Protocol

from ...core.entries import Language, Origin
from ...core.hits import Searcher, SearchResult
from ...core.in_play import ScreenInPlay

CODE_THRESHOLD = 0.5
"""Of code, whose scores are fitted apart: what is less sure does not belong beside knowledge."""
CODE_LIMIT = 4


class CodeSearcher(Protocol):
    @property
    def has_repositories(self) -> bool: ...

    async def search(
        self, query: str, *, repositories: Sequence[str] | None, limit: int | None, threshold: float | None
    ) -> SearchResult: ...


class SearchOfEverything:
    def __init__(self, *, knowledge: Searcher, code: CodeSearcher) -> None:
        self._knowledge = knowledge
        self._code = code

    async def search(
        self,
        query: str,
        *,
        framework: str | None,
        kinds: list[str] | None,
        limit: int | None,
        model_class: str | None,
        threshold: float | None,
        language: Language | None,
        components: list[str] | None,
        origins: list[Origin] | None,
        screen: ScreenInPlay | None,
        repositories: Sequence[str] | None,
    ) -> SearchResult:
        """Knowledge as ever, and beside it the surest code of the indexed repositories, best first.

        Raises:
            Unprocessable: the framework or a repository is not known.
        """
        found = await self._knowledge.search(
            query,
            framework=framework,
            kinds=kinds,
            limit=limit,
            model_class=model_class,
            threshold=threshold,
            language=language,
            components=components,
            origins=origins,
            screen=screen,
        )
        if not self._code.has_repositories:
            return found
        code = await self._code.search(
            query, repositories=repositories, limit=CODE_LIMIT, threshold=max(threshold or 0.0, CODE_THRESHOLD)
        )
        hits = sorted([*found.hits, *code.hits], key=lambda hit: -hit.score)
        return SearchResult(
            hits, found.threshold, found.considered + code.considered, [*found.warnings, *code.warnings]
        )
