"""No service opens a connection to anything that is not listed: every `connect` of the whole mesh is written down.

`strace` sees what a library does behind our backs, name look-ups included. A second run lives in a network namespace of
its own, where nothing but loopback exists.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from support.api import Api
from support.mesh import OFFSETS, ROOT, Mesh, free_port_base

PROMPT = "Task 관리 화면 만들어줘"
# connect(12, {sa_family=AF_INET, sin_port=htons(8002), sin_addr=inet_addr("127.0.0.1")}, 16) = 0
INET = re.compile(r"connect\(\d+, \{sa_family=AF_INET6?, sin6?_port=htons\((\d+)\),.*?\"([0-9a-f.:]+)\"")
UNIX = re.compile(r"connect\(\d+, \{sa_family=AF_UNIX, sun_path=\"([^\"]+)\"")
NAME_SERVICE = {"/var/run/nscd/socket", "/run/systemd/resolve/io.systemd.Resolve"}
"""What the C library asks for names of accounts and hosts; nothing leaves the machine by it."""


@pytest.fixture
def traced(tmp_path: Path) -> Iterator[tuple[Mesh, Path]]:
    if shutil.which("strace") is None:
        pytest.skip("needs strace")
    mesh = Mesh(tmp_path / "state", free_port_base())
    trace = tmp_path / "trace"
    command = [
        "strace",
        "-f",
        "-qq",
        "-e",
        "trace=connect",
        "-o",
        str(trace),
        sys.executable,
        "-m",
        "framewright_local",
    ]
    subprocess.run([*command, "up"], check=True, env=mesh.environment(), timeout=400, capture_output=True)
    yield mesh, trace
    mesh.command("purge")


def test_every_connection_is_to_a_listed_port_of_this_machine(traced: tuple[Mesh, Path]) -> None:  # R5.8
    mesh, trace = traced
    with httpx.Client(base_url=mesh.url, headers={"Authorization": f"Bearer {mesh.key}"}, timeout=120) as http:
        assert Api(http).generate(PROMPT)[-1]["type"] == "completed"
        assert http.post("/api/v1/search", json={"query": "grid"}).status_code == 200
        assert http.get("/docs").status_code == 200
        chat = http.post(
            "/v1/chat/completions", json={"model": "framewright", "messages": [{"role": "user", "content": "hi"}]}
        )
        assert chat.status_code == 200, chat.text
    database = int(re.search(r"@127\.0\.0\.1:(\d+)/", _database_url(mesh))[1])  # type: ignore[index]
    listed = {mesh.port_base + offset for offset in OFFSETS} | {database}
    text = trace.read_text(encoding="utf-8", errors="replace")
    found = {(address, int(port)) for port, address in INET.findall(text)}
    assert len(found) > 5, "nothing was traced"
    assert {(a, p) for a, p in found if a != "127.0.0.1" or p not in listed} == set()
    assert {path for path in UNIX.findall(text) if path not in NAME_SERVICE} == set()


def _database_url(mesh: Mesh) -> str:
    import psutil

    return psutil.Process(mesh.record()["processes"]["gateway"]["pid"]).environ()["DATABASE_URL"]


def test_it_starts_and_generates_where_there_is_no_network_at_all(tmp_path: Path) -> None:  # R5.8
    if subprocess.run(["unshare", "-n", "true"], check=False, capture_output=True).returncode:
        pytest.skip("needs the right to make a network namespace")
    mesh = Mesh(tmp_path / "state", free_port_base())
    run = (
        "ip link set lo up && "
        f"'{sys.executable}' -m framewright_local up && "
        f"'{sys.executable}' -m framewright generate --out '{tmp_path / 'out'}' -- '{PROMPT}'; code=$?; "
        f"'{sys.executable}' -m framewright_local purge; exit $code"
    )
    result = subprocess.run(
        ["unshare", "-n", "bash", "-c", run], check=False, capture_output=True, text=True, timeout=600, cwd=ROOT,
        env=mesh.environment(),
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    assert {"TaskList.xml", "TaskList.js"} <= {path.name for path in (tmp_path / "out").rglob("*")}
