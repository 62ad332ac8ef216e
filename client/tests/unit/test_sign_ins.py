"""Sign-ins that are kept: for this user alone, renewed once, by one process at a time."""

import asyncio
import json
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.stand_in import KEY, Mesh

from framewright import (
    AsyncClient,
    Client,
    ClientError,
    KeyRefused,
    WrongAddress,
    find_credentials,
    open_async_client,
    open_client,
)
from framewright.kept_sign_ins import Kept, KeptSignIns, place_of
from framewright.sign_in import SignIn, SignInAuth


def sign_in(mesh: Mesh, *, expires_at: float) -> SignIn:
    return SignIn(mesh.url, "kim@example.com", "old", "refresh-1", expires_at)


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path)}


@pytest.fixture
def renewing(mesh: Mesh) -> list[str]:
    """A mesh whose refresh tokens serve once; those that it was given."""
    used: list[str] = []

    def refresh(body: Any) -> dict[str, Any]:
        used.append(body["refresh_token"])
        mesh.keys = [f"access-{len(used)}"]
        return {"access_token": mesh.keys[0], "refresh_token": f"refresh-{len(used) + 1}", "expires_in": 900}

    mesh.open_answers["/api/auth/refresh"] = refresh
    mesh.answers["/api/auth/me"] = {"id": "u1", "role": "developer"}
    return used


def test_the_file_is_for_its_user_alone(home: dict[str, str]):
    store = KeptSignIns.of(home)
    store.keep(Kept("https://a.example", "fwk_a"))
    store.keep(Kept("https://b.example", "fwk_b"))
    assert store.file.stat().st_mode & 0o777 == 0o600
    assert store.file.parent.stat().st_mode & 0o777 == 0o700
    assert store.find() == Kept("https://b.example", "fwk_b")
    assert store.find("https://a.example/") == Kept("https://a.example", "fwk_a")
    store.forget("https://b.example")
    assert store.find("https://b.example") is None
    assert store.find() == Kept("https://a.example", "fwk_a")


def test_a_sign_in_serves_where_nothing_nearer_does(home: dict[str, str], tmp_path: Path):
    KeptSignIns.of(home).keep(Kept("https://a.example", "fwk_a"))
    assert find_credentials(home, tmp_path).api_key == "fwk_a"
    other = find_credentials({**home, "FRAMEWRIGHT_URL": "https://other.example"}, tmp_path)
    assert (other.base_url, other.api_key) == ("https://other.example", "")
    (tmp_path / ".framewright").mkdir()
    local = {"base_url": "http://127.0.0.1:8080", "api_key": "fwk_local"}
    (tmp_path / ".framewright" / "credentials.json").write_text(json.dumps(local))
    assert find_credentials(home, tmp_path).api_key == "fwk_local"
    there = {**home, "FRAMEWRIGHT_URL": "https://a.example"}
    assert find_credentials(there, tmp_path).api_key == "fwk_a"


@pytest.mark.parametrize("text", ["", "[]", '{"meshes": 1}', '{"last": "u", "meshes": {"u": {"sign_in": {"x": 1}}}}'])
def test_a_file_of_another_version_is_no_sign_in(home: dict[str, str], text: str):
    store = KeptSignIns.of(home)
    store.keep(Kept("https://a.example", "fwk_a"))
    store.file.write_text(text)
    assert store.find() is None
    store.keep(Kept("https://b.example", "fwk_b"))
    assert store.find() == Kept("https://b.example", "fwk_b")


def test_windows_has_a_place_of_its_own(tmp_path: Path):
    assert place_of({"APPDATA": str(tmp_path)}) == tmp_path / "framewright"


def test_without_a_home_nothing_is_kept():
    with pytest.raises(ClientError, match="HOME"):
        KeptSignIns.of({})


def test_a_token_is_renewed_before_it_ends_and_what_came_is_kept(
    mesh: Mesh, renewing: list[str], home: dict[str, str], tmp_path: Path
):
    store = KeptSignIns.of(home)
    store.keep(Kept(mesh.url, sign_in=sign_in(mesh, expires_at=0)))
    for _ in range(2):
        with open_client(home, tmp_path) as client:
            assert client.me()["id"] == "u1"
    assert renewing == ["refresh-1"], "a refresh token serves once"
    kept = store.find()
    assert kept is not None
    assert kept.sign_in is not None
    assert kept.sign_in.refresh_token == "refresh-2"


