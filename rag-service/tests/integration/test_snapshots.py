"""Backup and restore, also from one kind of store to the other."""

import gzip
from pathlib import Path

import pytest
from app.core.qdrant import Point, SparseVector, Where
from app.core.qdrant_embedded import EmbeddedQdrant
from app.core.qdrant_server import QdrantServer
from app.features.snapshots.service import SnapshotService
from qdrant_client import AsyncQdrantClient
from tests.conftest import indexed, wait_until

from chassis.errors import NotFound, Unprocessable

pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect in the local Qdrant:UserWarning")


def test_a_restored_index_searches_as_before(client):  # R5.3
    query = {"query": "체크된 행을 삭제", "framework": "demo"}
    wait_until(lambda: client.post("/v1/knowledge/index").json()["embedded"] == 0)
    before = client.post("/v1/search", json=query).json()
    made = client.post("/v1/snapshots")
    assert made.status_code == 201
    name = made.json()["name"]
    assert list(made.json()["points"].values()) == [11]  # three entries and what they are asked by
    assert client.get("/v1/snapshots").json()["snapshots"] == [{"name": name, "size": made.json()["size"]}]
    assert len(client.get(f"/v1/snapshots/{name}").content) == made.json()["size"]
    assert client.post(f"/v1/snapshots/{name}/restore").json()["points"] == made.json()["points"]
    wait_until(lambda: indexed(client) == 3)
    assert client.post("/v1/search", json=query).json() == before


@pytest.mark.parametrize("name", ["none", "..%2Fstore", "20260101T000000000000Z.jsonl.gz"])
def test_what_is_no_snapshot_is_not_found(client, name):
    assert client.get(f"/v1/snapshots/{name}").status_code == 404
    assert client.post(f"/v1/snapshots/{name}/restore").status_code == 404


async def test_a_snapshot_of_the_embedded_store_restores_a_server(tmp_path: Path):
    embedded = EmbeddedQdrant(tmp_path / "store")
    points = [
        Point(f"00000000-0000-0000-0000-{n:012d}", [1.0, float(n)], SparseVector([n], [0.5]), {"entry": str(n)})
        for n in range(1, 600)
    ]
    await embedded.ensure("knowledge-x", dimension=2, keywords=["framework"])
    await embedded.upsert("knowledge-x", points)
    calls: list[int] = []
    made = await SnapshotService(store=embedded, folder=tmp_path / "s", restored=lambda: None).create()
    server = QdrantServer(AsyncQdrantClient(":memory:"))
    restored = await SnapshotService(store=server, folder=tmp_path / "s", restored=lambda: calls.append(1)).restore(
        made.name
    )
    assert restored.points == {"knowledge-x": 599}
    assert calls == [1]
    assert len(await server.payloads("knowledge-x", fields=["entry"], where=Where())) == 599
    _, found = await server.search("knowledge-x", dense=None, sparse=SparseVector([7], [1.0]), where=Where(), limit=1)
    assert found[0].payload == {"entry": "7"}
    back = await SnapshotService(store=server, folder=tmp_path / "s", restored=lambda: None).create()
    assert back.points == made.points
    await embedded.close()
    await server.close()


async def test_a_damaged_file_changes_nothing(tmp_path: Path):
    store = EmbeddedQdrant(tmp_path / "store")
    await store.ensure("knowledge-x", dimension=2, keywords=[])
    await store.upsert(
        "knowledge-x", [Point("00000000-0000-0000-0000-000000000001", [1.0, 0.0], SparseVector([1], [1.0]), {})]
    )
    service = SnapshotService(store=store, folder=tmp_path / "s", restored=lambda: None)
    made = await service.create()
    path = service.path_of(made.name)
    whole = path.read_bytes()
    lines = gzip.decompress(whole).splitlines(keepends=True)
    for damaged in (
        whole[:-10],
        gzip.compress(b"".join(lines[:-1])),
        gzip.compress(b"".join([lines[0], lines[-1]])),
        b"no",
    ):
        path.write_bytes(damaged)
        with pytest.raises(Unprocessable):
            await service.restore(made.name)
    path.write_bytes(gzip.compress(b'{"format": "other"}\n'))
    with pytest.raises(Unprocessable):
        await service.restore(made.name)
    assert len(await store.payloads("knowledge-x", fields=[], where=Where())) == 1
    with pytest.raises(NotFound):
        service.path_of("../store/store.lock")
    await store.close()
