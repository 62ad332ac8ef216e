"""`/v1/snapshots`."""

from dataclasses import asdict

from fastapi import APIRouter
from fastapi.responses import FileResponse

from ...core.dependencies import Snapshots
from .schemas import SnapshotItem, SnapshotListResponse, SnapshotResponse

router = APIRouter(prefix="/v1/snapshots", tags=["snapshots"])


@router.post("", status_code=201, summary="Back up all collections")
async def create_snapshot(service: Snapshots) -> SnapshotResponse:
    return SnapshotResponse(**asdict(await service.create()))


@router.get("", summary="The snapshots that there are, newest first")
async def list_snapshots(service: Snapshots) -> SnapshotListResponse:
    found = await service.names()
    return SnapshotListResponse(snapshots=[SnapshotItem(name=name, size=size) for name, size in found])


@router.get("/{name}", summary="A snapshot's file", response_class=FileResponse)
async def read_snapshot(name: str, service: Snapshots) -> FileResponse:
    return FileResponse(service.path_of(name), media_type="application/gzip", filename=name)


@router.post("/{name}/restore", summary="Put a snapshot in the place of what is there")
async def restore_snapshot(name: str, service: Snapshots) -> SnapshotResponse:
    return SnapshotResponse(**asdict(await service.restore(name)))
