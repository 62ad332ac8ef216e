"""Hybrid search over code: both vectors, and the names that the query has; each hit says where it stands."""

import asyncio
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from chassis.errors import FieldError, ServiceError, Unprocessable
from chassis.logging import get_logger

from ...core.hits import Hit, SearchResult, Warned, language_of
from ...core.qdrant import CODE_PREFIX, Match, StoreFailed, VectorStore, Where
from ...core.query_vectors import QueryEmbedder, combined
from .indexer import code_collection
from .records import Registry

_IDENTIFIER = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*")
_CODE_LIKE = re.compile(r"[_$.\d]|[a-z][A-Z]|[A-Z]{2,}|[A-Z][a-z]+[A-Z]")
_PREFETCH = 100
_DEFAULT_LIMIT = 8
_QUERY_CHARACTERS = 2000
_OF_ONE_FILE, _SPREAD_OVER = 2, 20
_RELATED_WEIGHT = 0.5
_BIAS, _DENSE, _SPARSE, _NAMED = -5.0, 6.0, 5.0, 3.0
"""A logistic model of relevance; `python -m evaluation.code_score` shows what it gives."""
_PLAIN_WORD = 0.3
"""A name that is an English word says less than one that only code has."""
_OUTER_KINDS = {"module": 0.6, "lines": 0.4}
"""Taken off the strength of what no definition holds: imports are alike everywhere."""
_MESSAGES = {
    "unavailable": {
        "ko": "벡터 검색을 쓸 수 없어 코드를 찾지 못했습니다.",
        "en": "Vector search was not available: code could not be searched.",
    },
    "none": {"ko": "색인된 저장소가 없습니다.", "en": "No repository is indexed."},
    "model": {
        "ko": "저장소가 다른 임베딩 모델로 색인되어 있습니다. 다시 색인하세요.",
        "en": "The repositories were indexed by another embedding model: index them again.",
    },
}
_log = get_logger(__name__)


class Words(Protocol):
    """What carries a Korean query over to code that is written in English."""

    def in_english(self, text: str) -> str: ...
    def related(self, text: str) -> list[str]: ...


@dataclass(slots=True)
class _Candidate:
    payload: Mapping[str, Any]
    dense: float = 0.0
    sparse: float = 0.0
    score: float = 0.0


class CodeSearch:
    def __init__(self, *, store: VectorStore, embedder: QueryEmbedder, registry: Registry, words: Words) -> None:
        self._store = store
        self._embedder = embedder
        self._registry = registry
        self._words = words

    @property
    def has_repositories(self) -> bool:
        return any(True for _ in self._registry)

    async def search(
        self, query: str, *, repositories: Sequence[str] | None, limit: int | None, threshold: float | None
    ) -> SearchResult:
        """Hits at or above the threshold, best first; `repositories` are names or ids, all where it is None.

        Raises:
            Unprocessable: a repository is not known.
        """
        scopes = self._scopes(repositories)
        language = language_of(query)
        if not scopes:
            return SearchResult([], threshold, 0, [Warned("no_repositories", _MESSAGES["none"][language])])
        try:
            candidates, reason = await self._candidates(query[:_QUERY_CHARACTERS], scopes)
        except (ServiceError, StoreFailed) as error:
            _log.warning("code_search_unavailable", reason=str(error))
            candidates, reason = [], "unavailable"
        warnings = [Warned(f"code_search_{reason}", _MESSAGES[reason][language])] if reason else []
        kept = [item for item in candidates if threshold is None or item.score >= threshold]
        return SearchResult(
            [_hit(item) for item in kept[: limit or _DEFAULT_LIMIT]], threshold, len(candidates), warnings
        )

    def _scopes(self, repositories: Sequence[str] | None) -> list[str]:
        if repositories is None:
            return [record.id for record in self._registry]
        scopes: list[str] = []
        for wanted in repositories:
            found = [record.id for record in self._registry if wanted in {record.id, record.name}]
            if not found:
                message = f"there is no repository {wanted[:80]}"
                raise Unprocessable(message, code="unknown_repository", errors=[FieldError("repositories", message)])
            scopes += found
        return scopes

    async def _candidates(self, text: str, scopes: list[str]) -> tuple[list[_Candidate], str]:
        english = self._words.in_english(text)
        related = self._words.related(text)
        vectors = await self._embedder.query(english or text, [text, " ".join([english, *related])])
        collection = code_collection(vectors.fingerprint)
        there = [name for name in await self._store.collections() if name.startswith(CODE_PREFIX)]
        if collection not in there:
            return [], "model" if there else ""
        sparse = combined(vectors.sparse[0], vectors.sparse[1:], weight=_RELATED_WEIGHT)
        names = _names_in(text)
        (dense, terms), named = await asyncio.gather(
            self._store.search(
                collection,
                dense=vectors.dense[0] if english else None,
                sparse=sparse,
                where=Where({"scope": scopes}),
                limit=_PREFETCH,
            ),
            self._named(collection, vectors.dense[0], Where({"scope": scopes, "names": list(names)})),
        )
        return _ranked(dense, terms, named, names), ""

    async def _named(self, collection: str, dense: Sequence[float], where: Where) -> list[Match]:
        """The chunks that define what the query names; the store reads them beside the other lists."""
        if not where.any_of["names"]:
            return []
        named, _ = await self._store.search(collection, dense=dense, sparse=None, where=where, limit=_PREFETCH)
        return named


