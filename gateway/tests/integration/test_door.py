"""What every answer carries, which other sites may call, and how large a request may be."""

import httpx
import pytest
from pydantic import ValidationError

from ..conftest import FakeMesh, GatewayFactory, SettingsFactory
from ..fakes.admin import KEY

BEARER = {"Authorization": f"Bearer {KEY}"}
SITE = "https://ide.example"
PREFLIGHT = {"Origin": SITE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}


@pytest.mark.parametrize(
    ("path", "status", "policy"),
    [
        ("/livez", 200, "default-src 'none'"),
        ("/api/v1/generations", 401, "default-src 'none'"),
        ("/nowhere", 401, "default-src 'none'"),
        ("/docs", 200, "script-src 'self' 'unsafe-inline'"),
        ("/console/index.html", 200, "default-src 'self'"),
    ],
)
def test_every_answer_has_the_security_headers(gateway: str, path: str, status: int, policy: str) -> None:  # R3.8
    answer = httpx.get(f"{gateway}{path}")
    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert policy in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "strict-transport-security" not in answer.headers
    assert answer.headers.get("cache-control") == (None if path.startswith(("/docs", "/console")) else "no-store")


def test_no_other_site_may_call_unless_it_is_in_the_list(start_gateway: GatewayFactory) -> None:  # R3.8
    closed, listed = start_gateway(), start_gateway(cors_origins=f"{SITE}, http://localhost:5173")
    url = "/api/v1/generations"
    assert "access-control-allow-origin" not in httpx.options(f"{closed}{url}", headers=PREFLIGHT).headers
    allowed = httpx.options(f"{listed}{url}", headers=PREFLIGHT)
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, SITE)
    assert "access-control-allow-credentials" not in allowed.headers
    answer = httpx.get(f"{listed}{url}", headers={**BEARER, "Origin": SITE})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, SITE)
    refused = httpx.get(f"{listed}{url}", headers={"Origin": SITE})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, SITE)
    other = httpx.options(f"{listed}{url}", headers={**PREFLIGHT, "Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers


STAINLESS = (
    "arch", "lang", "os", "package-version", "retry-count", "runtime", "runtime-version", "timeout", "helper-method",
    "poll-helper", "custom-poll-interval",
)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/v1/chat/completions", ",".join(["authorization", "content-type", *(f"x-stainless-{x}" for x in STAINLESS)])),
        ("/mcp", "authorization,content-type,mcp-protocol-version,mcp-session-id,last-event-id"),
    ],
)
def test_official_clients_may_call_from_a_listed_site(start_gateway: GatewayFactory, path: str, sent: str) -> None:
    url = start_gateway(cors_origins=SITE)
    allowed = httpx.options(f"{url}{path}", headers={**PREFLIGHT, "Access-Control-Request-Headers": sent})
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, SITE), allowed.text
    answer = httpx.get(f"{url}/livez", headers={"Origin": SITE})
    assert "Mcp-Session-Id" in answer.headers["access-control-expose-headers"]
    unknown = {**PREFLIGHT, "Access-Control-Request-Headers": f"{sent},x-surprise"}
    assert httpx.options(f"{url}{path}", headers=unknown).status_code == 400


@pytest.mark.parametrize("origins", ["*", "ide.example", "https://ide.example/app", "javascript:x"])
def test_what_is_no_origin_is_refused_at_the_start(settings_with: SettingsFactory, origins: str) -> None:
    with pytest.raises(ValidationError, match="origin"):
        settings_with(cors_origins=origins)


def test_a_body_over_the_limit_is_a_413_and_nothing_of_it_is_kept(start_gateway: GatewayFactory) -> None:  # R3.8
    url = start_gateway(max_body_bytes=65_536)
    with httpx.Client(base_url=url, headers=BEARER) as client:
        stated = client.post("/api/v1/generations", json={"prompt": "x" * 70_000})
        streamed = client.post("/api/v1/generations", content=(b"x" * 1_000 for _ in range(70)))
        assert (stated.status_code, streamed.status_code) == (413, 413)
        assert client.get("/api/v1/generations").json()["items"] == []


def test_a_key_with_scopes_reaches_what_they_name_alone(mesh: FakeMesh, start_gateway: GatewayFactory) -> None:  # R3.8
    mesh.admin.scopes = {"k1": ["search"]}
    with httpx.Client(base_url=start_gateway(), headers=BEARER) as client:
        assert client.post("/api/v1/search", json={"query": "x"}).status_code == 200
        assert client.get("/api/auth/me").status_code == 200
        for method, path in (
            ("GET", "/api/v1/generations"), ("POST", "/api/chat"), ("GET", "/api/admin/users"),
            ("POST", "/api/auth/password"), ("GET", "/v1/models"), ("GET", "/a/path/of/tomorrow"),
        ):  # fmt: skip
            answer = client.request(method, path, json={} if method == "POST" else None)
            assert answer.status_code == 403, path
            assert "scopes" in answer.text
