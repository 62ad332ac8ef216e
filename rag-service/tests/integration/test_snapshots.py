"""Backup and restore, also from one kind of store to the other."""

import base64
import gzip
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from app.core.qdrant import Point, SparseVector, StoreFailed, Where
from app.core.qdrant_embedded import EmbeddedQdrant
from app.core.qdrant_server import QdrantServer
from app.features.snapshots.service import SnapshotService
from qdrant_client import AsyncQdrantClient
from tests.conftest import indexed, make_settings, wait_until

from chassis.errors import NotFound, Unprocessable, UpstreamFailed
from chassis.testing import TEST_SECRET

pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect in the local Qdrant:UserWarning")


class FakeRecords:
    """No repositories."""

    def documents(self) -> list[dict[str, Any]]:
        return []

    def restore(self, documents: Sequence[Mapping[str, Any]]) -> None:
        assert list(documents) == []


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


def test_the_newest_five_are_kept(client):
    names = [client.post("/v1/snapshots").json()["name"] for _ in range(7)]
    assert [one["name"] for one in client.get("/v1/snapshots").json()["snapshots"]] == names[:1:-1]


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
    made = await SnapshotService(
        store=embedded, records=FakeRecords(), folder=tmp_path / "s", restored=lambda: None
    ).create()
    server = QdrantServer(AsyncQdrantClient(":memory:"))
    restored = await SnapshotService(
        store=server, records=FakeRecords(), folder=tmp_path / "s", restored=lambda: calls.append(1)
    ).restore(made.name)
    assert restored.points == {"knowledge-x": 599}
    assert calls == [1]
    assert len(await server.payloads("knowledge-x", fields=["entry"], where=Where())) == 599
    _, found = await server.search("knowledge-x", dense=None, sparse=SparseVector([7], [1.0]), where=Where(), limit=1)
    assert found[0].payload == {"entry": "7"}
    back = await SnapshotService(
        store=server, records=FakeRecords(), folder=tmp_path / "s", restored=lambda: None
    ).create()
    assert back.points == made.points
    await embedded.close()
    await server.close()


async def test_a_damaged_file_changes_nothing(tmp_path: Path):
    store = EmbeddedQdrant(tmp_path / "store")
    await store.ensure("knowledge-x", dimension=2, keywords=[])
    await store.upsert(
        "knowledge-x", [Point("00000000-0000-0000-0000-000000000001", [1.0, 0.0], SparseVector([1], [1.0]), {})]
    )
    service = SnapshotService(store=store, records=FakeRecords(), folder=tmp_path / "s", restored=lambda: None)
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


def _code(client: httpx.Client) -> list[dict[str, Any]]:
    answer = client.post("/v1/search", json={"query": "cancel_order", "index": "code"}).json()
    hits: list[dict[str, Any]] = answer["hits"]
    return hits


def test_repositories_come_back_with_their_code(client):  # R5.3
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("orders.py", "def cancel_order(order):\n    order.state = 'cancelled'\n")
    source = {"type": "archive", "content": base64.b64encode(memory.getvalue()).decode()}
    known = client.post("/v1/repositories", json={"name": "shop", "source": source}).json()["id"]
    wait_until(lambda: client.get(f"/v1/repositories/{known}").json()["state"] == "ready")
    before = _code(client)
    assert before
    name = client.post("/v1/snapshots").json()["name"]
    client.delete(f"/v1/repositories/{known}")
    assert _code(client) == []
    assert client.post(f"/v1/snapshots/{name}/restore").status_code == 200
    assert _code(client) == before
    assert client.get(f"/v1/repositories/{known}").json()["state"] == "ready"


def test_a_file_from_elsewhere_is_taken_up_in_parts(client):
    made = client.post("/v1/snapshots").json()
    content = client.get(f"/v1/snapshots/{made['name']}").content
    name, half = "20260101T000000000000Z.jsonl.gz", len(content) // 2
    address = f"/v1/snapshots/{name}/content"
    assert client.post(address).status_code == 404
    assert client.put(address, content=content[:half]).json() == {"size": half}
    assert client.post(address).json()["code"] == "broken_snapshot"
    wrong = client.put(f"{address}?offset=3", content=b"x")
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "offset")
    assert client.put(f"{address}?offset={half}", content=content[half:]).json() == {"size": len(content)}
    assert client.post(address).json() == {**made, "name": name}
    assert client.post(f"/v1/snapshots/{name}/restore").json()["points"] == made["points"]
    assert client.put("/v1/snapshots/evil.gz/content", content=b"x").json()["errors"][0]["field"] == "name"


def test_the_command_backs_up_and_restores(client, tmp_path):  # R5.3
    environment = {"RAG_URL": str(client.base_url), "FRAMEWRIGHT_SERVICE_SECRET": TEST_SECRET, "PATH": ""}

    def command(*arguments: str, wanted: int = 0) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "app.features.snapshots.command", *arguments],
            cwd=Path(__file__).parents[2], env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == wanted, done.stderr
        return done.stdout or done.stderr

    assert "There is no snapshot" in command("restore", wanted=1)
    made = json.loads(command("create"))
    path = Path(command("download", "--to", str(tmp_path / "backups")).strip())
    assert path.stat().st_size == made["size"]
    (make_settings(tmp_path).snapshots_path / made["name"]).unlink()
    assert json.loads(command("upload", str(path)))["points"] == made["points"]
    assert json.loads(command("restore"))["points"] == made["points"]
    assert json.loads(command("list"))["snapshots"][0]["name"] == made["name"]
    assert "404" in command("restore", "20990101T000000000000Z.jsonl.gz", wanted=1)
    environment["RAG_URL"] = "http://127.0.0.1:9"
    assert "could not be reached" in command("list", wanted=1)


class BreakingStore(EmbeddedQdrant):
    """Takes so many points, and then fails: as if the process had ended there."""

    left = 300

    async def upsert(self, collection: str, points: Sequence[Point]) -> None:
        self.left -= len(points)
        if self.left < 0:
            raise StoreFailed("gone")
        await super().upsert(collection, points)


async def test_a_restore_that_was_broken_off_goes_on(tmp_path: Path):  # R5.3 R5.7
    source = EmbeddedQdrant(tmp_path / "source")
    await source.ensure("knowledge-x", dimension=2, keywords=["framework"])
    await source.upsert(
        "knowledge-x",
        [Point(f"00000000-0000-0000-0000-{n:012d}", [1.0, float(n)], None, {"entry": str(n)}) for n in range(1, 600)],
    )
    folder = tmp_path / "s"
    made = await SnapshotService(store=source, records=FakeRecords(), folder=folder, restored=lambda: None).create()
    await source.close()
    breaking = BreakingStore(tmp_path / "store")
    service = SnapshotService(store=breaking, records=FakeRecords(), folder=folder, restored=lambda: None)
    with pytest.raises(UpstreamFailed):
        await service.restore(made.name)
    await breaking.close()
    store = EmbeddedQdrant(tmp_path / "store")
    assert len(await store.payloads("knowledge-x", fields=["entry"], where=Where())) == 256
    service = SnapshotService(store=store, records=FakeRecords(), folder=folder, restored=lambda: None)
    await service.finish()
    assert len(await store.payloads("knowledge-x", fields=["entry"], where=Where())) == 599
    await service.finish()
    (folder / "restoring").write_text("20990101T000000000000Z.jsonl.gz", encoding="utf-8")
    await service.finish()
    assert not (folder / "restoring").exists()
    await store.close()
