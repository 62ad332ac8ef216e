"""Faults: what is away or full is waited for; nothing is lost, searches degrade with a warning and recover."""

import asyncio
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest
from app.core.clients.embedding import Vectors
from app.core.context import Upstreams
from app.core.qdrant import Point, SparseVector, StoreFailed, Where
from app.core.qdrant_embedded import EmbeddedQdrant
from app.main import create_app
from tests.conftest import AWAY, FakeAdmin, FakeEmbedding, indexed, make_settings, wait_until, write_pack
from tests.fakes.qdrant_server import running_fake_qdrant

from chassis.testing import running, service_headers

ROOT = Path(__file__).parents[2]
QUERY = {"query": "체크된 행을 삭제", "framework": "demo"}
pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect in the local Qdrant:UserWarning")


class DyingEmbedding(FakeEmbedding):
    """Embeds so many texts, and is then away until `alive` is set."""

    def __init__(self, texts: int) -> None:
        super().__init__()
        self.left = texts
        self.alive = False

    async def documents(self, dense: Sequence[str], sparse: Sequence[str]) -> Vectors:
        if not self.alive and list(dense) != ["probe"]:
            self.left -= len(dense)
            if self.left < 0:
                raise AWAY
        return await super().documents(dense, sparse)


def _knowledge(count: int) -> str:
    return "".join(
        f"- {{id: entry.n{n}, kind: rule, title: {{ko: 항목 {n}, en: Entry {n}}}, "
        f"text: {{ko: 글 {n}, en: Text {n}}}, source: S1}}\n"
        for n in range(count)
    )


