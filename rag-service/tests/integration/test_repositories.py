"""The code index over a socket: embedded store, and an embedding server that is a fake on a socket of its own."""

import base64
import io
import os
import signal
import struct
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from app.core.clients.embedding import EmbeddingClient
from app.core.context import Upstreams
from app.core.settings import RagSettings
from app.main import create_app
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from tests.conftest import FakeAdmin, _dense, _sparse, make_settings, wait_until

from chassis.testing import TEST_METRICS_TOKEN, TEST_SECRET, running, service_headers
from chassis.tokens import ServiceTokens

PYTHON = '''"""Orders of customers."""

LIMIT = 10


class OrderService:
    """Keeps orders."""

    def cancel_order(self, order_id):
        """Cancels an order that was not shipped yet."""
        return self.orders.pop(order_id)


def total_price(lines):
    """Adds up the prices of all lines."""
    return sum(line.price for line in lines)
'''
SCREEN = '<screen id="A">\n<xdataset id="ds_order">\n<col id="order_no"/>\n</xdataset>\n</screen>\n'


class FakeEmbeddingServer:
    """Vectors of hashed words, as embedding-service gives them; answers 503 while `away`."""

    def __init__(self) -> None:
        self.app = FastAPI()
        self.seen: list[str] = []
        self.away = False
        self.delay_s = 0.0

        @self.app.post("/v1/embeddings")
        def embeddings(body: dict[str, Any]) -> Any:
            if self.away:
                return JSONResponse({"detail": "away"}, 503)
            time.sleep(self.delay_s)
            if body["input_type"] == "document" and body["input"] != ["probe"]:
                self.seen.extend(body["input"])
            return {"fingerprint": "fake@1", "data": [{"embedding": _coded(text)} for text in body["input"]]}

        @self.app.post("/v1/sparse_embeddings")
        def sparse_embeddings(body: dict[str, Any]) -> Any:
            found = [_sparse(text) for text in body["input"]]
            return {"model": "bm25", "data": [{"indices": item.indices, "values": item.values} for item in found]}

        @self.app.post("/v1/query_embeddings")
        def query_embeddings(body: dict[str, Any]) -> Any:
            if self.away:
                return JSONResponse({"detail": "away"}, 503)
            found = [_sparse(text) for text in body["sparse"]]
            return {
                "fingerprint": "fake@1",
                "sparse_model": "bm25",
                "embedding": _coded(body["dense"]) if body["dense"] else None,
                "sparse": [{"indices": item.indices, "values": item.values} for item in found],
            }


def _coded(text: str) -> str:
    row = _dense(text)
    return base64.b64encode(struct.pack(f"{len(row)}f", *row)).decode()


@pytest.fixture(name="server")
def _server() -> Iterator[tuple[FakeEmbeddingServer, str]]:
    server = FakeEmbeddingServer()
    with running(server.app) as url:
        yield server, url


@pytest.fixture(name="tree")
def _tree(tmp_path: Path) -> Path:
    tree = tmp_path / "allowed" / "shop"
    (tree / "src").mkdir(parents=True)
    (tree / "src" / "orders.py").write_text(PYTHON, encoding="utf-8")
    (tree / "src" / "order.xml").write_text(SCREEN, encoding="utf-8")
    (tree / "notes.weird").write_text("배송 규칙: 주문은 하루 안에 보낸다.\n", encoding="utf-8")
    (tree / ".gitignore").write_text("out/\n*.log\n", encoding="utf-8")
    (tree / "out").mkdir()
    (tree / "out" / "made.py").write_text("x = 1\n", encoding="utf-8")
    (tree / "a.log").write_text("noise\n", encoding="utf-8")
    (tree / ".env").write_text("A=1\n", encoding="utf-8")
    (tree / "logo.png").write_bytes(b"\x89PNG\0\0")
    (tree / "package-lock.json").write_text("{}", encoding="utf-8")
    (tree / "conf.py").write_text('API_KEY = "q8Zr5Lm2Xw9Tn4Vb7Ks1"\n', encoding="utf-8")
    (tree / "link.py").symlink_to("/etc/hostname")
    return tree


def _app(settings: RagSettings, url: str) -> FastAPI:
    tokens = ServiceTokens(service="rag-service", secret=TEST_SECRET)

    def upstreams(_settings: RagSettings) -> Upstreams:
        client = EmbeddingClient(base_url=url, tokens=tokens, query_limit_s=5, index_limit_s=20)
        return Upstreams(client, FakeAdmin())

    return create_app(settings, upstreams=upstreams)


