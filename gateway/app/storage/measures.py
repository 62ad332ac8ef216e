"""How generations went over time, and what they used: counts, times and tokens, by bucket, engine, user and model."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from .records import store_errors

_COUNTS = """
    count(*) AS generations,
    count(*) FILTER (WHERE status = 'completed') AS completed,
    count(*) FILTER (WHERE status = 'failed') AS failed,
    count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
    count(*) FILTER (WHERE degraded) AS degraded
"""
_TOKENS = """
    coalesce(sum((usage ->> 'prompt_tokens')::bigint), 0)::bigint AS prompt_tokens,
    coalesce(sum((usage ->> 'completion_tokens')::bigint), 0)::bigint AS completion_tokens
"""
_ENGINE_MS = "(timings ->> 'engine')::double precision"
_TIMES = f"""
    percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) FILTER (WHERE status = 'completed') AS p50_ms,
    percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms) FILTER (WHERE status = 'completed') AS p95_ms,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY {_ENGINE_MS}) FILTER (WHERE status = 'completed') AS engine_p50_ms
"""
_MEASURED = text(
    f"""
    SELECT date_bin(:step, created_at, :since) AS at, engine, grouping(engine) AS without_engine,
           grouping(date_bin(:step, created_at, :since)) AS without_bucket, {_COUNTS}, {_TOKENS}, {_TIMES}
    FROM gateway.generations WHERE created_at >= :since AND created_at < :until
    GROUP BY GROUPING SETS ((date_bin(:step, created_at, :since)), (engine), ()) ORDER BY at, generations DESC
    """  # noqa: S608 - constants of ours
)
"""One pass over the rows for the buckets, the engines and the whole."""
_OPEN = text(
    """
    SELECT count(*) FILTER (WHERE status = 'running') AS running,
           count(*) FILTER (WHERE status = 'waiting') AS waiting,
           count(*) FILTER (WHERE status = 'queued') AS queued
    FROM gateway.generations WHERE ended_at IS NULL
    """
)
USED = """
    count(*) AS generations,
    count(*) FILTER (WHERE status = 'completed') AS completed,
    count(*) FILTER (WHERE status = 'failed') AS failed,
    count(*) FILTER (WHERE degraded) AS degraded,
    coalesce(sum((usage ->> 'prompt_tokens')::bigint), 0)::bigint AS prompt_tokens,
    coalesce(sum((usage ->> 'completion_tokens')::bigint), 0)::bigint AS completion_tokens,
    coalesce(sum((timings ->> 'engine')::double precision), 0) AS engine_ms
"""
"""What a day's line of `usage_days` holds, of generations."""
OWNED = "CAST(created_at AT TIME ZONE 'UTC' AS date) AS day, user_id, coalesce(engine, '') AS engine, \
coalesce(engine_model, '') AS model"
_USAGE = text(
    f"""
    SELECT day, user_id, engine, model,
           sum(generations)::bigint AS generations, sum(completed)::bigint AS completed,
           sum(failed)::bigint AS failed, sum(degraded)::bigint AS degraded,
           sum(prompt_tokens)::bigint AS prompt_tokens, sum(completion_tokens)::bigint AS completion_tokens,
           sum(engine_ms) AS engine_ms
    FROM (
        SELECT {OWNED}, {USED} FROM gateway.generations
        WHERE created_at >= :begin AND created_at < :end
        GROUP BY 1, 2, 3, 4
        UNION ALL
        SELECT day, user_id, engine, model, generations, completed, failed, degraded, prompt_tokens,
               completion_tokens, engine_ms
        FROM gateway.usage_days WHERE day >= :first AND day <= :last
    ) AS used
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4 LIMIT :limit
    """  # noqa: S608 - constants of ours
)


class MeasureStore:
    def __init__(self, engine: AsyncEngine) -> None:
        self._autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def over(self, since: datetime, until: datetime, step: timedelta) -> dict[str, Any]:
        """`series` by buckets of `step` (empty ones are missing), `total`, `engines`, and what is `open` now."""
        rows = await self._read(_MEASURED, {"since": since, "until": until, "step": step})
        kinds = [(bool(row.pop("without_bucket")), bool(row.pop("without_engine"))) for row in rows]
        return {
            "series": [row for row, kind in zip(rows, kinds, strict=True) if kind == (False, True)],
            "total": next(row for row, kind in zip(rows, kinds, strict=True) if kind == (True, True)),
            "engines": [row for row, kind in zip(rows, kinds, strict=True) if kind == (True, False) and row["engine"]],
            "open": (await self._read(_OPEN, {}))[0],
        }

    async def usage(self, first: date, last: date, *, begin: datetime, end: datetime, limit: int) -> list[Any]:
        """By day (UTC), user, engine and model; deleted generations are counted as they were."""
        return await self._read(_USAGE, {"first": first, "last": last, "begin": begin, "end": end, "limit": limit})

    async def _read(self, statement: Any, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        async with store_errors(), self._autocommit.connect() as connection:
            rows: Sequence[Any] = (await connection.execute(statement, dict(values))).mappings().all()
        return [dict(row) for row in rows]
