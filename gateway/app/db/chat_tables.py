"""The tables of conversations: sessions, their messages, and how many sockets each has on which replica."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from .tables import SCHEMA


def _json() -> Any:
    return Column(JSON(none_as_null=True), nullable=True)


def _moment(*, nullable: bool = False) -> Any:
    return Column(DateTime(timezone=True), nullable=nullable)


def _grams() -> Any:
    return Column(ARRAY(Text), nullable=False, server_default=text("'{}'"))


class SessionRow(SQLModel, table=True):
    """A conversation of one user, with its own settings."""

    __tablename__ = "sessions"
    __table_args__ = (
        Index("ix_sessions_user_active", "user_id", text("active_at DESC"), text("id DESC")),
        Index(
            "ix_sessions_user_opened", "user_id", text("opened_at DESC"), postgresql_where=text("opened_at IS NOT NULL")
        ),
        Index("ix_sessions_grams", "grams", postgresql_using="gin"),
        {"schema": SCHEMA},
    )

    id: str = Field(sa_column=Column(String(36), primary_key=True))
    user_id: str = Field(sa_column=Column(Text, nullable=False))
    kind: str = Field(sa_column=Column(String(16), nullable=False))
    title: str = Field(sa_column=Column(Text, nullable=False))
    titled: bool = Field(sa_column=Column(Boolean, nullable=False))
    """Whether a person gave the title; else the first message makes it."""
    model: str | None = Field(None, sa_column=Column(Text))
    temperature: float = Field(sa_column=Column(Float, nullable=False))
    max_tokens: int = Field(sa_column=Column(Integer, nullable=False))
    system_prompt: str = Field(sa_column=Column(Text, nullable=False))
    use_knowledge: bool = Field(sa_column=Column(Boolean, nullable=False))
    framework: str | None = Field(None, sa_column=Column(Text))
    created_at: datetime = Field(sa_column=_moment())
    updated_at: datetime = Field(sa_column=_moment())
    active_at: datetime = Field(sa_column=_moment())
    """The last message, or the making of the session."""
    opened_at: datetime | None = Field(None, sa_column=_moment(nullable=True))
    """When the user last switched to it."""
    turns: int = Field(0, sa_column=Column(Integer, nullable=False, server_default="0"))
    positions: int = Field(0, sa_column=Column(Integer, nullable=False, server_default="0"))
    search_text: str = Field("", sa_column=Column(Text, nullable=False, server_default=""))
    grams: list[str] = Field(default_factory=list, sa_column=_grams())


class MessageRow(SQLModel, table=True):
    """A message; that of the assistant is filled when its generation has ended."""

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_session_position", "session_id", "position", unique=True),
        Index("ix_messages_session_turn", "session_id", "turn"),
        Index("ix_messages_user", "user_id", text("created_at DESC"), text("id DESC")),
        Index("ix_messages_open", "session_id", postgresql_where=text("status = 'streaming'")),
        Index("ix_messages_generation", "generation_id"),
        Index(
            "ix_messages_client", "session_id", "client_id", unique=True, postgresql_where=text("client_id IS NOT NULL")
        ),
        Index("ix_messages_grams", "grams", postgresql_using="gin"),
        {"schema": SCHEMA},
    )

    id: str = Field(sa_column=Column(String(36), primary_key=True))
    session_id: str = Field(
        sa_column=Column(String(36), ForeignKey(f"{SCHEMA}.sessions.id", ondelete="CASCADE"), nullable=False)
    )
    user_id: str = Field(sa_column=Column(Text, nullable=False))
    position: int = Field(sa_column=Column(Integer, nullable=False))
    turn: int = Field(sa_column=Column(Integer, nullable=False))
    role: str = Field(sa_column=Column(String(16), nullable=False))
    author: str = Field(sa_column=Column(Text, nullable=False))
    content: str = Field("", sa_column=Column(Text, nullable=False))
    status: str = Field(sa_column=Column(String(16), nullable=False))
    created_at: datetime = Field(sa_column=_moment())
    completed_at: datetime | None = Field(None, sa_column=_moment(nullable=True))
    edited_at: datetime | None = Field(None, sa_column=_moment(nullable=True))
    tokens: int | None = Field(None, sa_column=Column(Integer))
    processing_ms: float | None = Field(None, sa_column=Column(Float))
    generation_id: str | None = Field(None, sa_column=Column(String(36)))
    client_id: str | None = Field(None, sa_column=Column(Text))
    model: str | None = Field(None, sa_column=Column(Text))
    model_version: str | None = Field(None, sa_column=Column(Text))
    engine: str | None = Field(None, sa_column=Column(Text))
    degraded: bool = Field(False, sa_column=Column(Boolean, nullable=False, server_default=text("false")))
    template: dict[str, Any] | None = Field(None, sa_column=_json())
    parameters: dict[str, Any] | None = Field(None, sa_column=_json())
    context: dict[str, Any] | None = Field(None, sa_column=_json())
    citations: list[dict[str, Any]] | None = Field(None, sa_column=_json())
    warnings: list[dict[str, Any]] | None = Field(None, sa_column=_json())
    problem: dict[str, Any] | None = Field(None, sa_column=_json())
    search_text: str = Field("", sa_column=Column(Text, nullable=False, server_default=""))
    grams: list[str] = Field(default_factory=list, sa_column=_grams())


class PresenceRow(SQLModel, table=True):
    """How many sockets a replica has open for a session; a replica that is gone stops renewing."""

    __tablename__ = "socket_presence"
    __table_args__ = {"schema": SCHEMA, "prefixes": ["UNLOGGED"]}

    replica: str = Field(sa_column=Column(String(36), primary_key=True))
    session_id: str = Field(sa_column=Column(String(36), primary_key=True))
    sockets: int = Field(sa_column=Column(Integer, nullable=False))
    seen_at: datetime = Field(sa_column=_moment())


SESSIONS: Table = SQLModel.metadata.tables[f"{SCHEMA}.sessions"]
MESSAGES: Table = SQLModel.metadata.tables[f"{SCHEMA}.messages"]
PRESENCE: Table = SQLModel.metadata.tables[f"{SCHEMA}.socket_presence"]