def _ranked(
    dense: Sequence[Match], sparse: Sequence[Match], named: Sequence[Match], names: Mapping[str, float]
) -> list[_Candidate]:
    """Scored 0 to 1; the parts of one definition stand in the list once, by the best of them."""
    found: dict[str, _Candidate] = {}
    for match in (*dense, *named):
        found.setdefault(match.id, _Candidate(match.payload)).dense = match.score
    for match in sparse:
        found.setdefault(match.id, _Candidate(match.payload)).sparse = match.score
    best = max((item.sparse for item in found.values()), default=0.0)
    for item in found.values():
        item.score = _score(item, best, names)
    once: dict[tuple[str, ...], _Candidate] = {}
    for item in sorted(found.values(), key=lambda item: (-item.score, str(item.payload["path"]))):
        symbol = str(item.payload["symbol"])
        key = (str(item.payload["scope"]), str(item.payload["path"]), symbol or str(item.payload["start"]))
        once.setdefault(key, item)
    return _spread(list(once.values()))


def _spread(ranked: list[_Candidate]) -> list[_Candidate]:
    """Of the first hits at most two lie in one file: what a third would say, another file may say better."""
    seen: Counter[tuple[str, str]] = Counter()
    first: list[_Candidate] = []
    later: list[_Candidate] = []
    for item in ranked[:_SPREAD_OVER]:
        file = (str(item.payload["scope"]), str(item.payload["path"]))
        seen[file] += 1
        (first if seen[file] <= _OF_ONE_FILE else later).append(item)
    return [*first, *later, *ranked[_SPREAD_OVER:]]


def _score(item: _Candidate, best_sparse: float, names: Mapping[str, float]) -> float:
    share = item.sparse / best_sparse if best_sparse > 0 else 0.0
    saturated = 1 - math.exp(-best_sparse / 8.0)
    exact = max((names.get(str(name), 0.0) for name in item.payload["names"]), default=0.0)
    outer = _OUTER_KINDS.get(str(item.payload["kind"]), 0.0)
    strength = _BIAS + _DENSE * max(0.0, item.dense) + _SPARSE * share * saturated + _NAMED * exact - outer
    return round(1 / (1 + math.exp(-strength)), 4)


def _names_in(text: str) -> dict[str, float]:
    """Identifiers of the query in lower case, with what each is worth; of a dotted one its last part too."""
    names: dict[str, float] = {}
    for word in _IDENTIFIER.findall(text):
        worth = 1.0 if _CODE_LIKE.search(word) else _PLAIN_WORD
        if len(word) > 2:
            names[word.lower()] = worth
        if "." in word:
            names[word.rsplit(".", 1)[-1].lower()] = worth
    return names


def _hit(item: _Candidate) -> Hit:
    payload = item.payload
    lines = f"{payload['start']}-{payload['end']}"
    place = f"{payload['repository']}{'@' + payload['branch'] if payload['branch'] else ''}/{payload['path']}"
    symbol = str(payload["symbol"])
    return Hit(
        id=f"{payload['scope']}:{payload['path']}:{lines}",
        title=f"{payload['path']}{' · ' + symbol if symbol else ''}",
        kind=str(payload["kind"]),
        text=f"{payload['path']}:{lines}\n```{payload['language']}\n{payload['text']}\n```",
        score=item.score,
        dense=round(item.dense, 4),
        sparse=round(item.sparse, 4),
        source=f"{place}:{lines}",
    )
