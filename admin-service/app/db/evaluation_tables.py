"""The tables of evaluations: what is compared, each case of each variant, and what was released by which verdict."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from . import SCHEMA
from .models import Table, _json, _text, _time


class Evaluation(Table, table=True):
    """Cases × variants × repeats. `cases` and `variants` are kept as they were at the start."""

    __tablename__ = "evaluations"

    id: str = Field(sa_column=_text(primary_key=True))
    name: str = Field(sa_column=_text())
    framework: str = Field(sa_column=_text())
    status: str = Field(sa_column=_text())
    variants: list[dict[str, Any]] = Field(sa_column=_json())
    cases: list[dict[str, Any]] = Field(sa_column=_json())
    repeats: int
    reference: int
    concurrency: int
    judge: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    pack: dict[str, Any] = Field(sa_column=_json())
    scoring_version: str = Field(sa_column=_text())
    runner: str | None = Field(default=None, sa_column=_text(optional=True))
    """The run of the job that works on it: results of an earlier one are refused."""
    created_by: str = Field(sa_column=_text())
    created_at: datetime = Field(sa_column=_time())
    started_at: datetime | None = Field(default=None, sa_column=_time(optional=True))
    ended_at: datetime | None = Field(default=None, sa_column=_time(optional=True))


class EvaluationItem(Table, table=True):
    """One case of one variant, generated once; done when it has measures and, where one is wanted, its judgement."""

    __tablename__ = "evaluation_items"
    __table_args__ = (
        Index("evaluation_items_open", "evaluation_id", "number", postgresql_where=text("measures IS NULL")),
    )

    evaluation_id: str = Field(
        sa_column=Column(Text, ForeignKey(f"{SCHEMA}.evaluations.id", ondelete="CASCADE"), primary_key=True)
    )
    number: int = Field(sa_column=Column(Integer, primary_key=True, autoincrement=False))
    variant: int
    case_id: str = Field(sa_column=_text())
    repeat: int
    generation_id: str | None = Field(default=None, sa_column=_text(optional=True))
    measures: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    judgement: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    done_at: datetime | None = Field(default=None, sa_column=_time(optional=True))


class Release(Table, table=True):
    """What was put into production, by which verdict or whose overruling. The newest of a subject is in force."""

    __tablename__ = "releases"
    __table_args__ = (Index("releases_subject", "kind", "subject", "id"),)

    id: str = Field(sa_column=_text(primary_key=True))
    kind: str = Field(sa_column=_text())
    subject: str = Field(sa_column=_text())
    value: str = Field(sa_column=_text())
    before: str = Field(sa_column=_text())
    """What was there; empty for nothing."""
    verdict: dict[str, Any] = Field(sa_column=_json())
    overruled: str = Field(default="", sa_column=_text())
    """The reason of who overruled the gate."""
    served: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    """Of an engine: what it serves as `value`, and what served as `before`."""
    undoes: str | None = Field(default=None, sa_column=_text(optional=True))
    """The release that this one takes back."""
    released_by: str = Field(sa_column=_text())
    released_at: datetime = Field(sa_column=_time())


class Experiment(Table, table=True):
    """An A/B test: generations that name no engine go to its arms by weight. One runs at a time."""

    __tablename__ = "experiments"
    __table_args__ = (Index("experiments_running", "status", unique=True, postgresql_where=text("status = 'running'")),)

    id: str = Field(sa_column=_text(primary_key=True))
    name: str = Field(sa_column=_text())
    status: str = Field(sa_column=_text())
    sticky: str = Field(sa_column=_text())
    arms: list[dict[str, Any]] = Field(sa_column=_json())
    planned_units: int = Field(sa_column=Column(Integer, nullable=False, server_default="20"))
    """So many users, or sessions, in each arm; whether arms differ is said from there on."""
    created_by: str = Field(sa_column=_text())
    created_at: datetime = Field(sa_column=_time())
    ended_at: datetime | None = Field(default=None, sa_column=_time(optional=True))
