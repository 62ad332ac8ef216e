"""Generations, their events, answers and earlier spec versions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_SCHEMA = "gateway"


def _owner(*columns: "sa.Column[object]") -> "list[sa.Column[object]]":
    reference = sa.ForeignKey(f"{_SCHEMA}.generations.id", ondelete="CASCADE")
    return [sa.Column("generation_id", sa.String(36), reference, primary_key=True), *columns]


def upgrade() -> None:
    op.create_table(
        "generations",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("user_id", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False, server_default=""),
        sa.Column("session_id", sa.Text),
        sa.Column("base_generation_id", sa.String(36)),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("prompt", sa.Text, nullable=False),
        sa.Column("request", sa.JSON, nullable=False),
        sa.Column("mode", sa.String(16), nullable=False),
        sa.Column("model", sa.Text),
        sa.Column("framework", sa.Text),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16)),
        *(
            sa.Column(name, sa.JSON)
            for name in ("intent", "data_model", "knowledge", "retrieval", "prompts", "raw_answers", "spec")
        ),
        sa.Column("spec_version", sa.Integer, nullable=False, server_default="0"),
        *(sa.Column(name, sa.JSON) for name in ("fixes", "diagnostics", "artifacts")),
        sa.Column("answer", sa.Text),
        *(sa.Column(name, sa.JSON) for name in ("citations", "timings", "usage")),
        sa.Column("engine", sa.Text),
        sa.Column("engine_model", sa.Text),
        sa.Column("degraded", sa.Boolean, nullable=False, server_default=sa.text("false")),
        *(sa.Column(name, sa.JSON) for name in ("warnings", "problem")),
        sa.Column("duration_ms", sa.Float),
        sa.Column("feedback", sa.JSON),
        sa.Column("cancel_requested", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.Column("holder", sa.String(36), nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False, server_default="1"),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=False),
        schema=_SCHEMA,
    )
    op.create_index("ix_generations_user_id_id", "generations", ["user_id", sa.text("id DESC")], schema=_SCHEMA)
    op.create_index(
        "ix_generations_open", "generations", ["holder"], schema=_SCHEMA, postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_table(
        "events",
        *_owner(
            sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("type", sa.String(16), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("data", sa.JSON, nullable=False),
        ),
        schema=_SCHEMA,
    )
    op.create_table(
        "answers",
        *_owner(
            sa.Column("question_id", sa.Text, primary_key=True),
            sa.Column("value", sa.Text, nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        ),
        schema=_SCHEMA,
    )
    op.create_table(
        "spec_versions",
        *_owner(
            sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
            sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("spec", sa.JSON, nullable=False),
            sa.Column("artifacts", sa.JSON, nullable=False),
        ),
        schema=_SCHEMA,
    )


def downgrade() -> None:
    for name in ("spec_versions", "answers", "events", "generations"):
        op.drop_table(name, schema=_SCHEMA)
