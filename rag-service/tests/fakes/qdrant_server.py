"""A fake Qdrant server over HTTP: every request is held to qdrant-client's own models, its local mode does the work.

What a real server refuses because of its form is refused here too; how it ranks, and what load does, is not shown.
"""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError
from qdrant_client import AsyncQdrantClient
from qdrant_client.http import models

from chassis.testing import running

M = TypeVar("M", bound=BaseModel)


class FakeQdrantServer:
    """`away`: it answers 503, as a server that starts does. `requests` says what was asked."""

    def __init__(self) -> None:
        self.client = AsyncQdrantClient(":memory:")
        self.lock = asyncio.Lock()
        self.away = False
        self.requests: list[str] = []
        self.app = FastAPI()
        self.app.add_api_route("/{path:path}", self._answer, methods=["GET", "PUT", "POST", "DELETE"])

    async def _answer(self, path: str, request: Request) -> JSONResponse:
        self.requests.append(f"{request.method} /{path}")
        if self.away:
            return JSONResponse({"status": {"error": "Service unavailable"}}, 503)
        body = json.loads(await request.body() or b"null")
        try:
            async with self.lock:
                result = await self._done(request.method, path.split("/"), body)
        except ValidationError as error:
            return JSONResponse({"status": {"error": f"Format error: {error}"}}, 400)
        except ValueError as error:
            return JSONResponse({"status": {"error": f"Not found: {error}"}}, 404)
        return JSONResponse({"result": _plain(result), "status": "ok", "time": 0.0})

    async def _done(self, method: str, path: list[str], body: Any) -> Any:
        match method, path:
            case "GET", ["collections"]:
                return await self.client.get_collections()
            case "GET", ["collections", name, "exists"]:
                return {"exists": await self.client.collection_exists(name)}
            case "PUT", ["collections", name]:
                return await self._create(name, _valid(models.CreateCollection, body))
            case "DELETE", ["collections", name]:
                return await self.client.delete_collection(name)
            case "PUT", ["collections", name, "index"]:
                index = _valid(models.CreateFieldIndex, body)
                return await self.client.create_payload_index(name, index.field_name, index.field_schema)
            case _, ["collections", name, "points", *rest]:
                return await self._points(name, "/".join([method, *rest]), body)
        raise ValueError(f"{method} {'/'.join(path)}")

    async def _create(self, name: str, wanted: models.CreateCollection) -> bool:
        return await self.client.create_collection(
            name, vectors_config=wanted.vectors or {}, sparse_vectors_config=wanted.sparse_vectors
        )

    async def _points(self, name: str, operation: str, body: Any) -> Any:
        match operation:
            case "PUT":
                return await self.client.upsert(name, _valid(models.PointsList, body).points)
            case "POST/delete":
                return await self.client.delete(name, _valid(models.PointIdsList, body))
            case "POST/batch":
                return await self.client.batch_update_points(name, _valid(models.UpdateOperations, body).operations)
            case "POST/scroll":
                asked = _valid(models.ScrollRequest, body)
                points, following = await self.client.scroll(
                    name, asked.filter, limit=asked.limit or 10, offset=asked.offset,
                    with_payload=asked.with_payload or False, with_vectors=asked.with_vector or False,
                )  # fmt: skip
                return {"points": points, "next_page_offset": following}
            case "POST/query/batch":
                searches = _valid(models.QueryRequestBatch, body).searches
                return await self.client.query_batch_points(name, searches)
        raise ValueError(operation)


@contextmanager
def running_fake_qdrant() -> Iterator[tuple[str, FakeQdrantServer]]:
    fake = FakeQdrantServer()
    with running(fake.app) as url:
        yield url, fake


def _valid(model: type[M], body: Any) -> M:
    """The request as the server's schema has it: what it does not know is refused."""
    return model.model_validate(body)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