def _settings(tmp_path: Path, **changes: object) -> RagSettings:
    (tmp_path / "packs").mkdir(exist_ok=True)
    return make_settings(tmp_path, repository_paths=str(tmp_path / "allowed"), **changes)


@pytest.fixture(name="api")
def _api(tmp_path: Path, tree: Path, server: tuple[FakeEmbeddingServer, str]) -> Iterator[httpx.Client]:
    settings = _settings(tmp_path, git_hosts=f"example.test,file://{tmp_path / 'allowed'}", git_limit_s=30)
    with ExitStack() as stack:
        yield _client(stack, settings, server[1])


def _client(stack: ExitStack, settings: RagSettings, url: str) -> httpx.Client:
    address = stack.enter_context(running(_app(settings, url)))
    return stack.enter_context(httpx.Client(base_url=address, headers=service_headers("rag-service"), timeout=20))


def _create(api: httpx.Client, source: dict[str, str], *, name: str = "shop", branch: str = "") -> httpx.Response:
    return api.post("/v1/repositories", json={"name": name, "branch": branch, "source": source})


def _indexed(api: httpx.Client, answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 202, answer.text
    path = f"/v1/repositories/{answer.json()['id']}"
    wait_until(lambda: api.get(path).json()["state"] in {"ready", "failed"})
    found: dict[str, Any] = api.get(path).json()
    return found


def _search(api: httpx.Client, query: str, **more: object) -> list[dict[str, Any]]:
    answer = api.post("/v1/search", json={"query": query, "index": "code", **more})
    assert answer.status_code == 200, answer.text
    hits: list[dict[str, Any]] = answer.json()["hits"]
    return hits


def _zip(**files: str) -> dict[str, str]:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return {"type": "archive", "content": base64.b64encode(memory.getvalue()).decode()}


def test_a_folder_is_indexed_and_found_with_citations(api, tree):  # R5.4
    found = _indexed(api, _create(api, {"type": "path", "path": str(tree)}))
    assert (found["state"], found["message"]) == ("ready", "")
    progress = found["progress"]
    assert progress["skipped"] == {
        "link": 1, "ignored": 2, "secret": 1, "generated": 1, "binary": 1,
    }  # fmt: skip
    assert (progress["files"], progress["files_done"], progress["eta_s"], progress["secrets"]) == (6, 6, 0.0, 1)
    assert progress["chunks"] == progress["embedded"] > 5
    hit = _search(api, "where is an order cancelled that was not shipped")[0]
    assert hit["title"] == "src/orders.py · OrderService"
    assert hit["source"] == "shop/src/orders.py:6-11"
    assert "def cancel_order" in hit["text"]
    assert 0 < hit["score"] <= 1
    assert _search(api, "total_price")[0]["title"] == "src/orders.py · total_price"
    assert _search(api, "ds_order 데이터셋")[0]["title"].startswith("src/order.xml")
    assert _search(api, "배송 규칙")[0]["kind"] == "lines"
    assert "q8Zr5Lm2Xw9Tn4Vb7Ks1" not in str(_search(api, "conf API_KEY", limit=50))
    assert _search(api, "total_price", threshold=1.0) == []
    assert api.get("/v1/repositories").json()["repositories"] == [found]


def test_a_question_finds_knowledge_and_code(api, tree):  # R5.4
    _indexed(api, _create(api, {"type": "path", "path": str(tree)}))
    answer = api.post("/v1/search", json={"query": "OrderService cancel_order", "index": "all", "limit": 2}).json()
    scores = [hit["score"] for hit in answer["hits"]]
    assert scores == sorted(scores, reverse=True)
    sources = [hit["source"] for hit in answer["hits"]]
    assert "shop/src/orders.py:6-11" in sources
    assert all(hit["score"] >= 0.5 for hit in answer["hits"] if hit["source"].startswith("shop/"))
    unknown = api.post("/v1/search", json={"query": "x", "index": "all", "repositories": ["none"]})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown_repository")


def test_only_what_changed_is_embedded_and_deletions_are_followed(api, tree, server):  # R5.4
    embedding, _ = server
    first = _indexed(api, _create(api, {"type": "path", "path": str(tree)}))
    before = len(embedding.seen)
    again = _indexed(api, api.post(f"/v1/repositories/{first['id']}/index"))
    assert (again["progress"]["embedded"], len(embedding.seen)) == (0, before)
    changed = PYTHON.replace("Adds up the prices", "Sums the prices").replace("LIMIT = 10", "LIMIT = 10\n\n")
    (tree / "src" / "orders.py").write_text(changed, encoding="utf-8")
    (tree / "src" / "order.xml").unlink()
    third = _indexed(api, _create(api, {"type": "path", "path": str(tree)}))
    assert len(embedding.seen) == before + third["progress"]["embedded"]
    assert third["progress"]["embedded"] == 2  # the function, and what is around the definitions
    assert third["progress"]["deleted"] == 3
    assert _search(api, "cancel_order")[0]["source"] == "shop/src/orders.py:8-13"
    assert not any("order.xml" in hit["title"] for hit in _search(api, "ds_order", limit=50))


def test_branches_and_repositories_stand_apart(api):
    one = _indexed(api, _create(api, _zip(a__main="def f(): pass\n", **{"m.py": "def only_in_main(): pass\n"})))
    two = _indexed(api, _create(api, _zip(**{"m.py": "def only_in_next(): pass\n"}), branch="next"))
    assert one["id"] != two["id"]
    assert {hit["source"].split("/")[0] for hit in _search(api, "only_in_main only_in_next")} == {"shop", "shop@next"}
    titles = [hit["title"] for hit in _search(api, "only_in_main", repositories=[two["id"]])]
    assert titles == ["m.py · only_in_next"]
    assert api.delete(f"/v1/repositories/{two['id']}").status_code == 204
    assert api.get(f"/v1/repositories/{two['id']}").status_code == 404
    assert not any("only_in_next" in hit["title"] for hit in _search(api, "only_in_next"))
    refused = api.post("/v1/search", json={"query": "a", "index": "code", "repositories": ["nothing"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_repository")
    assert api.post(f"/v1/repositories/{one['id']}/index").json()["code"] == "archive_not_kept"


def test_git_is_cloned_from_allowed_places_alone(api, tree, tmp_path):
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.test"]
    for command in (["init", "-q", "-b", "trunk"], ["add", "src"], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *command], cwd=tree, check=True, env=env)
    found = _indexed(api, _create(api, {"type": "git", "url": f"file://{tree}"}, branch="trunk"))
    assert (found["state"], found["progress"]["files"]) == ("ready", 2)
    assert _search(api, "total_price")[0]["source"].startswith("shop@trunk/src/orders.py")
    missing = _indexed(api, _create(api, {"type": "git", "url": f"file://{tree}"}, branch="nowhere"))
    assert missing["state"] == "failed"
    assert "nowhere" in missing["message"]
    for url in (
        f"file://{tmp_path}", "http://example.test/a.git", "https://other.test/a.git", "ssh://example.test/a",
        "https://user:pw@example.test/a.git", "https://example.test:8443/a", "ext::sh -c id", "https://127.0.0.1/a",
        "https://example.test:99999/a", "--upload-pack=x", f"file://{tmp_path}/allowed/../../etc", "https://[::1/a",
    ):  # fmt: skip
        refused = _create(api, {"type": "git", "url": url})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "source.url"), url
    assert _create(api, {"type": "git", "url": f"file://{tree}"}, branch="--x").status_code == 422


def test_paths_outside_the_allow_list_are_refused(api, tree, tmp_path):
    (tmp_path / "allowed" / "out").symlink_to("/etc")
    for path in ("/etc", str(tmp_path), str(tree / ".." / ".." / ".."), str(tmp_path / "allowed" / "out"), "a\0b", "x"):
        refused = _create(api, {"type": "path", "path": path})
        assert (refused.status_code, refused.json()["code"]) == (422, "source_not_allowed"), path


def _tar(name: str, *, link: str = "", kind: bytes = tarfile.REGTYPE) -> dict[str, str]:
    memory = io.BytesIO()
    with tarfile.open(fileobj=memory, mode="w:gz") as archive:
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname, entry.size = kind, link, 3 if kind == tarfile.REGTYPE else 0
        archive.addfile(entry, io.BytesIO(b"a=1"))
    return {"type": "archive", "content": base64.b64encode(memory.getvalue()).decode()}


def test_archives_with_tricks_are_refused(api, tmp_path):
    link = io.BytesIO()
    with zipfile.ZipFile(link, "w") as archive:
        info = zipfile.ZipInfo("l")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.txt", "0" * 5_000_000)
    for source in (
        _zip(**{"../../out.py": "x"}), _zip(**{"/abs.py": "x"}), _zip(**{"C:/a.py": "x"}), _zip(),
        _tar("../a.py"), _tar("a.py", link="/etc/passwd", kind=tarfile.SYMTYPE),
        _tar("a.py", link="b", kind=tarfile.LNKTYPE), _tar("a.py", kind=tarfile.FIFOTYPE), _tar("n" * 300),
        {"type": "archive", "content": base64.b64encode(link.getvalue()).decode()},
        {"type": "archive", "content": base64.b64encode(bomb.getvalue()).decode()},
        {"type": "archive", "content": base64.b64encode(b"PK\x03\x04broken").decode()},
        {"type": "archive", "content": base64.b64encode(b"nothing").decode()},
    ):  # fmt: skip
        refused = _create(api, source)
        assert (refused.status_code, refused.json()["code"]) == (422, "unsafe_archive")
    assert _create(api, {"type": "archive", "content": "%%%"}).status_code == 422
    assert not (tmp_path / "out.py").exists()
    assert _indexed(api, _create(api, _tar("a.py")))["state"] == "ready"


def test_without_repositories_it_says_so(api, server):
    answer = api.post("/v1/search", json={"query": "주문", "index": "code"}).json()
    assert (answer["hits"], answer["warnings"][0]["code"]) == ([], "no_repositories")
    _indexed(api, _create(api, _zip(**{"m.py": "def f(): pass\n"})))
    server[0].away = True
    away = api.post("/v1/search", json={"query": "f", "index": "code"}).json()
    assert (away["hits"], away["warnings"][0]["code"]) == ([], "code_search_unavailable")


def test_indexing_waits_for_embedding_and_can_be_deleted_meanwhile(api, server):
    server[0].away = True
    answer = _create(api, _zip(**{"m.py": "def f(): pass\n"}))
    path = f"/v1/repositories/{answer.json()['id']}"
    wait_until(lambda: "Waiting" in api.get(path).json()["message"])
    assert _create(api, _zip(**{"m.py": "x"})).json()["code"] == "repository_busy"
    server[0].away = False
    assert _indexed(api, answer)["state"] == "ready"
    server[0].away = True
    other = _create(api, _zip(**{"m.py": "def g(): pass\n"}), name="other")
    wait_until(lambda: "Waiting" in api.get(f"/v1/repositories/{other.json()['id']}").json()["message"])
    assert api.delete(f"/v1/repositories/{other.json()['id']}").status_code == 204


def test_a_killed_process_goes_on_where_it_was(tmp_path, server):  # R2.3
    embedding, url = server
    embedding.delay_s = 0.1
    settings = _settings(tmp_path)
    environment = {
        **os.environ, "FRAMEWRIGHT_SERVICE_SECRET": TEST_SECRET, "FRAMEWRIGHT_METRICS_TOKEN": TEST_METRICS_TOKEN,
        "QDRANT_PATH": str(settings.qdrant_path), "QDRANT_URL": "", "QDRANT_HOST": "", "EMBEDDING_URL": url,
        "FRAMEWRIGHT_REPOSITORY_STATE": str(settings.repositories_folder), "FRAMEWRIGHT_LOG_LEVEL": "error",
        "FRAMEWRIGHT_PACKS_DIR": str(settings.packs_dir), "ADMIN_URL": "http://127.0.0.1:9",
    }  # fmt: skip
    port = 20_000 + os.getpid() % 20_000
    process = subprocess.Popen(
        [sys.executable, "-m", "chassis.server", "app.main:create_app", "--port", str(port)],
        cwd=Path(__file__).parents[2], env=environment,
    )  # fmt: skip
    files = {f"m{number}.py": f"def f{number}(): return 'value {number}'\n" for number in range(400)}
    try:
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers=service_headers("rag-service"), timeout=20
        ) as api:
            wait_until(lambda: _alive(api))
            assert _create(api, _zip(**files)).status_code == 202
            wait_until(lambda: len(embedding.seen) >= 96)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    embedding.delay_s = 0.0
    with ExitStack() as stack:
        api = _client(stack, settings, url)
        wait_until(lambda: api.get("/v1/repositories").json()["repositories"][0]["state"] == "ready", 30)
        progress = api.get("/v1/repositories").json()["repositories"][0]["progress"]
        assert progress["chunks"] == 400
        assert progress["unchanged"] >= 32
        assert progress["embedded"] == 400 - progress["unchanged"]
        assert len(embedding.seen) <= 400 + 64


def _alive(api: httpx.Client) -> bool:
    try:
        return api.get("/readyz").status_code == 200
    except httpx.TransportError:
        return False
