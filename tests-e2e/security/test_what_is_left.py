"""After all attacks: no secret in any log or answer, no stack trace in any log, no file that others can read."""

import json
import re
import stat
from collections.abc import Iterator

import httpx
import pytest

from security.conftest import logs
from support.mesh import Mesh

ENGINE_KEY = "sk-of-an-engine-0123456789"
PASSWORD = "quite-Secret-7"  # noqa: S105 - made up, and looked for afterwards
ACCOUNT = {"email": "leak@example.com", "password": PASSWORD}
ADDRESSES = [
    "/health", "/readyz", "/livez", "/metrics", "/docs", "/openapi.json", "/api/admin/engines",
    "/api/admin/engines/kept", "/api/admin/users", "/api/admin/keys", "/api/admin/settings", "/api/admin/audit",
    "/api/admin/operations/health", "/api/admin/operations/measures", "/api/admin/invitations", "/api/v1/audit",
    "/api/auth/me", "/api/llm/models/", "/v1/models", "/api/tags",
]  # fmt: skip


def secrets(mesh: Mesh) -> Iterator[tuple[str, str]]:
    for path in sorted((mesh.state / "secrets").iterdir()):
        yield path.name, path.read_text(encoding="utf-8").strip()
    document = json.loads((mesh.state / "credentials.json").read_text(encoding="utf-8"))
    yield "the admin's key", document["api_key"]
    yield "the admin's password", document["admin_password"]
    yield "an engine's key", ENGINE_KEY
    yield "a user's password", PASSWORD
    database = re.search(r"postgresql://[^:]+:([^@]+)@", _gateway_environment(mesh)["DATABASE_URL"])
    assert database is not None
    yield "the database's password", database[1]


def _gateway_environment(mesh: Mesh) -> dict[str, str]:
    import psutil

    return psutil.Process(mesh.record()["processes"]["gateway"]["pid"]).environ()


@pytest.fixture(scope="module", autouse=True)
def used(mesh: Mesh) -> Iterator[None]:
    """Every secret is used once, also wrongly, so that it had its chance to be written down."""
    with httpx.Client(base_url=mesh.url, headers={"Authorization": f"Bearer {mesh.key}"}, timeout=30) as http:
        body = {
            "id": "kept",
            "kind": "openai",
            "base_url": "http://127.0.0.1:9/v1",
            "model": "m",
            "api_key": ENGINE_KEY,
        }
        assert http.post("/api/admin/engines", json=body).status_code == 201
        http.post("/api/admin/engines/kept/test")
        http.post("/api/auth/register", json=ACCOUNT)
        http.post("/api/auth/login", json=ACCOUNT)
        http.post("/api/auth/login", json={**ACCOUNT, "email": PASSWORD})
        http.get(f"/api/v1/generations?api_key={mesh.key}&q={PASSWORD}")
        http.post("/api/auth/login", content=json.dumps(ACCOUNT)[:-1], headers={"Content-Type": "application/json"})
        yield
        http.delete("/api/admin/engines/kept")


def test_no_secret_is_in_a_log(mesh: Mesh) -> None:  # R3.8
    found = {
        f"{what} in {path.name}"
        for path, text in logs(mesh)
        for what, secret in secrets(mesh)
        if len(secret) > 7 and secret in text
    }
    assert found == set()


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_secret_is_in_an_answer(mesh: Mesh, http: httpx.Client, address: str) -> None:  # R3.8
    text = http.get(address).text
    assert [what for what, secret in secrets(mesh) if len(secret) > 7 and secret in text] == []
    assert "$argon2" not in text


def test_no_secret_is_in_a_command_line(mesh: Mesh) -> None:  # R3.8
    """Every account of a machine can read those."""
    import psutil

    lines = [" ".join(psutil.Process(process["pid"]).cmdline()) for process in mesh.record()["processes"].values()]
    assert len(lines) > 7
    assert [what for what, secret in secrets(mesh) for line in lines if len(secret) > 7 and secret in line] == []


def test_no_secret_can_be_read_by_others(mesh: Mesh) -> None:  # R3.8
    assert stat.S_IMODE(mesh.state.stat().st_mode) == 0o700
    kept = [*(mesh.state / "secrets").iterdir(), mesh.state / "credentials.json"]
    assert {path.name for path in kept if stat.S_IMODE(path.stat().st_mode) & 0o077} == set()


def test_nothing_broke_on_the_way(mesh: Mesh) -> None:
    """An attack that ends in an error of ours is a finding, even where the caller saw a decent 500."""
    sign = re.compile(r'Traceback \(most recent call last\)|"status": ?500')
    broken = [
        f"{path.name}: {line[-900:]}" for path, text in logs(mesh) for line in text.split("\n") if sign.search(line)
    ]
    assert broken == []
