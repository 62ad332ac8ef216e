"""One contract, every store: embedded, qdrant-client's local mode, a fake server, and a real one at QDRANT_URL."""

import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import pytest_asyncio
import yaml
from app.core.qdrant import (
    DENSE,
    KEYWORDS,
    SPARSE,
    Lookup,
    Point,
    SparseVector,
    StoreFailed,
    StoreLocked,
    VectorStore,
    Where,
    open_store,
)
from app.core.qdrant_embedded import EmbeddedQdrant
from app.core.qdrant_server import QdrantServer
from app.features.knowledge.indexer import PREFIX
from qdrant_client import AsyncQdrantClient
from tests.conftest import make_settings
from tests.fakes.qdrant_server import running_fake_qdrant

KINDS = ["embedded", "local", "fake server", *(["server"] if os.environ.get("QDRANT_URL") else [])]
NAME = f"contract-{uuid4().hex[:8]}"


def _points() -> list[Point]:
    return [
        Point(
            f"00000000-0000-0000-0000-{number:012d}",
            [1.0, number / 10, 0.0, 0.0],
            SparseVector([1, 10 + number], [1.0, 0.5]),
            {"kind": "even" if number % 2 == 0 else "odd", "names": [f"name{number}"], "hash": str(number)},
        )
        for number in range(6)
    ]


@pytest_asyncio.fixture(name="store", params=KINDS)
async def _store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[VectorStore]:
    with ExitStack() as stack:
        store: VectorStore
        if request.param == "embedded":
            store = EmbeddedQdrant(tmp_path / "store")
        elif request.param == "local":
            store = QdrantServer(AsyncQdrantClient(":memory:"))
        else:
            url = os.environ.get("QDRANT_URL", "")
            if request.param == "fake server":
                url, _ = stack.enter_context(running_fake_qdrant())
            store = QdrantServer.connect(url, api_key=None)
        await store.ensure(NAME, dimension=4, keywords=["kind", "names"])
        await store.upsert(NAME, _points())
        yield store
        await store.drop(NAME)
        await store.close()


pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect in the local Qdrant:UserWarning")


async def test_both_sides_rank(store: VectorStore):  # R1.3 R5.3
    dense, sparse = await store.search(
        NAME, dense=[1.0, 0.0, 0.0, 0.0], sparse=SparseVector([1, 14], [1.0, 1.0]), where=Where(), limit=3
    )
    assert [match.payload["hash"] for match in dense] == ["0", "1", "2"]
    assert dense[0].score == pytest.approx(1.0)
    assert sparse[0].payload["hash"] == "4"
    assert sparse[0].score > sparse[1].score


async def test_rare_terms_weigh_more_than_common_ones(store: VectorStore):
    _, sparse = await store.search(NAME, dense=None, sparse=SparseVector([1, 13], [1.0, 1.0]), where=Where(), limit=6)
    assert sparse[0].payload["hash"] == "3"
    assert sparse[0].score > 2 * sparse[1].score


async def test_filters_hold_on_both_sides(store: VectorStore):
    where = Where({"kind": ["odd"], "names": ["name1", "name2", "name3"]})
    dense, sparse = await store.search(
        NAME, dense=[1.0, 0.0, 0.0, 0.0], sparse=SparseVector([1], [1.0]), where=where, limit=9
    )
    assert {match.payload["hash"] for match in dense} == {match.payload["hash"] for match in sparse} == {"1", "3"}


async def test_a_payload_is_changed_without_its_vectors(store: VectorStore):
    name = _points()[2].id
    await store.relabel(NAME, {name: {"kind": "other"}})
    await store.relabel(NAME, {})
    dense, _ = await store.search(
        NAME, dense=[1.0, 0.2, 0.0, 0.0], sparse=None, where=Where({"kind": ["other"]}), limit=9
    )
    assert [(match.id, match.payload["hash"]) for match in dense] == [(name, "2")]
    assert dense[0].score == pytest.approx(1.0)


async def test_a_point_without_a_sparse_vector_is_found_by_its_dense_one(store: VectorStore):
    bare = Point("00000000-0000-0000-0000-000000000099", [0.0, 0.0, 1.0, 0.0], None, {"kind": "bare"})
    await store.upsert(NAME, [bare])
    dense, sparse = await store.search(
        NAME, dense=[0.0, 0.0, 1.0, 0.0], sparse=SparseVector([1], [1.0]), where=Where(), limit=9
    )
    assert dense[0].id == bare.id
    assert bare.id not in {match.id for match in sparse}
    pages = [page async for page in store.points(NAME)]
    assert next(point for page in pages for point in page if point.id == bare.id).sparse is None


