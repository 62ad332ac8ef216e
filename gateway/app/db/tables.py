"""The tables of schema `gateway`: generations, their events, answers, and the earlier versions of a spec."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
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

SCHEMA = "gateway"
_OWNER = f"{SCHEMA}.generations.id"


def _json() -> Any:
    """`json`, not `jsonb`: it keeps the order of members, and holds any text that JSON can."""
    return Column(JSON(none_as_null=True), nullable=True)


def _moment(*, nullable: bool) -> Any:
    return Column(DateTime(timezone=True), nullable=nullable)


class GenerationRow(SQLModel, table=True):
    """One generation with its whole record, and the lease of the process that executes it."""

    __tablename__ = "generations"
    __table_args__ = (
        Index("ix_generations_user_id_id", "user_id", text("id DESC")),
        Index("ix_generations_open", "holder", postgresql_where=text("ended_at IS NULL")),
        Index("ix_generations_feedback", "id", postgresql_where=text("feedback IS NOT NULL")),
        Index("ix_generations_batch", "batch_id", "batch_row", postgresql_where=text("batch_id IS NOT NULL")),
        Index("ix_generations_experiment", "experiment_id", "id", postgresql_where=text("experiment_id IS NOT NULL")),
        Index("ix_generations_grams", "grams", postgresql_using="gin"),
        Index("ix_generations_status_id", "status", text("id DESC")),
        Index("ix_generations_engine_id", "engine", text("id DESC")),
        Index("ix_generations_created_at", "created_at"),
        {"schema": SCHEMA},
    )

    id: str = Field(sa_column=Column(String(36), primary_key=True))
    created_at: datetime = Field(sa_column=_moment(nullable=False))
    ended_at: datetime | None = Field(None, sa_column=_moment(nullable=True))
    user_id: str = Field(sa_column=Column(Text, nullable=False))
    role: str = Field("", sa_column=Column(Text, nullable=False, server_default=""))
    session_id: str | None = Field(None, sa_column=Column(Text))
    base_generation_id: str | None = Field(None, sa_column=Column(String(36)))
    channel: str = Field("rest", sa_column=Column(String(16), nullable=False))
    prompt: str = Field(sa_column=Column(Text, nullable=False))
    request: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    mode: str = Field(sa_column=Column(String(16), nullable=False))
    model: str | None = Field(None, sa_column=Column(Text))
    framework: str | None = Field(None, sa_column=Column(Text))
    status: str = Field("running", sa_column=Column(String(16), nullable=False))
    kind: str | None = Field(None, sa_column=Column(String(16)))
    intent: dict[str, Any] | None = Field(None, sa_column=_json())
    data_model: dict[str, Any] | None = Field(None, sa_column=_json())
    knowledge: list[dict[str, Any]] | None = Field(None, sa_column=_json())
    retrieval: dict[str, Any] | None = Field(None, sa_column=_json())
    prompts: list[dict[str, Any]] | None = Field(None, sa_column=_json())
    """Each prompt as sent: messages, templates, tokens by section, what was cut."""
    raw_answers: list[dict[str, Any]] | None = Field(None, sa_column=_json())
    spec: dict[str, Any] | None = Field(None, sa_column=_json())
    spec_version: int = Field(0, sa_column=Column(Integer, nullable=False, server_default="0"))
    fixes: list[dict[str, Any]] | None = Field(None, sa_column=_json())
    diagnostics: list[dict[str, Any]] | None = Field(None, sa_column=_json())
    artifacts: list[dict[str, Any]] | None = Field(None, sa_column=_json())
    attempts: list[dict[str, Any]] | None = Field(None, sa_column=_json())
    """How each attempt of an engine ended: engine, model, adapter, outcome, reason, milliseconds."""
    answer: str | None = Field(None, sa_column=Column(Text))
    citations: list[dict[str, Any]] | None = Field(None, sa_column=_json())
    timings: dict[str, Any] | None = Field(None, sa_column=_json())
    usage: dict[str, Any] | None = Field(None, sa_column=_json())
    engine: str | None = Field(None, sa_column=Column(Text))
    engine_model: str | None = Field(None, sa_column=Column(Text))
    degraded: bool = Field(False, sa_column=Column(Boolean, nullable=False, server_default=text("false")))
    warnings: list[dict[str, Any]] | None = Field(None, sa_column=_json())
    problem: dict[str, Any] | None = Field(None, sa_column=_json())
    duration_ms: float | None = Field(None, sa_column=Column(Float))
    feedback: dict[str, Any] | None = Field(None, sa_column=_json())
    cancel_requested: bool = Field(False, sa_column=Column(Boolean, nullable=False, server_default=text("false")))
    holder: str = Field(sa_column=Column(String(36), nullable=False))
    epoch: int = Field(1, sa_column=Column(Integer, nullable=False, server_default="1"))
    lease_until: datetime = Field(sa_column=_moment(nullable=False))
    lost_owners: int = Field(0, sa_column=Column(Integer, nullable=False, server_default="0"))
    """How many processes were lost while they ran it; those that handed it over do not count."""
    resumption: dict[str, Any] | None = Field(None, sa_column=_json())
    """What the order holds beside the other columns: whoever takes the generation over makes the order of both."""
    deadline_at: datetime | None = Field(None, sa_column=_moment(nullable=True))
    queue: str | None = Field(None, sa_column=Column(String(32)))
    """The queue whose job runs it; null where a gateway does."""
    webhook: dict[str, Any] | None = Field(None, sa_column=_json())
    batch_id: str | None = Field(None, sa_column=Column(String(36)))
    batch_row: int | None = Field(None, sa_column=Column(Integer))
    experiment_id: str | None = Field(None, sa_column=Column(String(36)))
    experiment_arm: str | None = Field(None, sa_column=Column(Text))
    search_text: str = Field("", sa_column=Column(Text, nullable=False, server_default=""))
    """What a search finds: prompt, answer, names of files, the problem; folded."""
    grams: list[str] = Field(
        default_factory=list, sa_column=Column(ARRAY(Text), nullable=False, server_default=text("'{}'"))
    )


class EventRow(SQLModel, table=True):
    """One event of a generation's log."""

    __tablename__ = "events"
    __table_args__ = {"schema": SCHEMA}

    generation_id: str = Field(sa_column=Column(String(36), ForeignKey(_OWNER, ondelete="CASCADE"), primary_key=True))
    seq: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    type: str = Field(sa_column=Column(String(16), nullable=False))
    at: datetime = Field(sa_column=_moment(nullable=False))
    data: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class AnswerRow(SQLModel, table=True):
    """What the user answered to a question of a generation."""

    __tablename__ = "answers"
    __table_args__ = {"schema": SCHEMA}

    generation_id: str = Field(sa_column=Column(String(36), ForeignKey(_OWNER, ondelete="CASCADE"), primary_key=True))
    question_id: str = Field(sa_column=Column(Text, primary_key=True))
    value: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = Field(sa_column=_moment(nullable=False))


