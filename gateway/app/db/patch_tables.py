"""The tables of plans and of the ledger of patches."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, DateTime, Index, Integer, String, Table, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from .tables import SCHEMA


def _moment(*, nullable: bool = False) -> Any:
    return Column(DateTime(timezone=True), nullable=nullable)


def _json(*, nullable: bool = False) -> Any:
    """`json`, not `jsonb`: files hold any text."""
    return Column(JSON(none_as_null=True), nullable=nullable)


class PlanRow(SQLModel, table=True):
    """A plan, with the files as they were: a patch needs no more than the plan."""

    __tablename__ = "plans"
    __table_args__ = (Index("ix_plans_user_id_id", "user_id", text("id DESC")), {"schema": SCHEMA})

    id: str = Field(sa_column=Column(String(36), primary_key=True))
    created_at: datetime = Field(sa_column=_moment())
    user_id: str = Field(sa_column=Column(Text, nullable=False))
    intent: str = Field(sa_column=Column(Text, nullable=False))
    language: str = Field(sa_column=Column(String(2), nullable=False))
    framework: str | None = Field(None, sa_column=Column(Text))
    generation_id: str | None = Field(None, sa_column=Column(String(36)))
    plan: dict[str, Any] = Field(sa_column=_json())
    files: list[dict[str, Any]] = Field(sa_column=_json())


class PatchRow(SQLModel, table=True):
    """One line of the ledger. `key` says what the patch is: the same files, changed to the same."""

    __tablename__ = "patches"
    __table_args__ = (
        UniqueConstraint("user_id", "key", name="uq_patches_user_id_key"),
        Index("ix_patches_user_id_id", "user_id", text("id DESC")),
        {"schema": SCHEMA},
    )

    id: str = Field(sa_column=Column(String(36), primary_key=True))
    created_at: datetime = Field(sa_column=_moment())
    user_id: str = Field(sa_column=Column(Text, nullable=False))
    key: str = Field(sa_column=Column(String(64), nullable=False))
    plan_id: str | None = Field(None, sa_column=Column(String(36)))
    intent: str = Field("", sa_column=Column(Text, nullable=False, server_default=""))
    status: str = Field(sa_column=Column(String(16), nullable=False))
    """`applied` or `rolled_back`."""
    applied_at: datetime = Field(sa_column=_moment())
    rolled_back_at: datetime | None = Field(None, sa_column=_moment(nullable=True))
    edits: list[dict[str, Any]] = Field(sa_column=_json())
    files: list[dict[str, Any]] = Field(sa_column=_json())
    engine: str | None = Field(None, sa_column=Column(Text))
    degraded: bool = Field(False, sa_column=Column(Boolean, nullable=False, server_default=text("false")))
    attempts: int = Field(1, sa_column=Column(Integer, nullable=False, server_default="1"))
    feedback: dict[str, Any] | None = Field(None, sa_column=_json(nullable=True))


class PatchAnswerRow(SQLModel, table=True):
    """Whether a model's first answer to a plan could be applied, by the form of its edits."""

    __tablename__ = "patch_answers"
    __table_args__ = (Index("ix_patch_answers_created_at", "created_at"), {"schema": SCHEMA})

    id: str = Field(sa_column=Column(String(36), primary_key=True))
    created_at: datetime = Field(sa_column=_moment())
    model: str = Field(sa_column=Column(Text, nullable=False))
    edit_format: str = Field(sa_column=Column(String(16), nullable=False))
    usable: bool = Field(sa_column=Column(Boolean, nullable=False))


PLANS: Table = SQLModel.metadata.tables[f"{SCHEMA}.plans"]
PATCHES: Table = SQLModel.metadata.tables[f"{SCHEMA}.patches"]
PATCH_ANSWERS: Table = SQLModel.metadata.tables[f"{SCHEMA}.patch_answers"]
