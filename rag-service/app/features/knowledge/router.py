"""`/v1/knowledge`."""

from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Annotated

import orjson
from fastapi import APIRouter, Header, Query
from fastapi.responses import StreamingResponse

from chassis import sse
from chassis.errors import problem

from ...core.dependencies import Knowledge
from ...core.entries import Origin
from .indexer import IndexProgress
from .schemas import (
    ExampleScreenItem,
    ExampleScreensResponse,
    FrameworkStatus,
    KnowledgeIndexCompleted,
    KnowledgeIndexProgress,
    KnowledgeIndexResponse,
    KnowledgeStatusResponse,
)
from .service import IndexEnd

router = APIRouter(prefix="/v1/knowledge", tags=["knowledge"])


@router.get("/status", summary="Entries known and indexed, by framework")
async def read_status(service: Knowledge) -> KnowledgeStatusResponse:
    states = service.status()
    return KnowledgeStatusResponse({name: FrameworkStatus(**asdict(state)) for name, state in states.items()})


@router.post(
    "/index",
    response_model=KnowledgeIndexResponse,
    responses={200: {"content": {sse.MEDIA_TYPE: {"schema": {"type": "string"}}}}},
    summary="Read packs and overlays again and index what changed, or everything",
)
async def index(
    service: Knowledge,
    *,
    everything: Annotated[bool, Query(description="Embed what has not changed too")] = False,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> KnowledgeIndexResponse | StreamingResponse:
    """With `Accept: text/event-stream`: `progress` …, then `completed`, or `failed` with a problem.

    The run goes on whether or not somebody listens.
    """
    if sse.MEDIA_TYPE in accept:
        events = _events(service.follow_index(everything=everything))
        return StreamingResponse(events, media_type=sse.MEDIA_TYPE, headers=sse.HEADERS)
    return KnowledgeIndexResponse(**asdict(await service.index(everything=everything)))


async def _events(run: AsyncIterator[IndexProgress | IndexEnd]) -> AsyncIterator[bytes]:
    async for item in run:
        if isinstance(item, IndexProgress):
            document = KnowledgeIndexProgress(**asdict(item))
            yield sse.encode(document.model_dump_json(), event="progress")
        elif item.report is not None:
            completed = KnowledgeIndexCompleted(**asdict(item.report), ms=item.ms)
            yield sse.encode(completed.model_dump_json(), event="completed")
        elif item.error is not None:
            yield sse.encode(orjson.dumps(problem(item.error, instance="/v1/knowledge/index")), event="failed")


@router.get("/examples", summary="Whole screens that prompts may carry: the packs' own, and accepted ones")
async def list_examples(
    service: Knowledge, framework: str | None = None, pattern: str | None = None, origin: Origin | None = None
) -> ExampleScreensResponse:
    found = service.examples(framework=framework, pattern=pattern, origin=origin)
    return ExampleScreensResponse(items=[ExampleScreenItem(**asdict(item)) for item in found])
