"""The real retrieval in this process: embedding-service beside it, the shipped pack, a store of its own."""

import asyncio
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from app.core.clients.admin import AdminClient
from app.core.clients.embedding import EmbeddingClient, Vectors
from app.core.context import ProcessContext, Upstreams, build_context
from app.core.hits import Hit
from app.core.qdrant import open_store
from app.core.settings import RagSettings

from chassis.local_postgres import free_port
from chassis.tokens import ServiceTokens

ROOT = Path(__file__).parents[2]
FRAMEWORK = "xframe5"
_READY_S = 120


@dataclass(frozen=True, slots=True)
class Bench:
    context: ProcessContext
    embedding: EmbeddingClient
    folder: Path
    """Of the embedded store."""

    @property
    def trees(self) -> Path:
        """Where what may be indexed as code lies."""
        return self.folder / "trees"

    async def vectors(self, text: str) -> Vectors:
        """Of the query as it stands, without the help that the service gives it."""
        return await self.embedding.query(text, [text])

    async def reranked(self, query: str, hits: Sequence[Hit]) -> tuple[str, list[str]]:
        """By which method embedding-service reranks, and the order that search gives the hits with it."""
        if not hits:
            return "", []
        body = {"query": query, "documents": [f"{hit.title}. {hit.text}"[:1000] for hit in hits]}
        answer = await self.embedding.request_json("POST", "/v1/rerank", body=body)
        scores = {hits[item["index"]].id: item["relevance_score"] for item in answer["results"]}
        ordered = sorted(hits, key=lambda hit: -(hit.score + scores[hit.id]))
        return str(answer["method"]), [hit.id for hit in ordered]


@asynccontextmanager
async def running_bench(*, repositories: bool = False) -> AsyncIterator[Bench]:
    """Starts embedding-service (or takes `EMBEDDING_URL`), indexes the pack, and cleans up.

    `repositories`: without the pack, for code in `Bench.trees` alone.
    """
    secret = os.environ.get("FRAMEWRIGHT_SERVICE_SECRET") or secrets.token_hex(32)
    async with embedding_service(secret) as url:
        with tempfile.TemporaryDirectory() as folder:
            settings = RagSettings.model_validate(
                {
                    "service_secret": secret,
                    "embedding_url": url,
                    "qdrant_path": Path(folder) / "store",
                    "repositories_state": Path(folder) / "repositories",
                    "packs_dir": Path(folder) / "none" if repositories else ROOT / "frameworks",
                    "repository_paths": str(Path(folder) / "trees"),
                    "more_packs": "",
                    "qdrant_url": None,
                    "qdrant_host": None,
                    "index_limit_s": 600,
                    "rerank_model": "",
                }
            )
            tokens = ServiceTokens(service="rag-service", secret=secret)
            embedding = EmbeddingClient(base_url=url, tokens=tokens, query_limit_s=30, index_limit_s=600)
            admin = AdminClient(base_url="http://127.0.0.1:9", tokens=tokens)
            context = build_context(settings, open_store(settings), Upstreams(embedding, admin))
            try:
                if not repositories:
                    await context.indexer.run()
                yield Bench(context, embedding, Path(folder))
            finally:
                await context.close()


@asynccontextmanager
async def embedding_service(secret: str) -> AsyncIterator[str]:
    given = os.environ.get("EMBEDDING_URL")
    if given:
        yield given
        return
    port = free_port()
    process = subprocess.Popen(  # noqa: ASYNC220, S603 - our own service; nothing else runs in this loop meanwhile
        [sys.executable, "-m", "chassis.server", "app.main:create_app", "--port", str(port)],
        cwd=ROOT / "embedding-service",
        env={**os.environ, "FRAMEWRIGHT_SERVICE_SECRET": secret, "FRAMEWRIGHT_LOG_LEVEL": "error"},
    )
    try:
        await _until_ready(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


async def _until_ready(url: str) -> None:
    async with httpx.AsyncClient() as client, asyncio.timeout(_READY_S):
        while True:
            try:
                if (await client.get(f"{url}/readyz")).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.2)
