"""From an earlier version to this one with data, and back: nothing is lost in either direction.

The earlier version is a commit of this repository (`FRAMEWRIGHT_UPGRADE_FROM`), run with its own libraries.
"""

import os
import re
import subprocess
import sys
import sysconfig
import time
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from support.api import GENERATIONS, Api
from support.mesh import ROOT, Mesh, free_port_base

EARLIER = os.environ.get("FRAMEWRIGHT_UPGRADE_FROM", "6909203")
PROMPT = "Task 관리 화면 만들어줘"
OWNERS = ("gateway", "admin-service")
OPERATIONS = f"{ROOT / 'deploy' / 'local'}:{ROOT / 'deploy' / 'operations'}"
LIBRARIES = ("libs/chassis/src", "libs/screenspec/src", "client/src")


@dataclass
class Version:
    """A checkout and the Python that runs it."""

    root: Path
    python: Path

    def command(self, mesh: Mesh, *arguments: str) -> subprocess.CompletedProcess[str]:
        started = time.monotonic()
        environment = {**mesh.environment(), "PYTHONPATH": str(self.root / "deploy" / "local")}
        result = subprocess.run(
            [str(self.python), "-m", "framewright_local", "--root", str(self.root), *arguments],
            check=False, capture_output=True, text=True, env=environment, timeout=400, cwd=self.root,
        )  # fmt: skip
        assert result.returncode == 0, result.stdout + result.stderr
        print(f"{self.root.name:>10} {' '.join(arguments):<6} {time.monotonic() - started:5.1f} s")
        return result

    def heads(self) -> dict[str, str]:
        """The newest revision of each owner's schema."""
        found = {}
        for owner in OWNERS:
            texts = [p.read_text() for p in (self.root / owner / "app/db/migrations/versions").glob("*.py")]
            own = {m[1] for text in texts if (m := re.search(r'^revision(?::.*)? = "([^"]+)"', text, re.MULTILINE))}
            below = {
                m[1] for text in texts if (m := re.search(r'^down_revision(?::.*)? = "([^"]+)"', text, re.MULTILINE))
            }
            (found[owner],) = own - below
        return found


@pytest.fixture
def earlier(tmp_path: Path) -> Version:
    checkout = tmp_path / "earlier"
    if subprocess.run(["git", "-C", str(ROOT), "cat-file", "-e", EARLIER], check=False, capture_output=True).returncode:
        pytest.skip(f"the commit {EARLIER} is not in this clone")
    checkout.mkdir()
    packed = subprocess.run(["git", "-C", str(ROOT), "archive", EARLIER], check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x", "-C", str(checkout)], check=True, input=packed)
    environment = tmp_path / "python"
    venv.create(environment, symlinks=True)
    site = next((environment / "lib").glob("python*")) / "site-packages"
    lines = [*(str(checkout / name) for name in LIBRARIES), sysconfig.get_path("purelib")]
    (site / "earlier.pth").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Version(checkout, environment / "bin" / "python")


def seen(mesh: Mesh, key: str, generations: list[str]) -> dict[str, Any]:
    with httpx.Client(base_url=mesh.url, headers={"Authorization": f"Bearer {key}"}, timeout=120) as http:
        api = Api(http)
        results = [api.result(one) for one in generations]
        return {
            "files": [{path: data.hex() for path, data in api.files(one).items()} for one in generations],
            "specs": [http.get(f"{GENERATIONS}/{one}/spec").json() for one in generations],
            "statuses": [(one["status"], one["intent"]["kind"], one["engine"]) for one in results],
            "users": [(one["id"], one["email"]) for one in http.get("/api/admin/users").json()["items"]],
            "sessions": [one["id"] for one in http.get("/api/sessions/").json()["items"]],
        }


def generate(mesh: Mesh, key: str) -> str:
    with httpx.Client(base_url=mesh.url, headers={"Authorization": f"Bearer {key}"}, timeout=120) as http:
        assert http.post("/api/sessions/", json={"title": "kept"}).status_code in {200, 201}
        events = Api(http).generate(PROMPT)
        assert events[-1]["type"] == "completed"
        return str(events[0]["generation_id"])


def test_an_upgrade_and_a_downgrade_keep_every_row(earlier: Version, tmp_path: Path) -> None:  # R5.8
    now = Version(ROOT, Path(sys.executable))
    mesh = Mesh(tmp_path / "state", free_port_base())
    try:
        earlier.command(mesh, "up")
        key = mesh.key
        first = generate(mesh, key)
        before = seen(mesh, key, [first])
        earlier.command(mesh, "stop")

        now.command(mesh, "up")
        assert seen(mesh, key, [first]) == before
        second = generate(mesh, key)
        upgraded = seen(mesh, key, [first, second])
        down = [f"{owner}={head}" for owner, head in earlier.heads().items()]
        went = subprocess.run(
            [sys.executable, "-m", "framewright_operations", "downgrade", *down],
            check=False, capture_output=True, text=True, timeout=120,
            env={**mesh.environment(), "PYTHONPATH": OPERATIONS},
        )  # fmt: skip
        assert went.returncode == 0, went.stdout + went.stderr

        earlier.command(mesh, "up")
        assert seen(mesh, key, [first, second]) == upgraded
        generate(mesh, key)
        earlier.command(mesh, "stop")
    finally:
        mesh.command("purge")
