"""Backup of the running stack, everything wiped, restored: the same generations, users, engines and search results."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
from compose_file import ROOT
from running_stack import GENERATIONS, PROMPT, Running, left_behind

PACKAGES = f"{ROOT / 'deploy' / 'local'}:{ROOT / 'deploy' / 'operations'}"


def operations(running: Running, *arguments: str) -> str:
    result = subprocess.run(
        [sys.executable, "-m", "framewright_operations", "--root", str(running.folder), *arguments],
        check=False, capture_output=True, text=True,
        env={**running.environment, "PYTHONPATH": PACKAGES, "LANG": "C.UTF-8", "HOME": os.environ.get("HOME", "/")},
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def seen(http: httpx.Client, generation: str) -> dict[str, Any]:
    search = http.post("/api/v1/search", json={"query": "dataset addRow"}).json()
    return {
        "result": http.get(f"{GENERATIONS}/{generation}").json(),
        "archive": http.get(f"{GENERATIONS}/{generation}/archive").status_code,
        "users": [(one["id"], one["email"], one["role"]) for one in http.get("/api/admin/users").json()["items"]],
        "engines": [(one["id"], one["base_url"]) for one in http.get("/api/admin/engines").json()["items"]],
        "hits": sorted(hit["id"] for hit in search["hits"])[:1],
    }


def test_a_wiped_stack_is_restored_to_what_was_backed_up(running: Running, tmp_path: Path) -> None:  # R5.3, R5.8
    with running.client() as http:
        made = http.post(GENERATIONS, json=PROMPT, headers={"Accept": "application/json"}).json()
        user = {"email": "lee@example.com", "password": "long-Enough-1", "role": "developer"}
        assert http.post("/api/admin/users", json=user).status_code == 201
        engine = {"id": "spare", "kind": "openai", "base_url": "http://10.0.0.9/v1", "model": "m", "api_key": "sk-kept"}
        assert http.post("/api/admin/engines", json=engine).status_code == 201
        before = seen(http, made["generation_id"])
    backed_up = operations(running, "backup", str(tmp_path / "backups"), "--mesh", "compose")
    passphrase = tmp_path / "passphrase"
    shutil.copy(running.folder / "deploy" / "secrets" / "backup_passphrase", passphrase)
    running.run(str(running.folder / "deploy" / "down.sh"), "--volumes")
    assert left_behind() == []
    shutil.rmtree(running.folder / "deploy" / "secrets")

    restored = operations(running, "restore", str(tmp_path / "backups"), "--passphrase-file", str(passphrase))
    print(backed_up, restored)
    with running.client() as http:
        after = seen(http, made["generation_id"])
        assert {name for name in before if before[name] != after[name]} == set()
        again = http.post(GENERATIONS, json=PROMPT, headers={"Accept": "application/json"})
        assert (again.status_code, again.json()["status"]) == (200, "completed")
        # The key in the engine's row can be read: the encryption key came back with it.
        tested = http.post("/api/admin/engines/spare/test")
        assert tested.status_code < 500, tested.text
