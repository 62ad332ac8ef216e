"""Decisions about accepted screens, values of models, and adapters."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SCHEMA = "admin"


def _text(name: str, *, key: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, primary_key=key, nullable=False)


def _moment(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def upgrade() -> None:
    op.create_table(
        "example_reviews",
        _text("generation_id", key=True),
        _text("status"),
        _text("title"),
        _text("reason"),
        sa.Column("entry_id", sa.Text),
        _text("decided_by"),
        _moment("decided_at"),
        schema=SCHEMA,
    )
    op.create_table(
        "model_profiles",
        _text("model", key=True),
        sa.Column("values", JSONB, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        _text("updated_by"),
        _moment("updated_at"),
        schema=SCHEMA,
    )
    op.create_table(
        "adapters",
        _text("engine_id", key=True),
        _text("name", key=True),
        _text("adapter"),
        _text("adapter_version"),
        _text("path"),
        _text("note"),
        _text("created_by"),
        _moment("created_at"),
        schema=SCHEMA,
    )
    op.execute(f"INSERT INTO {SCHEMA}.revisions (name, number) VALUES ('profiles', 1)")  # noqa: S608 - constants of ours


def downgrade() -> None:
    op.execute(f"DELETE FROM {SCHEMA}.revisions WHERE name = 'profiles'")  # noqa: S608 - constants of ours
    for table in ("adapters", "model_profiles", "example_reviews"):
        op.drop_table(table, schema=SCHEMA)
