"""Snapshots on the wire."""

from pydantic import BaseModel


class SnapshotResponse(BaseModel):
    name: str
    size: int
    points: dict[str, int]


class SnapshotItem(BaseModel):
    name: str
    size: int


class SnapshotListResponse(BaseModel):
    snapshots: list[SnapshotItem]


class SnapshotPartResponse(BaseModel):
    size: int
