"""Points, searches and filters in the terms of Qdrant's engine in process."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import qdrant_edge as edge

from .qdrant import DENSE, SPARSE, Lookup, Match, Point, Scored, SparseVector, Where, point_of

_PAGE = 1000


def to_edge(point: Point) -> edge.Point:
    vectors: Any = {DENSE: point.dense}
    if point.sparse is not None:
        vectors[SPARSE] = edge.SparseVector(point.sparse.indices, point.sparse.values)
    return edge.Point(UUID(point.id), vectors, dict(point.payload))


def nearest(shard: edge.EdgeShard, vector: Any, using: str, where: Where, limit: int) -> list[Match]:
    query = edge.Query.Nearest(vector, using)
    request = edge.QueryRequest(limit, query=query, with_payload=True, filter=filter_of(where))
    return [Match(str(found.id), found.score, found.payload or {}) for found in shard.query(request)]


def scored(shard: edge.EdgeShard, lookup: Lookup) -> Scored:
    vector = lookup.vector
    if isinstance(vector, SparseVector):
        if not vector.indices:
            return []
        query = edge.Query.Nearest(edge.SparseVector(vector.indices, vector.values), SPARSE)
    else:
        query = edge.Query.Nearest(list(vector), DENSE)
    request = edge.QueryRequest(lookup.limit, query=query, filter=filter_of(lookup.where))
    return [(_number(found.id), found.score) for found in shard.query(request)]


def _number(point_id: int | UUID | str) -> int:
    return point_id.int if isinstance(point_id, UUID) else UUID(str(point_id)).int


def scroll(shard: edge.EdgeShard, fields: list[str], where: edge.Filter | None) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    offset = None
    while True:
        request = edge.ScrollRequest(
            offset=offset, limit=_PAGE, filter=where, with_payload=edge.PayloadSelector.Include(fields)
        )
        records, offset = shard.scroll(request)
        found.update({str(record.id): record.payload or {} for record in records})
        if offset is None:
            return found


def page_of(shard: edge.EdgeShard, offset: Any) -> tuple[list[Point], Any]:
    request = edge.ScrollRequest(offset=offset, limit=_PAGE, with_payload=True, with_vector=True)
    records, following = shard.scroll(request)
    return [point_of(record) for record in records], following


def filter_of(where: Where) -> edge.Filter | None:
    conditions: list[Any] = [
        edge.FieldCondition(name, match=edge.MatchAny(list(values))) for name, values in where.any_of.items()
    ]
    return edge.Filter(must=conditions) if conditions else None