async def test_tasks_at_the_same_time_use_a_refresh_token_once(
    mesh: Mesh, renewing: list[str], home: dict[str, str], tmp_path: Path
):
    store = KeptSignIns.of(home)
    store.keep(Kept(mesh.url, sign_in=sign_in(mesh, expires_at=0)))
    async with open_async_client(home, tmp_path) as one, open_async_client(home, tmp_path) as other:
        accounts = await asyncio.gather(*(client.me() for client in (one, other, one, other)))
    assert [account["id"] for account in accounts] == ["u1"] * 4
    assert renewing == ["refresh-1"]
    kept = store.find()
    assert kept is not None
    assert kept.sign_in is not None
    assert kept.sign_in.access_token == "access-1"


async def test_a_task_that_waits_for_another_process_can_be_cancelled(
    mesh: Mesh, renewing: list[str], home: dict[str, str]
):
    store = KeptSignIns.of(home)
    auth = SignInAuth(sign_in(mesh, expires_at=0), store)
    async with AsyncClient(mesh.url, auth=auth) as client:
        with store.renewing(mesh.url), pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await client.me()
        assert renewing == []
        assert (await client.me())["id"] == "u1"


async def test_an_async_client_takes_a_key_too(mesh: Mesh, renewing: list[str], tmp_path: Path):
    environment = {"FRAMEWRIGHT_URL": mesh.url, "FRAMEWRIGHT_API_KEY": KEY}
    cuts: list[str] = []
    async with open_async_client(environment, tmp_path, on_cut=cuts.append) as client:
        assert (await client.me())["id"] == "u1"


def test_a_renewal_leaves_the_last_sign_in_the_last(
    mesh: Mesh, renewing: list[str], home: dict[str, str], tmp_path: Path
):
    store = KeptSignIns.of(home)
    store.keep(Kept(mesh.url, sign_in=sign_in(mesh, expires_at=0)))
    store.keep(Kept("https://b.example", "fwk_b"))
    with open_client({**home, "FRAMEWRIGHT_URL": mesh.url}, tmp_path) as client:
        client.me()
    assert renewing == ["refresh-1"]
    assert store.find() == Kept("https://b.example", "fwk_b")
    store.forget(mesh.url)
    assert store.find() == Kept("https://b.example", "fwk_b")


def test_a_renewal_that_no_mesh_answered_is_said(mesh: Mesh, home: dict[str, str]):
    mesh.open_answers["/api/auth/refresh"] = lambda _: {"hello": "world"}
    auth = SignInAuth(sign_in(mesh, expires_at=0), KeptSignIns.of(home))
    with Client(mesh.url, auth=auth) as client, pytest.raises(WrongAddress, match="no answer of a mesh"):
        client.me()


def test_a_key_that_cannot_be_sent_is_refused_here(mesh: Mesh):
    with pytest.raises(KeyRefused, match="printable ASCII"):
        Client(mesh.url, "키")
    assert mesh.asked == []


def test_processes_at_the_same_time_use_a_refresh_token_once(
    mesh: Mesh, renewing: list[str], home: dict[str, str], tmp_path: Path
):
    KeptSignIns.of(home).keep(Kept(mesh.url, sign_in=sign_in(mesh, expires_at=0)))
    failures: list[Exception] = []

    def work() -> None:
        try:
            with open_client(home, tmp_path) as client:
                client.me()
        except Exception as error:  # noqa: BLE001 - the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert renewing == ["refresh-1"]


def test_a_refusal_of_the_renewal_is_heard_as_one(mesh: Mesh, home: dict[str, str]):
    mesh.answers = {}
    auth = SignInAuth(sign_in(mesh, expires_at=0), KeptSignIns.of(home))
    with Client(mesh.url, auth=auth) as client, pytest.raises(ClientError, match="Who are you"):
        client.me()


def test_a_token_that_still_lives_is_used_as_it_is(mesh: Mesh, home: dict[str, str]):
    auth = SignInAuth(sign_in(mesh, expires_at=1_000), KeptSignIns.of(home), clock=lambda: 0.0)
    flow = auth.sync_auth_flow(httpx.Request("GET", mesh.url))
    assert next(flow).headers["Authorization"] == "Bearer old"
