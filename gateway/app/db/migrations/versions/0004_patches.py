"""Plans, and the ledger of patches."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_SCHEMA = "gateway"


def _text(name: str, *, nullable: bool = False, default: str | None = None) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=nullable, server_default=default)


def _moment(name: str, *, nullable: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _json(name: str) -> "sa.Column[Any]":
    return sa.Column(name, sa.JSON, nullable=False)


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("id", sa.String(36), primary_key=True),
        _moment("created_at"),
        _text("user_id"),
        _text("intent"),
        sa.Column("language", sa.String(2), nullable=False),
        _text("framework", nullable=True),
        sa.Column("generation_id", sa.String(36)),
        _json("plan"),
        _json("files"),
        schema=_SCHEMA,
    )
    op.create_index("ix_plans_user_id_id", "plans", ["user_id", sa.text("id DESC")], schema=_SCHEMA)
    op.create_table(
        "patches",
        sa.Column("id", sa.String(36), primary_key=True),
        _moment("created_at"),
        _text("user_id"),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("plan_id", sa.String(36)),
        _text("intent", default=""),
        sa.Column("status", sa.String(16), nullable=False),
        _moment("applied_at"),
        _moment("rolled_back_at", nullable=True),
        _json("edits"),
        _json("files"),
        _text("engine", nullable=True),
        sa.Column("degraded", sa.Boolean, nullable=False, server_default=sa.text("false")),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="1"),
        sa.UniqueConstraint("user_id", "key", name="uq_patches_user_id_key"),
        schema=_SCHEMA,
    )
    op.create_index("ix_patches_user_id_id", "patches", ["user_id", sa.text("id DESC")], schema=_SCHEMA)


def downgrade() -> None:
    op.drop_table("patches", schema=_SCHEMA)
    op.drop_table("plans", schema=_SCHEMA)
