"""What the gateway passes to admin-service."""

import httpx
import pytest

from chassis.errors import UpstreamFailed

from ..conftest import FakeMesh, GatewayFactory


@pytest.mark.parametrize("slash", ["", "/"])
def test_login_refresh_me_and_logout(mesh: FakeMesh, gateway: str, slash: str) -> None:  # R3.1 R3.7
    with httpx.Client(base_url=gateway) as client:
        wrong = client.post(f"/api/auth/login{slash}", json={"email": "a@b", "password": "wrong"})
        assert (wrong.status_code, wrong.json()["detail"]) == (401, "wrong password")
        tokens = client.post(f"/api/auth/login{slash}", json={"email": "a@b", "password": "right"}).json()
        assert tokens["user"]["name"] == "Alice"
        headers = {"Authorization": f"Bearer {tokens['access_token']}"}
        assert client.get(f"/api/auth/me{slash}", headers=headers).json()["id"] == "alice"
        expired = {"Authorization": f"Bearer {mesh.admin.token(life_s=-5)}"}
        renewed = client.post(f"/api/auth/refresh{slash}", json={"refresh_token": "r1"}, headers=expired)
        assert renewed.json()["refresh_token"] == "r2"
        assert client.post(f"/api/auth/logout{slash}", json={"refresh_token": "r2"}, headers=headers).status_code == 204
        assert mesh.admin.bodies("/internal/auth/logout") == [{"refresh_token": "r2"}]
        assert client.get("/api/auth/register").status_code == 401


@pytest.mark.parametrize("life_s", [-5, None])
def test_the_refresh_token_alone_ends_its_sign_in(mesh: FakeMesh, gateway: str, life_s: int | None) -> None:  # R3.1
    headers = {} if life_s is None else {"Authorization": f"Bearer {mesh.admin.token(life_s=life_s)}"}
    with httpx.Client(base_url=gateway, headers=headers) as client:
        assert client.post("/api/auth/logout", json={"refresh_token": "r1"}).status_code == 204
        assert mesh.admin.bodies("/internal/auth/logout") == [{"refresh_token": "r1"}]
        nothing = client.post("/api/auth/logout", json={})
        assert (nothing.status_code, nothing.json()["code"]) == (400, "refresh_token_missing")
        elsewhere = {"Origin": "https://evil.example"}
        refused = client.post("/api/auth/logout", json={"refresh_token": "r2"}, headers=elsewhere)
        assert (refused.status_code, refused.json()["code"]) == (403, "origin_refused")


def test_the_console_api_is_passed_on_with_user_and_role(mesh: FakeMesh, client: httpx.Client) -> None:
    answer = client.put("/api/admin/engines/a%20b?x=1&y=%EA%B0%80", json={"k": "값"})
    assert answer.json() == {"path": "/api/admin/engines/a b", "query": "x=1&y=%EA%B0%80", "method": "PUT"}
    assert ("/api/admin/engines/a b", "alice", "developer") in mesh.admin.callers
    assert mesh.admin.calls[-1] == ("/api/admin/engines/a b", '{"k":"값"}')
    missing = client.get("/api/admin/missing")
    assert (missing.status_code, missing.json(), missing.headers["x-extra"]) == (
        404,
        {"detail": "nothing here"},
        "kept",
    )


@pytest.mark.parametrize(
    "path",
    ["/api/admin/../../internal/jwks", "/api/admin/%2e%2e/%2e%2e/internal/jwks", "/api/admin/..%2f..%2finternal/jwks",
     "/api/admin/%5c..%5cinternal", "/console/%2e%2e/internal/jwks"],
)  # fmt: skip
def test_no_path_leads_out_of_what_is_passed_on(mesh: FakeMesh, client: httpx.Client, path: str) -> None:
    before = len(mesh.admin.callers)
    request = client.build_request("GET", "/")
    request.url = httpx.URL(client.base_url).copy_with(raw_path=path.encode())
    assert client.send(request).status_code in {401, 404}
    assert not any(called.startswith("/internal/jwks") for called, _, _ in mesh.admin.callers[before:])


def test_the_console_is_served_to_anybody(gateway: str) -> None:
    answer = httpx.get(f"{gateway}/console/index.html")
    assert (answer.status_code, answer.headers["etag"]) == (200, '"1"')
    assert answer.headers["content-type"].startswith("text/html")


def test_a_stopped_admin_service_is_named(mesh: FakeMesh, client: httpx.Client, start_gateway: GatewayFactory) -> None:
    client.get("/api/v1/generations")
    mesh.admin.fail = UpstreamFailed("broken")
    answer = client.get("/api/admin/users")
    assert (answer.status_code, answer.json()["detail"]) == (502, "broken")
    gone = start_gateway(admin_url="http://127.0.0.1:9")
    login = httpx.post(f"{gone}/api/auth/login", json={"email": "a@b", "password": "right"})
    assert login.status_code == 502
    assert "admin-service" in login.json()["detail"]
