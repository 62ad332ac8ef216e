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
from support.mesh import OFFSETS, ROOT, Mesh, free_port_base, until

PROMPT = "Task 관리 화면 만들어줘"
# connect(12, {sa_family=AF_INET, sin_port=htons(8002), sin_addr=inet_addr("127.0.0.1")}, 16) = 0
INET = re.compile(r"\{sa_family=AF_INET6?, sin6?_port=htons\((\d+)\),.*?\"([0-9a-f.:]+)\"")
UNIX = re.compile(r"\{sa_family=AF_UNIX, sun_path=\"([^\"]+)\"")
NAME_SERVICE = {"/var/run/nscd/socket", "/run/systemd/resolve/io.systemd.Resolve"}
"""What the C library asks for names of accounts and hosts; nothing leaves the machine by it."""
PROBE = "import socket; s = socket.socket(socket.AF_INET, {kind}); s.setblocking(False); s.{call}"
TEST_NET = "192.0.2.1"
"""RFC 5737: belongs to nobody."""
needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")


def traced_by(trace: Path, *command: str) -> list[str]:
    """The command line under `strace`, which stays no longer in the way than the command itself.

    `-D`: the tracer is a process aside, so that `up` returns while the mesh it started is still watched.
    `--seccomp-bpf`: no other system call stops.
    """
    calls = "trace=connect,sendto,sendmsg,sendmmsg"
    return ["strace", "-D", "-f", "--seccomp-bpf", "-qq", "-s", "64", "-e", calls, "-o", str(trace), *command]


def unlisted(trace: Path, listed: set[int]) -> set[tuple[str, int] | str]:
    """What was spoken to and is neither one of these ports of loopback nor a socket of the C library's."""
    text = trace.read_text(encoding="utf-8", errors="replace")
    addresses = {(address, int(port)) for port, address in INET.findall(text)}
    return {(a, p) for a, p in addresses if a != "127.0.0.1" or p not in listed} | (
        set(UNIX.findall(text)) - NAME_SERVICE
    )


@pytest.fixture
def traced(tmp_path: Path) -> Iterator[tuple[Mesh, Path]]:
    mesh = Mesh(tmp_path / "state", free_port_base())
    trace, output = tmp_path / "trace", tmp_path / "up"
    # Into a file: a pipe would stay open for as long as the tracer lives.
    with output.open("wb") as said:
        command = traced_by(trace, sys.executable, "-m", "framewright_local", "up")
        done = subprocess.run(command, check=False, env=mesh.environment(), timeout=300, stdout=said, stderr=said)
    try:
        assert done.returncode == 0, output.read_text(encoding="utf-8")
        yield mesh, trace
    finally:
        mesh.command("purge")


@needs_strace
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
    services = {mesh.port_base + offset for offset in OFFSETS}
    seen = {int(port) for port, _ in INET.findall(trace.read_text(encoding="utf-8", errors="replace"))}
    assert len(seen & services) > 5, "not all of the mesh was traced"
    assert unlisted(trace, services | {database}) == set()


@needs_strace
@pytest.mark.parametrize(
    ("kind", "call"),
    [
        ("socket.SOCK_STREAM", f"connect_ex(({TEST_NET!r}, 443))"),
        ("socket.SOCK_DGRAM", f"sendto(b'a', ({TEST_NET!r}, 443))"),
    ],
)
def test_a_process_that_speaks_to_anything_else_is_seen(tmp_path: Path, kind: str, call: str) -> None:
    trace = tmp_path / "trace"
    script = PROBE.format(kind=kind, call=call)
    # One process further down, as a service is below the command that starts the mesh.
    starter = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {script!r}])"
    subprocess.run(traced_by(trace, sys.executable, "-c", starter), check=True, timeout=60)
    until(lambda: unlisted(trace, {443}) == {(TEST_NET, 443)}, limit_s=10)


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
