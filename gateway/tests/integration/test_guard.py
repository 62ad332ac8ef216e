"""Who may come in, and as whom."""

import time

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chassis.errors import ServiceError
from chassis.testing import TEST_METRICS_TOKEN, service_headers

from ..conftest import FakeMesh, GatewayFactory
from ..fakes.admin import KEY

OPEN = {("get", path) for path in ("/livez", "/readyz", "/docs", "/openapi.json", "/api/auth/registration")}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_nothing_is_open_but_health_docs_and_login(gateway: str) -> None:  # R3.8
    with httpx.Client(base_url=gateway, timeout=30) as nobody:
        document = nobody.get("/openapi.json").json()
        for path, operations in document["paths"].items():
            for method in operations:
                answer = nobody.request(method, path.replace("{", "").replace("}", ""), json={})
                if (method, path) in OPEN:
                    assert answer.status_code == 200, path
                elif path in {"/api/auth/login", "/api/auth/refresh", "/api/auth/register"}:
                    assert answer.status_code == 422, path
                elif path == "/api/auth/logout":
                    assert answer.status_code == 400, path
                else:
                    assert answer.status_code == 401, path
        assert nobody.get("/api/admin/users").status_code == 401
        assert nobody.get("/nowhere").status_code == 401


def test_the_open_docs_carry_no_link_to_another_host(gateway: str) -> None:
    assert "https://" not in httpx.get(f"{gateway}/docs").text


@pytest.mark.parametrize(
    "headers", [bearer("fwk_9_wrong"), bearer("a.b.c"), {"X-API-Key": "nonsense"}, bearer("x" * 9000)]
)
def test_a_wrong_key_is_a_401(gateway: str, headers: dict[str, str]) -> None:
    answer = httpx.get(f"{gateway}/api/v1/generations", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"
    assert httpx.get(f"{gateway}/v1/models", headers=headers).json()["error"]["type"] == "authentication_error"


def test_keys_and_access_tokens_let_in_by_either_header(mesh: FakeMesh, gateway: str) -> None:
    for headers in (bearer(KEY), {"X-API-Key": KEY}, bearer(mesh.admin.token()), {"X-API-Key": mesh.admin.token()}):
        assert httpx.get(f"{gateway}/api/auth/me", headers=headers).json()["id"] == "alice"


def test_forged_expired_and_foreign_tokens_are_refused(mesh: FakeMesh, gateway: str) -> None:
    forged = mesh.admin.token(key=Ed25519PrivateKey.generate())
    for token in (forged, mesh.admin.token(life_s=-5), mesh.admin.token(aud="somebody"), mesh.admin.token(iss="x")):
        assert httpx.get(f"{gateway}/api/v1/generations", headers=bearer(token)).status_code == 401


def test_a_token_expires_although_it_was_let_in_before(mesh: FakeMesh, gateway: str) -> None:
    token = mesh.admin.token(life_s=2)
    assert httpx.get(f"{gateway}/api/v1/generations", headers=bearer(token)).status_code == 200
    time.sleep(2.1)
    answer = httpx.get(f"{gateway}/api/v1/generations", headers=bearer(token))
    assert (answer.status_code, answer.json()["code"]) == (401, "token_expired")


def test_a_revoked_key_and_token_are_out_within_seconds(mesh: FakeMesh, start_gateway: GatewayFactory) -> None:  # R3.8
    url = f"{start_gateway(revocation_poll_s=0.1)}/api/v1/generations"
    token, older = mesh.admin.token(), mesh.admin.token(user_id="carol", iat=int(time.time()) - 100)
    for credential in (KEY, token, older):
        assert httpx.get(url, headers=bearer(credential)).status_code == 200
    mesh.admin.revoked = {
        "revision": 7, "keys": ["k1"], "tokens": ["jti-alice"], "users": [{"id": "carol", "before": time.time() - 50}],
    }  # fmt: skip
    time.sleep(0.5)
    for credential in (KEY, token, older):
        assert httpx.get(url, headers=bearer(credential)).status_code == 401
    assert httpx.get(url, headers=bearer(mesh.admin.token(user_id="carol"))).status_code == 200


def test_known_keys_go_on_while_admin_service_is_down(mesh: FakeMesh, start_gateway: GatewayFactory) -> None:
    url = f"{start_gateway(key_recheck_s=0.0)}/api/v1/generations"
    token = mesh.admin.token()
    assert httpx.get(url, headers=bearer(KEY)).status_code == 200
    assert httpx.get(url, headers=bearer(token)).status_code == 200
    mesh.admin.fail = ServiceError("down")
    assert httpx.get(url, headers=bearer(KEY)).status_code == 200
    assert httpx.get(url, headers=bearer(mesh.admin.token(jti="another"))).status_code == 200
    unknown = httpx.get(url, headers=bearer("fwk_3_new"))
    assert (unknown.status_code, unknown.json()["code"]) == (503, "authentication_unavailable")
    assert unknown.headers["retry-after"] == "5"


def test_without_admin_service_from_the_start_a_token_cannot_be_checked(mesh: FakeMesh, gateway: str) -> None:
    mesh.admin.fail = ServiceError("down")
    answer = httpx.get(f"{gateway}/api/v1/generations", headers=bearer(mesh.admin.token()))
    assert answer.status_code == 503
    assert httpx.get(f"{gateway}/livez").status_code == 200


def test_a_key_is_asked_about_once_for_many_requests(mesh: FakeMesh, client: httpx.Client) -> None:
    for _ in range(5):
        client.get("/api/v1/generations")
    assert len(mesh.admin.bodies("/internal/keys/verify")) == 1


def test_metrics_take_the_scrape_token_and_internal_paths_a_service_token(gateway: str) -> None:
    assert httpx.get(f"{gateway}/metrics", headers=bearer(KEY)).status_code == 401
    scraped = httpx.get(f"{gateway}/metrics", headers=bearer(TEST_METRICS_TOKEN))
    assert "framewright_gateway_generations_total" in scraped.text
    url = f"{gateway}/internal/generations"
    assert httpx.get(url, headers=bearer(KEY)).status_code == 401
    assert httpx.get(url, headers=service_headers("rag-service")).status_code == 401
    assert httpx.get(url, headers=service_headers("gateway", caller="admin-service")).status_code == 200


def test_health_names_the_dependencies_and_readiness_needs_postgres_alone(mesh: FakeMesh, client: httpx.Client) -> None:
    mesh.rag.fail = ServiceError("down")
    health = client.get("/health").json()
    assert health["status"] == "ready"
    assert health["dependencies"]["postgres"]["ok"]
    assert not health["dependencies"]["rag-service"]["ok"]
    assert health["running_generations"] == 0
    assert client.get("/readyz").status_code == 200