def _codes(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [warning["code"] for warning in answer.json()["warnings"]]


def _point(number: int) -> Point:
    return Point(
        f"00000000-0000-0000-0000-{number:012d}", [1.0, float(number)], SparseVector([number], [1.0]), {"n": number}
    )


def test_embedding_that_dies_while_it_indexes_is_waited_for(tmp_path):  # R5.7 R5.8
    write_pack(tmp_path / "packs", knowledge=_knowledge(100))
    embedding = DyingEmbedding(texts=40)
    app = create_app(make_settings(tmp_path), upstreams=lambda _settings: Upstreams(embedding, FakeAdmin()))
    with running(app) as url, httpx.Client(base_url=url, headers=service_headers("rag-service")) as client:
        wait_until(lambda: embedding.left < 0)
        asked = {"query": "Entry 7", "framework": "demo"}
        answer = client.post("/v1/search", json=asked)
        assert _codes(answer) == ["keyword_search_only"]
        assert answer.json()["hits"][0]["id"] == "entry.n7"
        embedding.alive = True
        wait_until(lambda: indexed(client) == 100)
        assert _codes(client.post("/v1/search", json=asked)) == []
        entries = [text for text in embedding.documents_seen if text.startswith("Entry")]
        assert len(entries) == 100  # what was stored before is not embedded again


def test_kill_9_while_it_indexes_loses_nothing(tmp_path):  # R5.7
    write_pack(tmp_path / "packs", knowledge=_knowledge(200))
    script = (
        "import asyncio, os, sys\n"
        "from pathlib import Path\n"
        "from app.core.context import Upstreams, build_context\n"
        "from app.core.qdrant import open_store\n"
        "from tests.conftest import FakeAdmin, FakeEmbedding, make_settings\n"
        "class Deadly(FakeEmbedding):\n"
        "    async def documents(self, dense, sparse):\n"
        "        if len(self.documents_seen) >= 96:\n"
        "            os.kill(os.getpid(), 9)\n"
        "        return await super().documents(dense, sparse)\n"
        "settings = make_settings(Path(sys.argv[1]))\n"
        "context = build_context(settings, open_store(settings), Upstreams(Deadly(), FakeAdmin()))\n"
        "asyncio.run(context.indexer.run())\n"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False, cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    embedding = FakeEmbedding()
    app = create_app(make_settings(tmp_path), upstreams=lambda _settings: Upstreams(embedding, FakeAdmin()))
    with running(app) as url, httpx.Client(base_url=url, headers=service_headers("rag-service")) as client:
        wait_until(lambda: indexed(client) == 200)
        assert client.get("/readyz").status_code == 200
        assert len(embedding.documents_seen) == 200 - 96
        found = client.post("/v1/search", json={"query": "Entry 3", "framework": "demo"}).json()
        assert found["warnings"] == []
        assert found["hits"][0]["id"] == "entry.n3"


def test_a_qdrant_server_that_goes_and_comes_back(tmp_path, embedding, admin):  # R5.7 R5.8
    write_pack(tmp_path / "packs")
    with running_fake_qdrant() as (address, server):
        server.away = True
        settings = make_settings(tmp_path, qdrant_url=address)
        app = create_app(settings, upstreams=lambda _settings: Upstreams(embedding, admin))
        with running(app) as url, httpx.Client(base_url=url, headers=service_headers("rag-service")) as client:
            assert client.get("/livez").status_code == 200
            assert client.get("/readyz").status_code == 503
            assert _codes(client.post("/v1/search", json=QUERY)) == ["keyword_search_only"]
            server.away = False
            wait_until(lambda: indexed(client) == 3)
            assert client.get("/readyz").status_code == 200
            before = client.post("/v1/search", json=QUERY)
            assert _codes(before) == []
            server.away = True
            assert client.post("/v1/search", json=QUERY).json() == before.json()  # known since a moment ago
            other = {**QUERY, "query": "행 삭제"}
            assert _codes(client.post("/v1/search", json=other)) == ["keyword_search_only"]
            assert client.post("/v1/snapshots").status_code == 502
            server.away = False
            assert _codes(client.post("/v1/search", json=other)) == []
            assert len(embedding.documents_seen) == 3


async def test_a_disk_without_room_refuses_writes_and_keeps_what_is_there(tmp_path):  # R5.7
    store = EmbeddedQdrant(tmp_path)
    await store.ensure("c", dimension=2, keywords=[])
    await store.upsert("c", [_point(1)])
    await store.close()
    full = EmbeddedQdrant(tmp_path, least_free=2**62)
    with pytest.raises(StoreFailed, match="full"):
        await full.upsert("c", [_point(2)])
    with pytest.raises(StoreFailed, match="full"):
        await full.delete("c", [_point(1).id])
    assert len(await full.payloads("c", fields=["n"], where=Where())) == 1
    found, _ = await full.search("c", dense=[1.0, 1.0], sparse=None, where=Where(), limit=1)
    assert found[0].payload == {"n": 1}
    await full.close()


async def fill_until_refused_then_go_on(folder: Path) -> tuple[int, int]:
    """In a process of its own: files may not grow past a size, then they may again. Points before, and after."""
    store = EmbeddedQdrant(folder)
    await store.ensure("c", dimension=2, keywords=[])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    stored = 200
    await store.upsert("c", [_padded(number) for number in range(stored)])
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        while True:
            await store.upsert("c", [_padded(number) for number in range(stored, stored + 200)])
            stored += 200
    except StoreFailed:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    await store.upsert("c", [_padded(10**6)])
    after = len(await store.payloads("c", fields=["n"], where=Where()))
    await store.close()
    return stored, after


def _padded(number: int) -> Point:
    point = _point(number)
    return Point(point.id, point.dense, point.sparse, {**point.payload, "text": "x" * 4000})


async def test_writes_go_on_when_there_is_room_again(tmp_path):  # R5.7
    script = (
        "import asyncio, sys; from pathlib import Path\n"
        "from tests.integration.test_faults import fill_until_refused_then_go_on\n"
        "print(*asyncio.run(fill_until_refused_then_go_on(Path(sys.argv[1]))))\n"
    )
    done = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, str(tmp_path), cwd=ROOT, stdout=subprocess.PIPE
    )
    out, _ = await done.communicate()
    stored, after = map(int, out.split())
    assert done.returncode == 0
    assert after > stored >= 200
    store = EmbeddedQdrant(tmp_path)
    assert len(await store.payloads("c", fields=["n"], where=Where())) == after
    await store.close()


def test_a_full_disk_is_said_by_the_api_and_is_no_failure_of_the_service(tmp_path, embedding, admin):
    """A file stands where the folders of snapshots and repositories should be: nothing can be written below it."""
    write_pack(tmp_path / "packs")
    (tmp_path / "blocked").write_text("", encoding="utf-8")
    settings = make_settings(
        tmp_path, snapshots_path=tmp_path / "blocked" / "s", repositories_state=tmp_path / "blocked" / "r"
    )
    app = create_app(settings, upstreams=lambda _settings: Upstreams(embedding, admin))
    with running(app) as url, httpx.Client(base_url=url, headers=service_headers("rag-service")) as client:
        wait_until(lambda: indexed(client) == 3)
        refused = client.post("/v1/snapshots")
        assert (refused.status_code, refused.json()["title"]) == (503, "Service Unavailable")
        part = client.put("/v1/snapshots/20260101T000000000000Z.jsonl.gz/content", content=b"x")
        assert part.status_code == 503
        source = {"type": "archive", "content": "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA=="}
        assert client.post("/v1/repositories", json={"name": "shop", "source": source}).status_code == 503
        assert _codes(client.post("/v1/search", json=QUERY)) == []
