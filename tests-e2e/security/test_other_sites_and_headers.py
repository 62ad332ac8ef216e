"""What every answer carries, what another site may do with a signed-in browser, and headers that lie."""

import json
import socket

import httpx
import pytest

from security.conftest import LIMIT_S, refused
from support.mesh import Mesh

ACCOUNT = {"email": "browser@example.com", "password": "long-Enough-1"}
EVIL = [
    "https://evil.example",
    "null",
    "http://localhost.evil.example",
    "https://127.0.0.1.evil.example",
    "file://",
    "http://127.0.0.1:1",
]
CHANGES = [
    ("POST", "/api/v1/generations", {"prompt": "Task 화면"}),
    ("POST", "/api/sessions/", {"title": "x"}),
    ("PATCH", "/api/auth/me", {"name": "x"}),
    ("POST", "/api/admin/users", {"email": "x@example.com", "role": "admin"}),
    ("POST", "/plan", {"intent": "x", "code_paste": "x"}),
    ("DELETE", "/api/sessions/01a1fcd7-4992-706c-8cda-0dfe1713b48c/", None),
]


@pytest.fixture(scope="module")
def browser(mesh: Mesh) -> tuple[dict[str, str], str]:
    """The headers of a signed-in browser, and its CSRF token."""
    with httpx.Client(base_url=mesh.url, timeout=LIMIT_S, trust_env=False) as client:
        client.post("/api/auth/register", json=ACCOUNT)
        answer = client.post("/api/auth/login", json={**ACCOUNT, "cookie": True})
        assert answer.status_code == 200, answer.text
        cookie = answer.headers["set-cookie"]
    for attribute in ("HttpOnly", "SameSite=strict", "Path=/"):
        assert attribute in cookie
    assert "Domain" not in cookie
    return {"Cookie": cookie.partition(";")[0]}, answer.json()["csrf_token"]


@pytest.mark.parametrize(
    "path", ["/livez", "/docs", "/console/", "/api/v1/generations", "/v1/models", "/nowhere", "/plan", "/metrics"]
)
def test_every_answer_carries_the_security_headers(http: httpx.Client, path: str) -> None:  # R3.8
    headers = http.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy or "object-src 'none'" in policy
    assert "server" not in headers or "uvicorn" not in headers["server"].lower()
    assert "x-powered-by" not in headers


@pytest.mark.parametrize("origin", EVIL)
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change[1])
def test_another_site_changes_nothing_with_the_browser_s_cookie(
    mesh: Mesh, browser: tuple[dict[str, str], str], origin: str, change: tuple[str, str, object]
) -> None:  # R3.8
    cookie, token = browser
    method, path, body = change
    with httpx.Client(base_url=mesh.url, timeout=LIMIT_S, trust_env=False) as client:
        for headers in (
            {"Origin": origin},
            {"Origin": origin, "X-CSRF-Token": token},
            {"X-CSRF-Token": token[::-1]},
            {},
        ):
            answer = client.request(method, path, json=body, headers={**cookie, **headers})
            refused(answer, 403)
            assert answer.json()["code"] in {"csrf_failed", "origin_refused"}


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_form_of_another_site_is_no_request_of_ours(
    mesh: Mesh, browser: tuple[dict[str, str], str], kind: str
) -> None:  # R3.8
    """What a page may send without asking first (a "simple request")."""
    cookie, _ = browser
    headers = {**cookie, "Content-Type": kind, "Origin": "https://evil.example"}
    for path in ("/api/v1/generations", "/api/auth/login", "/api/auth/logout"):
        refused(httpx.post(f"{mesh.url}{path}", content=json.dumps(ACCOUNT), headers=headers, trust_env=False), 403)


@pytest.mark.parametrize("origin", EVIL)
def test_no_other_site_reads_an_answer(http: httpx.Client, origin: str) -> None:  # R3.8
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    for answer in (
        http.options("/api/v1/generations", headers=asked),
        http.get("/api/v1/generations", headers={"Origin": origin}),
    ):
        assert "access-control-allow-origin" not in answer.headers
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("origin", EVIL)
def test_no_other_site_opens_a_socket(mesh: Mesh, browser: tuple[dict[str, str], str], origin: str) -> None:  # R3.4
    cookie, _ = browser
    head = raw(
        mesh,
        "GET /ws/chat/01a1fcd7-4992-706c-8cda-0dfe1713b48c HTTP/1.1", "Host: localhost", "Connection: Upgrade",
        "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        f"Origin: {origin}", f"Cookie: {cookie['Cookie']}",
    )  # fmt: skip
    assert head.startswith("HTTP/1.1 403")


