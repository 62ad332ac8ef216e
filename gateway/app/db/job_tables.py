"""The tables around generations: batches, idempotency keys, webhook deliveries, the audit log, live processes."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, DateTime, Index, Integer, String, Table, Text, text
from sqlmodel import Field, SQLModel

from .tables import SCHEMA


def _moment(*, nullable: bool) -> Any:
    return Column(DateTime(timezone=True), nullable=nullable)


class BatchRow(SQLModel, table=True):
    """A file of prompts; each of its rows is a generation with this `batch_id`."""

    __tablename__ = "batches"
    __table_args__ = (Index("ix_batches_user_id_id", "user_id", text("id DESC")), {"schema": SCHEMA})

    id: str = Field(sa_column=Column(String(36), primary_key=True))
    created_at: datetime = Field(sa_column=_moment(nullable=False))
    ended_at: datetime | None = Field(None, sa_column=_moment(nullable=True))
    user_id: str = Field(sa_column=Column(Text, nullable=False))
    name: str = Field(sa_column=Column(Text, nullable=False))
    total: int = Field(sa_column=Column(Integer, nullable=False))
    cancel_requested: bool = Field(False, sa_column=Column(Boolean, nullable=False, server_default=text("false")))
    webhook: dict[str, Any] | None = Field(None, sa_column=Column(JSON(none_as_null=True)))


class IdempotencyRow(SQLModel, table=True):
    """What a key was first used for, and what was answered: a subject that is read again, or the answer itself."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (Index("ix_idempotency_keys_created_at", "created_at"), {"schema": SCHEMA})

    user_id: str = Field(sa_column=Column(Text, primary_key=True))
    key: str = Field(sa_column=Column(Text, primary_key=True))
    fingerprint: str = Field(sa_column=Column(String(64), nullable=False))
    created_at: datetime = Field(sa_column=_moment(nullable=False))
    subject_id: str | None = Field(None, sa_column=Column(String(36)))
    answer: dict[str, Any] | None = Field(None, sa_column=Column(JSON(none_as_null=True)))


class DeliveryRow(SQLModel, table=True):
    """A webhook that has to be delivered, and how that went."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (Index("ix_webhook_deliveries_created_at", "created_at"), {"schema": SCHEMA})

    id: str = Field(sa_column=Column(String(36), primary_key=True))
    created_at: datetime = Field(sa_column=_moment(nullable=False))
    user_id: str = Field(sa_column=Column(Text, nullable=False))
    url: str = Field(sa_column=Column(Text, nullable=False))
    event: str = Field(sa_column=Column(String(40), nullable=False))
    data: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    attempts: int = Field(0, sa_column=Column(Integer, nullable=False, server_default="0"))
    delivered_at: datetime | None = Field(None, sa_column=_moment(nullable=True))
    failed_at: datetime | None = Field(None, sa_column=_moment(nullable=True))
    reason: str | None = Field(None, sa_column=Column(Text))


class AuditRow(SQLModel, table=True):
    """One privileged action that came through this door: who, what, when, and how it was answered."""

    __tablename__ = "audit_entries"
    __table_args__ = {"schema": SCHEMA}

    id: str = Field(sa_column=Column(String(36), primary_key=True))
    at: datetime = Field(sa_column=_moment(nullable=False))
    user_id: str = Field(sa_column=Column(Text, nullable=False))
    role: str = Field(sa_column=Column(Text, nullable=False))
    method: str = Field(sa_column=Column(String(8), nullable=False))
    path: str = Field(sa_column=Column(Text, nullable=False))
    status: int = Field(sa_column=Column(Integer, nullable=False))
    address: str = Field("", sa_column=Column(Text, nullable=False, server_default=""))
    trace_id: str = Field("", sa_column=Column(String(32), nullable=False, server_default=""))


class ProcessRow(SQLModel, table=True):
    """A living process of the gateway or its worker: who could take over from one that stops."""

    __tablename__ = "processes"
    __table_args__ = {"schema": SCHEMA}

    id: str = Field(sa_column=Column(String(36), primary_key=True))
    kind: str = Field(sa_column=Column(String(16), nullable=False))
    started_at: datetime = Field(sa_column=_moment(nullable=False))
    seen_at: datetime = Field(sa_column=_moment(nullable=False))


BATCHES: Table = SQLModel.metadata.tables[f"{SCHEMA}.batches"]
IDEMPOTENCY_KEYS: Table = SQLModel.metadata.tables[f"{SCHEMA}.idempotency_keys"]
WEBHOOK_DELIVERIES: Table = SQLModel.metadata.tables[f"{SCHEMA}.webhook_deliveries"]
AUDIT_ENTRIES: Table = SQLModel.metadata.tables[f"{SCHEMA}.audit_entries"]
PROCESSES: Table = SQLModel.metadata.tables[f"{SCHEMA}.processes"]
