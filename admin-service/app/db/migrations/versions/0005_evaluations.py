"""Evaluations, their items, and releases."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCHEMA = "admin"


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _json(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, JSONB, nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "evaluations",
        sa.Column("id", sa.Text, primary_key=True),
        *(_text(name) for name in ("name", "framework", "status")),
        *(_json(name) for name in ("variants", "cases")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("repeats", "reference", "concurrency")),
        _json("judge", nullable=True),
        _json("pack"),
        _text("scoring_version"),
        _text("runner", nullable=True),
        _text("created_by"),
        _moment("created_at"),
        _moment("started_at", nullable=True),
        _moment("ended_at", nullable=True),
        schema=SCHEMA,
    )
    op.create_table(
        "evaluation_items",
        sa.Column(
            "evaluation_id", sa.Text, sa.ForeignKey(f"{SCHEMA}.evaluations.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("variant", sa.Integer, nullable=False),
        _text("case_id"),
        sa.Column("repeat", sa.Integer, nullable=False),
        _text("generation_id", nullable=True),
        _json("measures", nullable=True),
        _json("judgement", nullable=True),
        _moment("done_at", nullable=True),
        schema=SCHEMA,
    )
    op.create_index(
        "evaluation_items_open",
        "evaluation_items",
        ["evaluation_id", "number"],
        schema=SCHEMA,
        postgresql_where=sa.text("measures IS NULL"),
    )
    op.create_table(
        "releases",
        sa.Column("id", sa.Text, primary_key=True),
        *(_text(name) for name in ("kind", "subject", "value", "before")),
        _json("verdict"),
        *(_text(name) for name in ("overruled", "released_by")),
        _moment("released_at"),
        schema=SCHEMA,
    )
    op.create_index("releases_subject", "releases", ["kind", "subject", "id"], schema=SCHEMA)


def downgrade() -> None:
    for table in ("releases", "evaluation_items", "evaluations"):
        op.drop_table(table, schema=SCHEMA)