class SpecVersionRow(SQLModel, table=True):
    """An earlier version of a generation's spec and what was emitted from it."""

    __tablename__ = "spec_versions"
    __table_args__ = {"schema": SCHEMA}

    generation_id: str = Field(sa_column=Column(String(36), ForeignKey(_OWNER, ondelete="CASCADE"), primary_key=True))
    version: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    replaced_at: datetime = Field(sa_column=_moment(nullable=False))
    spec: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    artifacts: list[dict[str, Any]] = Field(sa_column=Column(JSON, nullable=False))


class UsageDayRow(SQLModel, table=True):
    """What generations used that retention has deleted, so that the account of a month stays right."""

    __tablename__ = "usage_days"
    __table_args__ = {"schema": SCHEMA}

    day: date = Field(sa_column=Column(Date, primary_key=True))
    user_id: str = Field(sa_column=Column(Text, primary_key=True))
    engine: str = Field(sa_column=Column(Text, primary_key=True))
    model: str = Field(sa_column=Column(Text, primary_key=True))
    generations: int = Field(sa_column=Column(BigInteger, nullable=False))
    completed: int = Field(sa_column=Column(BigInteger, nullable=False))
    failed: int = Field(sa_column=Column(BigInteger, nullable=False))
    degraded: int = Field(sa_column=Column(BigInteger, nullable=False))
    prompt_tokens: int = Field(sa_column=Column(BigInteger, nullable=False))
    completion_tokens: int = Field(sa_column=Column(BigInteger, nullable=False))
    engine_ms: float = Field(sa_column=Column(Float, nullable=False))


GENERATIONS: Table = SQLModel.metadata.tables[f"{SCHEMA}.generations"]
EVENTS: Table = SQLModel.metadata.tables[f"{SCHEMA}.events"]
ANSWERS: Table = SQLModel.metadata.tables[f"{SCHEMA}.answers"]
SPEC_VERSIONS: Table = SQLModel.metadata.tables[f"{SCHEMA}.spec_versions"]
