"""`python -m evaluation.code_score`: Recall@5 and MRR of code search over our own services and two libraries."""

import argparse
import asyncio
import subprocess
import tarfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Literal

import yaml
from app.core.context import ProcessContext

from .bench import ROOT, running_bench
from .metrics import Scores, mean, score

Repository = Literal["ours", "libraries"]
QUERIES: dict[Repository, Path] = {
    "ours": Path(__file__).parent / "code.yaml",
    "libraries": Path(__file__).parent / "code_libraries.yaml",
}
SOURCES = (
    "libs/chassis/src", "libs/screenspec/src", "gateway/app", "intent-service/app", "rag-service/app",
    "embedding-service/app", "postprocess-service/app",
)  # fmt: skip
LIBRARIES = ("starlette", "httpx")
"""Installed with our own requirements, both under a BSD licence: nothing of them lies in this repository."""
BAR = 0.85


@dataclass(frozen=True, slots=True)
class CodeQuery:
    """`grades` by file: 3 answers it, 2 helps."""

    repository: Repository
    language: str
    text: str
    grades: dict[str, int]

    @property
    def held_out(self) -> bool:
        """Never looked at while tuning: decided by the query's own hash."""
        return blake2b(self.text.encode(), digest_size=1).digest()[0] % 2 == 1

    @property
    def relevant(self) -> set[str]:
        return {path for path, grade in self.grades.items() if grade == 3}


def code_queries() -> list[CodeQuery]:
    return [
        CodeQuery(repository, item["language"], item["query"], item["grades"])
        for repository, file in QUERIES.items()
        for item in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def own_tree(folder: Path) -> None:
    """The committed code of our services."""
    packed = subprocess.run(  # noqa: S603 - our own repository
        ["git", "archive", "HEAD", *SOURCES],  # noqa: S607 - of the developer's PATH
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")


def library_tree(folder: Path) -> None:
    for name in LIBRARIES:
        spec = find_spec(name)
        if spec is None or not spec.submodule_search_locations:
            raise SystemExit(f"{name} is not installed")
        copytree(spec.submodule_search_locations[0], folder / name, ignore=ignore_patterns("__pycache__"))


@asynccontextmanager
async def indexed() -> AsyncIterator[ProcessContext]:
    """Both trees, indexed by embedding-service at `EMBEDDING_URL`, else by one of its own."""
    async with running_bench(repositories=True) as bench:
        context = bench.context
        context.tasks.append(asyncio.create_task(context.code.worker.run_forever()))
        for name, write in (("ours", own_tree), ("libraries", library_tree)):
            tree = bench.trees / name
            tree.mkdir(parents=True)
            write(tree)
            _check_files(name, tree)
            await _until_indexed(context, name, tree)
        yield context


async def _until_indexed(context: ProcessContext, name: str, tree: Path) -> None:
    began = time.monotonic()
    record = await context.code.repositories.create(name, "", "path", str(tree))
    while record.state in {"queued", "indexing"}:
        await asyncio.sleep(0.5)
        record = context.code.repositories.one(record.id)
    progress = record.progress
    seconds = time.monotonic() - began
    speed = progress.chunks / seconds
    print(
        f"{name} {record.state}: {progress.files} files, {progress.chunks} chunks in {seconds:.1f} s "
        f"({speed:.0f} a second) {record.message}"
    )


def _check_files(name: str, tree: Path) -> None:
    wanted = {path for query in code_queries() if query.repository == name for path in query.grades}
    gone = sorted(path for path in wanted if not (tree / path).is_file())
    if gone:
        raise SystemExit(f"{name}: queries name files that are not there: {', '.join(gone)}")


async def main(*, misses: bool) -> int:
    table: dict[tuple[str, str], list[Scores]] = defaultdict(list)
    async with indexed() as context:
        for query in code_queries():
            found = await context.code.search.search(
                query.text, repositories=[query.repository], limit=5, threshold=None
            )
            files = list(dict.fromkeys(hit.id.split(":")[1] for hit in found.hits))
            scores = score(files, query.grades, query.relevant)
            half = "held-out" if query.held_out else "tuning"
            for name in ("all", query.language, query.repository):
                table[half, name].append(scores)
            if misses and scores.recall < 1 and not query.held_out:
                titles = [hit.title for hit in found.hits]
                print(f"{query.language} {query.text!r} {sorted(query.relevant)} -> {titles}")
    for (half, name), scores_of in sorted(table.items()):
        total = mean(scores_of)
        print(f"{half:8} {name:9} {len(scores_of):3} queries: Recall@5 {total.recall:.3f}, MRR {total.mrr:.3f}")
    recall = mean(table["held-out", "all"]).recall
    if recall < BAR:
        print(f"UNDER THE BAR {recall:.3f} ({BAR})")
    return 0 if recall >= BAR else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description="Score code search; ends with 1 where the held-out half is under the bar."
    )
    parser.add_argument("--misses", action="store_true", help="name the queries of the tuning half that miss a file")
    raise SystemExit(asyncio.run(main(misses=parser.parse_args().misses)))