def raw(mesh: Mesh, *lines: str, body: bytes = b"") -> str:
    """The answer to bytes that no decent client sends; "" where the connection was closed."""
    with socket.create_connection(("127.0.0.1", mesh.port("gateway")), timeout=LIMIT_S) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        connection.settimeout(5)
        got = b""
        try:
            while piece := connection.recv(65_536):
                got += piece
                if b"\r\n\r\n" in got:
                    break
        except TimeoutError:
            pass
    return got.decode("latin-1")


@pytest.mark.parametrize("host", ["evil.example", "169.254.169.254", "localhost:80@evil.example", "a" * 300, ""])
def test_an_answer_believes_no_host(mesh: Mesh, host: str) -> None:
    """Links to ourselves would lead elsewhere else: password mails, `Location`."""
    answer = raw(mesh, "GET /console HTTP/1.1", f"Host: {host}", f"X-Forwarded-Host: {host}", "Connection: close")
    assert not host or f"//{host}" not in answer.lower()


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: 5", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: chunked", "Content-Length: 5"),
        ("Content-Length: 5", "Content-Length: 6"),
        ("Content-Length: +5",),
        ("Content-Length: -1",),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding : chunked",),
        ("Transfer-Encoding: chunked", "Transfer-Encoding: identity"),
    ],
)
def test_no_second_request_is_smuggled_in_the_first(mesh: Mesh, lines: tuple[str, ...]) -> None:
    """Two readings of where a body ends: one answer, or the connection is closed."""
    key = f"Authorization: Bearer {mesh.key}"
    smuggled = b"0\r\n\r\nGET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n"
    answer = raw(mesh, "POST /api/v1/search HTTP/1.1", "Host: localhost", key, *lines, body=smuggled)
    assert answer.count("HTTP/1.1 ") <= 1
    assert not answer.startswith("HTTP/1.1 200")


@pytest.mark.parametrize(
    "header", ["X-Trace-Id", "traceparent", "Idempotency-Key", "Last-Event-ID", "X-Request-Id", "Accept-Language"]
)
@pytest.mark.parametrize(
    "value", ["a\r\nSet-Cookie: owned=1", "a%0d%0aSet-Cookie:%20owned=1", "a\nX-Owned: 1", "é" * 50, "a" * 20_000]
)
def test_no_header_of_a_caller_becomes_a_header_of_ours(mesh: Mesh, header: str, value: str) -> None:
    lines = [
        "GET /api/v1/generations HTTP/1.1",
        "Host: localhost",
        f"Authorization: Bearer {mesh.key}",
        f"{header}: {value}",
    ]
    answer = raw(mesh, *lines, "Connection: close")
    head = answer.partition("\r\n\r\n")[0].lower()
    assert "owned" not in head
    assert not head.startswith("http/1.1 5")


@pytest.mark.parametrize(
    "name",
    [
        "X-Forwarded-User",
        "X-Remote-User",
        "X-User-Id",
        "X-Framewright-User",
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-HTTP-Method-Override",
    ],
)
def test_no_header_says_who_calls_or_what_is_called(mesh: Mesh, developer: httpx.Client, name: str) -> None:  # R3.8
    for value in ("admin", "admin@example.com", "/api/admin/users", "DELETE"):
        assert httpx.get(f"{mesh.url}/api/admin/users", headers={name: value}, trust_env=False).status_code == 401
        refused(developer.get("/api/admin/users", headers={name: value}), 403)


def test_methods_that_nobody_needs_are_refused(http: httpx.Client) -> None:
    for method in ("TRACE", "CONNECT", "TRACK", "PROPFIND"):
        assert http.request(method, "/api/v1/generations").status_code in {400, 404, 405, 501}
