"""The wire models of what is learnt, for admin-service."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from ...learning.distance import EditDistance
from ...learning.figures import ModelFigures, Rate


class CandidateLine(BaseModel):
    """An accepted screen; the prompt is scrubbed."""

    generation_id: str
    created_at: datetime
    user_id: str
    prompt: str
    framework: str | None
    engine: str | None
    model: str | None
    rating: int | None
    consent: bool
    distance: EditDistance | None


class CandidateListResponse(BaseModel):
    items: list[CandidateLine]
    next_cursor: str | None = None


class CandidateFile(BaseModel):
    """`diff` is unified, from the emitted to the accepted file; empty where nobody changed it."""

    path: str
    language: str
    content: str
    diff: str


class CandidateResponse(CandidateLine):
    """Everything scrubbed; `scrubbed` counts what was taken out, by kind."""

    comment: str | None
    pattern: str | None
    title: str
    spec: dict[str, Any] | None
    files: list[CandidateFile]
    scrubbed: dict[str, int]


class EditFormatFigures(BaseModel):
    """`unusable`: a model's first answers to plans that could not be applied, of all in this form."""

    model: str
    edit_format: str
    unusable: Rate


class FiguresResponse(BaseModel):
    """`records`: so many generations were looked at."""

    since: datetime
    records: int
    models: list[ModelFigures]
    edit_formats: list[EditFormatFigures]


class PreviewResponse(BaseModel):
    html: str


class WithdrawnResponse(BaseModel):
    """Generations whose consent was taken back."""

    generation_ids: list[str]
