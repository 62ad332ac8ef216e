"""The wire models of batches."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field


class BatchAccepted(BaseModel):
    batch_id: str
    total: int
    status: Literal["running"] = "running"


class Batch(BaseModel):
    """`counts`: rows by status. `eta_s`: seconds until the end at the pace so far; null before the first row's end."""

    batch_id: str
    name: str
    status: Literal["running", "cancelling", "completed", "cancelled"]
    created_at: datetime
    ended_at: datetime | None = None
    total: int
    done: int
    counts: dict[str, int]
    eta_s: float | None = None


class BatchListResponse(BaseModel):
    items: list[Batch]
    next_cursor: str | None = None


class BatchLine(BaseModel):
    """A row of the file and its generation; `row` counts from 1, below the file's first line."""

    row: int
    generation_id: str
    prompt: str
    status: str
    kind: str | None = None
    engine: str | None = None
    degraded: bool = False
    duration_ms: float | None = None
    artifacts: list[str] = []
    problem: dict[str, Any] | None = None


class BatchRowsResponse(BaseModel):
    items: list[BatchLine]
    next_row: int | None = Field(None, description="For the page that follows, as `after`; null at the end.")


class BatchCancelled(BaseModel):
    batch_id: str
    cancelled: int
