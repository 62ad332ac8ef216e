"""`/v1/snapshots`."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Body, Query
from fastapi.responses import FileResponse

from ...core.dependencies import Snapshots
from .schemas import SnapshotItem, SnapshotListResponse, SnapshotPartResponse, SnapshotResponse

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


@router.put("/{name}/content", summary="A part of a snapshot's file that comes from elsewhere")
async def receive_part(
    name: str,
    content: Annotated[bytes, Body(media_type="application/octet-stream")],
    service: Snapshots,
    offset: Annotated[int, Query(ge=0, description="Bytes that came before; 0 starts anew.")] = 0,
) -> SnapshotPartResponse:
    return SnapshotPartResponse(size=await service.receive(name, offset=offset, content=content))


@router.post("/{name}/content", status_code=201, summary="Take the file up when all its parts are there")
async def take_up(name: str, service: Snapshots) -> SnapshotResponse:
    return SnapshotResponse(**asdict(await service.received(name)))
