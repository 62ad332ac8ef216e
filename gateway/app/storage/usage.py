"""What a user has used: totals, days, models."""

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from .records import store_errors

_TOKENS = """
    coalesce(sum((usage ->> 'prompt_tokens')::bigint), 0) AS prompt_tokens,
    coalesce(sum((usage ->> 'completion_tokens')::bigint), 0) AS completion_tokens
"""
_TOTALS = text(
    f"""
    SELECT (SELECT count(*) FROM gateway.sessions WHERE user_id = :user_id) AS sessions,
           (SELECT count(*) FROM gateway.messages WHERE user_id = :user_id) AS messages,
           count(*) AS generations,
           count(*) FILTER (WHERE status = 'completed') AS completed,
           count(*) FILTER (WHERE status = 'failed') AS failed,
           {_TOKENS},
           coalesce(sum((usage ->> 'total_tokens')::bigint), 0) AS total_tokens
    FROM gateway.generations WHERE user_id = :user_id
    """  # noqa: S608 - constants of ours
)
_DAYS = text(
    f"""
    SELECT CAST(created_at AT TIME ZONE 'UTC' AS date) AS date, count(*) AS generations, {_TOKENS}
    FROM gateway.generations WHERE user_id = :user_id AND created_at >= :since GROUP BY 1 ORDER BY 1
    """  # noqa: S608 - constants of ours
)
_MESSAGE_DAYS = text(
    """
    SELECT CAST(created_at AT TIME ZONE 'UTC' AS date) AS date, count(*) AS messages
    FROM gateway.messages WHERE user_id = :user_id AND created_at >= :since GROUP BY 1
    """
)
_MODELS = text(
    """
    SELECT engine_model AS model, count(*) AS generations,
           coalesce(sum((usage ->> 'total_tokens')::bigint), 0) AS total_tokens
    FROM gateway.generations WHERE user_id = :user_id AND created_at >= :since AND engine_model IS NOT NULL
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50
    """
)


class UsageStore:
    def __init__(self, engine: AsyncEngine) -> None:
        self._autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")

    async def of(self, user_id: str, *, since: datetime) -> dict[str, Any]:
        """`totals` of all time; `days` (UTC, those with anything) and `models` since a moment."""
        values = {"user_id": user_id, "since": since}
        async with store_errors(), self._autocommit.connect() as connection:
            totals = dict((await connection.execute(_TOTALS, values)).mappings().one())
            days = {row["date"]: dict(row) for row in (await connection.execute(_DAYS, values)).mappings()}
            messages = (await connection.execute(_MESSAGE_DAYS, values)).mappings().all()
            models = [dict(row) for row in (await connection.execute(_MODELS, values)).mappings()]
        empty = {"generations": 0, "prompt_tokens": 0, "completion_tokens": 0}
        for row in messages:
            days.setdefault(row["date"], {"date": row["date"], **empty})["messages"] = row["messages"]
        ordered = [{"messages": 0, **days[day]} for day in sorted(days)]
        return {"totals": totals, "days": ordered, "models": models}
