"""Conversations: sessions, messages, and the presence of sockets."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_SCHEMA = "gateway"


def _text(name: str, *, nullable: bool = False, default: str | None = None) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=nullable, server_default=default)


def _moment(name: str, *, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _searchable() -> "list[sa.Column[object]]":
    return [
        sa.Column("search_text", sa.Text, nullable=False, server_default=""),
        sa.Column("grams", sa.ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'")),
    ]


def upgrade() -> None:
    _sessions()
    _messages()
    op.create_table(
        "socket_presence",
        sa.Column("replica", sa.String(36), primary_key=True),
        sa.Column("session_id", sa.String(36), primary_key=True),
        sa.Column("sockets", sa.Integer, nullable=False),
        _moment("seen_at"),
        schema=_SCHEMA,
        prefixes=["UNLOGGED"],
    )


def downgrade() -> None:
    for table in ("socket_presence", "messages", "sessions"):
        op.drop_table(table, schema=_SCHEMA)


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(36), primary_key=True),
        _text("user_id"),
        sa.Column("kind", sa.String(16), nullable=False),
        _text("title"),
        sa.Column("titled", sa.Boolean, nullable=False),
        _text("model", nullable=True),
        sa.Column("temperature", sa.Float, nullable=False),
        sa.Column("max_tokens", sa.Integer, nullable=False),
        _text("system_prompt"),
        sa.Column("use_knowledge", sa.Boolean, nullable=False),
        _text("framework", nullable=True),
        _moment("created_at"),
        _moment("updated_at"),
        _moment("active_at"),
        _moment("opened_at", nullable=True),
        sa.Column("turns", sa.Integer, nullable=False, server_default="0"),
        sa.Column("positions", sa.Integer, nullable=False, server_default="0"),
        *_searchable(),
        schema=_SCHEMA,
    )
    newest_first: list[Any] = ["user_id", sa.text("active_at DESC"), sa.text("id DESC")]
    op.create_index("ix_sessions_user_active", "sessions", newest_first, schema=_SCHEMA)
    op.create_index(
        "ix_sessions_user_opened", "sessions", ["user_id", sa.text("opened_at DESC")],
        postgresql_where=sa.text("opened_at IS NOT NULL"), schema=_SCHEMA,
    )  # fmt: skip
    op.create_index("ix_sessions_grams", "sessions", ["grams"], postgresql_using="gin", schema=_SCHEMA)


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column(
            "session_id", sa.String(36), sa.ForeignKey(f"{_SCHEMA}.sessions.id", ondelete="CASCADE"), nullable=False
        ),
        _text("user_id"),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        _text("author"),
        _text("content"),
        sa.Column("status", sa.String(16), nullable=False),
        _moment("created_at"),
        _moment("completed_at", nullable=True),
        _moment("edited_at", nullable=True),
        sa.Column("tokens", sa.Integer),
        sa.Column("processing_ms", sa.Float),
        sa.Column("generation_id", sa.String(36)),
        *(_text(name, nullable=True) for name in ("client_id", "model", "model_version", "engine")),
        sa.Column("degraded", sa.Boolean, nullable=False, server_default=sa.text("false")),
        *(sa.Column(n, sa.JSON) for n in ("template", "parameters", "context", "citations", "warnings", "problem")),
        *_searchable(),
        schema=_SCHEMA,
    )
    _message_index("session_position", ["session_id", "position"], unique=True)
    _message_index("session_turn", ["session_id", "turn"])
    _message_index("user", ["user_id", sa.text("created_at DESC"), sa.text("id DESC")])
    _message_index("open", ["session_id"], postgresql_where=sa.text("status = 'streaming'"))
    _message_index("generation", ["generation_id"])
    _message_index(
        "client", ["session_id", "client_id"], unique=True, postgresql_where=sa.text("client_id IS NOT NULL")
    )
    _message_index("grams", ["grams"], postgresql_using="gin")


def _message_index(name: str, columns: list[Any], **options: Any) -> None:
    op.create_index(f"ix_messages_{name}", "messages", columns, schema=_SCHEMA, **options)
