"""Dumps and restores of the local mesh over a real PostgreSQL; rag-service is a fake that keeps what it is given."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psycopg
import pytest

from chassis.local_postgres import LocalPostgres
from framewright_local.layout import Places
from framewright_local.messages import Say as MeshSay
from framewright_local.record import MeshRecord, ProcessMark
from framewright_operations.backup.local_mesh import LocalMesh
from framewright_operations.messages import OperationError

ROOT = Path(__file__).resolve().parents[4]
SECRET = "s" * 40
KEY = "k" * 44
STATE: dict[str, Any] = {"ready": True, "snapshot": b"points"}


class FakeRag(BaseHTTPRequestHandler):
    """Three of rag-service's paths, as far as a backup needs them."""

    def do_GET(self) -> None:
        assert self.headers["Authorization"].startswith("Bearer ")
        if self.path == "/v1/knowledge/status":
            self._json({"x": {"entries": 3, "indexed": 3 if STATE["ready"] else 2, "revision": 7}})
        elif self.path == "/v1/repositories":
            self._json({"repositories": [{"id": "r", "state": "ready", "fingerprint": "f", "indexed_at": None}]})
        elif self.path == "/v1/snapshots":
            self._json({"snapshots": [{"name": "20260101T000000000000Z.jsonl.gz", "size": 6}]})
        else:
            self._answer(STATE["snapshot"])

    def do_POST(self) -> None:
        self._json({"name": "x", "size": 6, "points": {}})

    def do_PUT(self) -> None:
        STATE["snapshot"] = self.rfile.read(int(self.headers["Content-Length"]))
        self._json({"size": 1})

    def _json(self, document: object) -> None:
        self._answer(json.dumps(document).encode())

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def rag() -> Iterator[str]:
    STATE.update(ready=True, snapshot=b"points")
    server = ThreadingHTTPServer(("127.0.0.1", 0), FakeRag)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    server = LocalPostgres(tmp_path / "source", durable=False)
    yield server.start()
    server.remove()


@pytest.fixture
def running(tmp_path: Path, database: str, rag: str) -> Iterator[LocalMesh]:
    """A mesh whose processes are idle ones with the environment that counts."""
    places = Places(ROOT, tmp_path / "state")
    environment = {
        **os.environ, "DATABASE_URL": database, "RAG_URL": rag, "FRAMEWRIGHT_SERVICE_SECRET": SECRET,
        "FRAMEWRIGHT_METRICS_TOKEN": "t" * 20, "FRAMEWRIGHT_ENCRYPTION_KEY": KEY,
    }  # fmt: skip
    idle = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, env=environment)
    mark = ProcessMark.of(idle.pid)
    processes = {"gateway": mark, "rag-service": mark}
    MeshRecord(ProcessMark.of(os.getpid()), {"gateway": 1}, processes=processes).write(places.record)
    places.credentials.write_text('{"api_key": "fwk"}', encoding="utf-8")
    yield mesh_at(places.state)
    idle.communicate(b"\n")


def mesh_at(state: Path, **settings: str) -> LocalMesh:
    kept = {"PATH": os.environ["PATH"], **settings}
    return LocalMesh(Places(ROOT, state), kept, MeshSay(lambda _line: None, "en"))


def fill(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for schema in ("gateway", "admin", "strangers"):
            connection.execute(f"CREATE SCHEMA {schema}")
            connection.execute(f"CREATE TABLE {schema}.kept (id int PRIMARY KEY, text text)")
            connection.execute(f"INSERT INTO {schema}.kept SELECT n, '화면 ' || n FROM generate_series(1, 500) n")  # noqa: S608


def test_both_schemas_and_the_keys_go_into_an_empty_mesh(running: LocalMesh, database: str, tmp_path: Path) -> None:
    fill(database)
    staging = tmp_path / "staging"
    staging.mkdir()
    running.dump_database(staging / "dump")
    running.dump_vectors(staging / "vectors")
    running.dump_secrets(staging)
    assert (staging / "vectors").read_bytes() == b"points"
    assert (staging / "encryption_key").read_text(encoding="utf-8") == KEY

    empty = mesh_at(tmp_path / "empty")
    empty.check_empty(replace=False)
    empty.restore_secrets(staging)
    empty.restore_database(staging / "dump")
    server = LocalPostgres(tmp_path / "empty" / "postgres")
    try:
        with psycopg.connect(server.start()) as connection:
            for schema in ("gateway", "admin"):
                rows = connection.execute(f"SELECT text FROM {schema}.kept ORDER BY id").fetchall()  # noqa: S608
                assert (len(rows), rows[-1]) == (500, ("화면 500",))
            assert connection.execute("SELECT to_regclass('strangers.kept')").fetchone() == (None,)
        assert (tmp_path / "empty" / "secrets" / "encryption_key").read_text(encoding="utf-8") == KEY
        with pytest.raises(OperationError, match="REPLACE=1"):
            empty.check_empty(replace=False)
    finally:
        server.stop()
    empty.check_empty(replace=True)
    assert not (tmp_path / "empty" / "postgres").exists()


def test_the_mark_is_empty_while_an_index_is_written(running: LocalMesh) -> None:
    first = running.mark()
    assert '"revision": 7' in first
    assert running.mark() == first
    STATE["ready"] = False
    assert running.mark() == ""


def test_vectors_are_given_to_the_service(running: LocalMesh, tmp_path: Path) -> None:
    (tmp_path / "vectors").write_bytes(b"others")
    running.restore_vectors(tmp_path / "vectors")
    assert STATE["snapshot"] == b"others"


def test_a_running_mesh_is_not_restored_over(running: LocalMesh) -> None:
    assert running.runs()
    with pytest.raises(OperationError, match="make stop"):
        running.check_empty(replace=True)


def test_a_key_of_the_settings_that_differs_is_named(tmp_path: Path) -> None:
    for name in ("service_secret", "metrics_token", "encryption_key"):
        (tmp_path / name).write_text(name * 4, encoding="utf-8")
    with pytest.raises(OperationError, match=r"FRAMEWRIGHT_ENCRYPTION_KEY is set to another value in \.env"):
        mesh_at(tmp_path / "state", FRAMEWRIGHT_ENCRYPTION_KEY="o" * 40).restore_secrets(tmp_path)


def test_what_a_failed_program_said_is_passed_on(tmp_path: Path) -> None:
    with pytest.raises(OperationError, match=r"could not open input file"):
        mesh_at(tmp_path / "state", DATABASE_URL="").restore_database(tmp_path / "missing")
    with pytest.raises(OperationError, match="No mesh runs here"):
        mesh_at(tmp_path / "none").mark()
