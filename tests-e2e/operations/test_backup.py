"""Backup, wipe, restore: an empty mesh has the same generations, users, knowledge and search results afterwards."""

import gzip
import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from framewright_operations.backup.vault import Keys, unseal

from support.api import GENERATIONS, Api
from support.mesh import ROOT, Mesh, free_port_base, until

SETTLED = 6
PROMPTS = ("Task 관리 화면 만들어줘", "사원 목록 조회 화면 만들어줘")
QUERIES = ("그리드에 행 추가", "dataset 값 바꾸기", "popup open")
SOURCE = """def settle_invoice(number: int) -> str:
    'Settles one invoice.'
    return f"{number}"
"""


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Mesh]:
    mesh = Mesh(tmp_path / "first", free_port_base())
    mesh.start()
    yield mesh
    mesh.command("purge")


def operations(mesh: Mesh, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**mesh.environment(), "PYTHONPATH": f"{ROOT / 'deploy' / 'local'}:{ROOT / 'deploy' / 'operations'}"}
    return subprocess.run(
        [sys.executable, "-m", "framewright_operations", *arguments],
        check=False, capture_output=True, text=True, env=environment, timeout=600,
    )  # fmt: skip


def client_of(mesh: Mesh, key: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.Client(base_url=mesh.url, headers=headers, timeout=60, trust_env=False)


def archive() -> str:
    import base64

    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        info = tarfile.TarInfo("shop/orders.py")
        info.size = len(SOURCE.encode())
        tar.addfile(info, io.BytesIO(SOURCE.encode()))
    return base64.b64encode(packed.getvalue()).decode()


def fill(http: httpx.Client) -> list[str]:
    """Generations, a user, an engine, an entry of the knowledge, an indexed repository."""
    api = Api(http)
    made = [str(api.generate(prompt)[0]["generation_id"]) for prompt in PROMPTS]
    user = {"email": "kim@example.com", "password": "long-Enough-1", "role": "developer"}
    assert http.post("/api/admin/users", json=user).status_code == 201
    engine = {"id": "spare", "kind": "openai", "base_url": "http://127.0.0.1:9/v1", "model": "m", "api_key": "sk-kept"}
    assert http.post("/api/admin/engines", json=engine).status_code == 201
    body = {"name": "shop", "source": {"type": "archive", "content": archive()}}
    created = http.post("/api/v1/repositories", json=body)
    assert created.status_code in {200, 201, 202}, created.text
    until(lambda: {one["state"] for one in _repositories(http)} == {"ready"})
    return made


def _repositories(http: httpx.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = http.get("/api/v1/repositories").json()["repositories"]
    return found


def seen(http: httpx.Client, generations: list[str]) -> dict[str, Any]:
    """Everything that has to be the same on both sides."""
    api = Api(http)
    users = http.get("/api/admin/users").json()
    engines = http.get("/api/admin/engines").json()
    return {
        "results": [api.result(one) for one in generations],
        "files": [{path: data.hex() for path, data in api.files(one).items()} for one in generations],
        "events": [api.resume(one, 0) for one in generations],
        "list": http.get(GENERATIONS).json(),
        "users": [{name: one[name] for name in ("id", "email", "role")} for one in users["items"]],
        "engines": [{name: one.get(name) for name in ("id", "base_url", "model")} for one in engines["items"]],
        "repositories": [{name: one[name] for name in ("id", "name", "state")} for one in _repositories(http)],
        "searches": [first_of(http, {"query": query}) for query in QUERIES],
        "code": first_of(http, {"query": "settle an invoice", "index": "code"}),
    }


def first_of(http: httpx.Client, query: dict[str, str]) -> str:
    """The best hit, once it stays the same: a search just after a start may still grow better."""
    answers: list[str] = []

    def settled() -> bool:
        time.sleep(0.5)
        answers.append(http.post("/api/v1/search", json=query).json()["hits"][0]["id"])
        return len(answers) >= SETTLED and len(set(answers[-SETTLED:])) == 1

    until(settled, limit_s=120)
    return answers[-1]


def points_of(backup: Path, passphrase: Path) -> list[str]:
    """The lines of the vector store's part of a backup: every point with its vectors, every indexed repository."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder)
        unseal(backup, content, keys=Keys(passphrase=passphrase.read_text(encoding="utf-8")))
        with gzip.open(content / "vectors.jsonl.gz", "rt", encoding="utf-8") as lines:
            next(lines)  # the head has its own time
            return sorted(lines)


def test_an_empty_mesh_is_restored_to_what_was_backed_up(first: Mesh, tmp_path: Path) -> None:  # R5.3, R5.8
    with client_of(first, first.key) as http:
        generations = fill(http)
        before = seen(http, generations)
        key = first.key
        made = operations(first, "backup", str(tmp_path / "backups"), "--mesh", "local")
        assert made.returncode == 0, made.stderr
        assert http.post(GENERATIONS, json={"prompt": PROMPTS[0]}).status_code == 200, (
            "it served meanwhile, and goes on"
        )
    first.command("stop")
    (backup,) = (tmp_path / "backups").iterdir()
    manifest = json.loads((backup / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["mesh"] == "local"
    assert b"sk-kept" not in (backup / "data.tar.age").read_bytes()
    passphrase = first.state / "secrets" / "backup_passphrase"
    kept = tmp_path / "passphrase"
    shutil.copy(passphrase, kept)
    first.command("purge")
    assert not first.state.exists()

    second = Mesh(tmp_path / "second", free_port_base())
    wrong = tmp_path / "wrong"
    wrong.write_text("not it", encoding="utf-8")
    refused = operations(second, "restore", str(backup), "--mesh", "local", "--passphrase-file", str(wrong))
    assert (refused.returncode, "does not open" in refused.stderr) == (1, True)
    assert not (second.state / "postgres").exists(), "nothing was changed"
    try:
        done = operations(
            second, "restore", str(tmp_path / "backups"), "--mesh", "local", "--passphrase-file", str(kept)
        )
        assert done.returncode == 0, done.stderr
        print(made.stdout, done.stdout)
        assert second.key == key
        with client_of(second, key) as http:
            after = seen(http, generations)
            assert {name for name in before if before[name] != after[name]} == set()
            assert Api(http).generate(PROMPTS[0])[-1]["type"] == "completed"
        assert operations(second, "backup", str(tmp_path / "again"), "--mesh", "local").returncode == 0
        (copy,) = (tmp_path / "again").iterdir()
        assert points_of(copy, kept) == points_of(backup, kept)
        again = operations(second, "restore", str(backup), "--mesh", "local", "--passphrase-file", str(kept))
        assert (again.returncode, "stop it first" in again.stderr) == (1, True)
    finally:
        second.command("purge")
