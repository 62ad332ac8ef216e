"""`python -m evaluation.code_score`: Recall@5 and MRR of code search over this repository's own services."""

import argparse
import asyncio
import os
import secrets
import subprocess
import tarfile
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from app.core.clients.admin import AdminClient
from app.core.clients.embedding import EmbeddingClient
from app.core.context import ProcessContext, Upstreams, build_context
from app.core.qdrant import open_store
from app.core.settings import RagSettings

from chassis.tokens import ServiceTokens

from .bench import ROOT, embedding_service
from .metrics import Scores, mean, score

QUERIES = Path(__file__).parent / "code.yaml"
SOURCES = (
    "libs/chassis/src", "libs/screenspec/src", "gateway/app", "intent-service/app", "rag-service/app",
    "embedding-service/app", "postprocess-service/app",
)  # fmt: skip
BAR = 0.85


@asynccontextmanager
async def indexed() -> AsyncIterator[ProcessContext]:
    """The committed code of our services, indexed by embedding-service at `EMBEDDING_URL`, else by one of its own."""
    secret = os.environ.get("FRAMEWRIGHT_SERVICE_SECRET") or secrets.token_hex(32)
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        packed = subprocess.run(  # noqa: ASYNC221, S603 - nothing else runs in this loop meanwhile
            ["git", "archive", "HEAD", *SOURCES],  # noqa: S607 - of the developer's PATH
            cwd=ROOT, check=True, capture_output=True,
        )  # fmt: skip
        with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
            archive.extractall(tree, filter="data")
        async with embedding_service(secret) as url:
            settings = RagSettings.model_validate(
                {
                    "service_secret": secret, "embedding_url": url, "qdrant_path": Path(folder) / "store",
                    "packs_dir": Path(folder), "more_packs": "", "qdrant_url": None, "qdrant_host": None,
                    "repository_paths": str(tree),
                }
            )  # fmt: skip
            tokens = ServiceTokens(service="rag-service", secret=secret)
            upstreams = Upstreams(
                EmbeddingClient(base_url=url, tokens=tokens, query_limit_s=30, index_limit_s=600),
                AdminClient(base_url="http://127.0.0.1:9", tokens=tokens),
            )
            context = build_context(settings, open_store(settings), upstreams)
            context.tasks.append(asyncio.create_task(context.code.worker.run_forever()))
            try:
                await _until_indexed(context, str(tree))
                _check_files(tree)
                yield context
            finally:
                await context.close()


async def _until_indexed(context: ProcessContext, tree: str) -> None:
    began = time.monotonic()
    record = await context.code.repositories.create("ours", "", "path", tree)
    while record.state in {"queued", "indexing"}:
        await asyncio.sleep(0.5)
        record = context.code.repositories.one(record.id)
    progress = record.progress
    seconds = time.monotonic() - began
    print(f"{record.state}: {progress.files} files, {progress.chunks} chunks in {seconds:.1f} s {record.message}")


def _check_files(tree: Path) -> None:
    gone = {path for item in code_queries() for path in item["grades"] if not (tree / path).is_file()}
    if gone:
        raise SystemExit(f"code.yaml names files that are not there: {', '.join(sorted(gone))}")


def code_queries() -> list[dict[str, Any]]:
    """`query`, `language`, and `grades`: 3 answers it, 2 helps, by file."""
    queries: list[dict[str, Any]] = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    return queries


async def main(*, misses: bool) -> int:
    table: dict[str, list[Scores]] = defaultdict(list)
    async with indexed() as context:
        for item in code_queries():
            result = await context.code.search.search(item["query"], repositories=None, limit=5, threshold=None)
            files = list(dict.fromkeys(hit.id.split(":")[1] for hit in result.hits))
            relevant = {path for path, grade in item["grades"].items() if grade == 3}
            scores = score(files, item["grades"], relevant)
            for name in ("all", item["language"]):
                table[name].append(scores)
            if misses and scores.recall < 1:
                print(
                    f"{item['language']} {item['query']!r} {sorted(relevant)} -> {[hit.title for hit in result.hits]}"
                )
    for name, scores_of in sorted(table.items()):
        total = mean(scores_of)
        print(f"{name:4} {len(scores_of):3} queries: Recall@5 {total.recall:.3f}, MRR {total.mrr:.3f}")
    return 0 if mean(table["all"]).recall >= BAR else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Score code search; ends with 1 under the bar.")
    parser.add_argument("--misses", action="store_true", help="name the queries that miss a relevant file")
    raise SystemExit(asyncio.run(main(misses=parser.parse_args().misses)))
