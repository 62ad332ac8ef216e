"""The log of generations is searched and filtered by index; the usage of deleted generations is kept by day."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_SCHEMA = "gateway"
_AT_ONCE = 1000
_INDEXED = 20_000


def upgrade() -> None:
    op.add_column("generations", sa.Column("search_text", sa.Text, nullable=False, server_default=""), schema=_SCHEMA)
    op.add_column(
        "generations",
        sa.Column("grams", sa.ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'")),
        schema=_SCHEMA,
    )
    _make_found()
    _index("grams", ["grams"], postgresql_using="gin")
    for name in ("status", "engine"):
        _index(f"{name}_id", [name, sa.text("id DESC")])
    op.create_table(
        "usage_days",
        sa.Column("day", sa.Date, primary_key=True),
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("user_id", "engine", "model")),
        *(
            sa.Column(name, sa.BigInteger, nullable=False)
            for name in ("generations", "completed", "failed", "degraded", "prompt_tokens", "completion_tokens")
        ),
        sa.Column("engine_ms", sa.Float, nullable=False),
        schema=_SCHEMA,
    )


def downgrade() -> None:
    op.drop_table("usage_days", schema=_SCHEMA)
    for name in ("engine_id", "status_id", "grams"):
        op.drop_index(f"ix_generations_{name}", "generations", schema=_SCHEMA)
    op.drop_column("generations", "grams", schema=_SCHEMA)
    op.drop_column("generations", "search_text", schema=_SCHEMA)


def _index(name: str, columns: list[Any], **options: Any) -> None:
    op.create_index(f"ix_generations_{name}", "generations", columns, schema=_SCHEMA, **options)


def _make_found() -> None:
    """The rows that are there become searchable by their prompts, in PostgreSQL's own folding, a part at a time."""
    statement = sa.text(
        f"""
        WITH part AS (
            SELECT id, left(lower(normalize(regexp_replace(prompt, '\\s+', ' ', 'g'), NFKC)), {_INDEXED}) AS folded
            FROM {_SCHEMA}.generations WHERE id > :after ORDER BY id LIMIT {_AT_ONCE}
        ), changed AS (
            UPDATE {_SCHEMA}.generations g SET search_text = part.folded, grams = ARRAY(
                SELECT DISTINCT gram FROM (
                    SELECT substr(part.folded, place, length) AS gram
                    FROM generate_series(1, char_length(part.folded)) AS place, unnest(ARRAY[1, 2]) AS length
                    WHERE place + length - 1 <= char_length(part.folded)
                ) AS cut WHERE position(' ' IN gram) = 0
            )
            FROM part WHERE g.id = part.id RETURNING g.id
        )
        SELECT max(id) FROM changed
        """  # noqa: S608 - constants of ours
    )
    after: str | None = ""
    while after is not None:
        after = op.get_bind().scalar(statement, {"after": after})