async def test_scores_alone_come_by_the_points_numbers(store: VectorStore):
    odd = Where({"kind": ["odd"]})
    dense, sparse, none = await store.scores(
        NAME,
        [
            Lookup([1.0, 0.0, 0.0, 0.0], odd, 2),
            Lookup(SparseVector([13], [1.0]), Where(), 9),
            Lookup(SparseVector([], []), Where(), 9),
        ],
    )
    assert [number for number, _ in dense] == [UUID(_points()[place].id).int for place in (1, 3)]
    assert [number for number, _ in sparse] == [UUID(_points()[3].id).int]
    assert none == []
    found, _ = await store.search(NAME, dense=[1.0, 0.0, 0.0, 0.0], sparse=None, where=odd, limit=2)
    assert [score for _, score in dense] == pytest.approx([match.score for match in found])


async def test_a_side_that_is_not_asked_finds_nothing(store: VectorStore):
    assert await store.search(NAME, dense=None, sparse=None, where=Where(), limit=3) == ([], [])
    _, sparse = await store.search(NAME, dense=None, sparse=SparseVector([], []), where=Where(), limit=3)
    assert sparse == []


async def test_points_are_replaced_and_deleted(store: VectorStore):
    first, second, *_ = _points()
    await store.upsert(NAME, [Point(first.id, first.dense, first.sparse, {"kind": "new", "hash": "x"})])
    await store.delete(NAME, [second.id])
    found = await store.payloads(NAME, fields=["hash"], where=Where())
    assert len(found) == 5
    assert found[first.id] == {"hash": "x"}
    assert list(await store.payloads(NAME, fields=["hash"], where=Where({"kind": ["new"]}))) == [first.id]


async def test_making_a_collection_twice_keeps_it(store: VectorStore):
    await store.ensure(NAME, dimension=4, keywords=["kind"])
    assert len(await store.payloads(NAME, fields=[], where=Where())) == 6
    assert NAME in await store.collections()
    assert "collections" in await store.check()


async def test_what_is_not_there_is_a_store_error(store: VectorStore):
    with pytest.raises(StoreFailed):
        await store.search("nowhere", dense=[1.0, 0, 0, 0], sparse=None, where=Where(), limit=1)


async def test_the_embedded_store_keeps_what_it_has(tmp_path: Path):
    store = EmbeddedQdrant(tmp_path)
    await store.ensure(NAME, dimension=4, keywords=["kind"])
    await store.upsert(NAME, _points())
    await store.close()
    again = EmbeddedQdrant(tmp_path)
    assert len(await again.payloads(NAME, fields=[], where=Where())) == 6
    await again.close()


def test_a_second_owner_is_refused_and_the_lock_is_named(tmp_path: Path):
    store = EmbeddedQdrant(tmp_path)
    with pytest.raises(StoreLocked, match=r"store\.lock"):
        EmbeddedQdrant(tmp_path)
    store._lock.release()


def test_nothing_is_lost_by_kill_9(tmp_path: Path):  # R5.3
    script = (
        "import asyncio, os, sys; from pathlib import Path\n"
        "from app.core.qdrant_embedded import EmbeddedQdrant\n"
        "from tests.integration.test_store import NAME, _points\n"
        "async def main():\n"
        "    store = EmbeddedQdrant(Path(sys.argv[1]))\n"
        "    await store.ensure(NAME, dimension=4, keywords=[])\n"
        "    await store.upsert(NAME, _points())\n"
        "    os.kill(os.getpid(), 9)\n"
        "asyncio.run(main())\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False, cwd=Path(__file__).parents[2])
    assert killed.returncode == -9
    store = EmbeddedQdrant(tmp_path)
    assert next(iter(store._shards.values())).info().points_count == 6
    store._lock.release()


def test_settings_choose_the_store(tmp_path: Path):  # R5.10
    assert make_settings(tmp_path, qdrant_host="db").server_url == "http://db:6333"
    assert make_settings(tmp_path, qdrant_host="db", qdrant_url="http://other:1").server_url == "http://other:1"
    server = open_store(make_settings(tmp_path, qdrant_url="http://127.0.0.1:9"))
    assert isinstance(server, QdrantServer)


async def test_a_server_that_is_away_is_a_store_error():
    store = QdrantServer.connect("http://127.0.0.1:9", api_key=None)
    with pytest.raises(StoreFailed):
        await store.check()
    await store.close()


async def test_all_points_come_with_their_vectors(store: VectorStore):
    pages = [page async for page in store.points(NAME)]
    found = {point.id: point for page in pages for point in page}
    assert len(found) == 6
    assert found[_points()[4].id].sparse == SparseVector([1, 14], [1.0, 0.5])
    assert found[_points()[0].id].dense == pytest.approx([1.0, 0.0, 0.0, 0.0])
    assert found[_points()[3].id].payload["kind"] == "odd"


def test_the_documented_schema_is_the_codes():
    document = yaml.safe_load((Path(__file__).parents[3] / "vector-db" / "collections.yaml").read_text("utf-8"))
    knowledge = document["knowledge"]
    assert knowledge["prefix"] == PREFIX
    assert set(knowledge["payload_indexes"]) == set(KEYWORDS)
    assert (list(knowledge["vectors"]), list(knowledge["sparse_vectors"])) == ([DENSE], [SPARSE])
