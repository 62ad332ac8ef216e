"""The console's cookie: no script sees a token, no other site uses the sign-in."""

from collections.abc import Iterator

import httpx
import pytest

from ..conftest import FakeMesh, GatewayFactory
from ..fakes.admin import KEY

LOGIN = {"email": "a@b", "password": "right", "cookie": True}


@pytest.fixture
def browser(gateway: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=gateway, timeout=20) as client:
        yield client


def sign_in(browser: httpx.Client, path: str = "login") -> str:
    """The CSRF token; the cookie is in the jar."""
    answer = browser.post(f"/api/auth/{path}", json=LOGIN)
    assert answer.is_success, answer.text
    token: str = answer.json()["csrf_token"]
    return token


@pytest.mark.parametrize("path", ["login", "register"])
def test_a_browser_gets_a_cookie_that_no_script_reads(browser: httpx.Client, path: str) -> None:  # R3.1 R3.8
    answer = browser.post(f"/api/auth/{path}/", json=LOGIN)
    assert set(answer.json()) == {"user", "csrf_token", "expires_in"}
    assert "fws_" not in answer.text
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("fw_session=fws_")
    for attribute in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=1209600"):
        assert attribute in cookie
    assert "Secure" not in cookie
    assert "Domain" not in cookie
    assert browser.get("/api/auth/me").json()["id"] == "alice"


def test_over_tls_the_cookie_is_of_this_host_alone(mesh: FakeMesh, start_gateway: GatewayFactory) -> None:  # R3.8
    behind_tls = start_gateway(trusted_proxies="127.0.0.0/8, ::1")
    headers = {"X-Forwarded-Proto": "https"}
    answer = httpx.post(f"{behind_tls}/api/auth/login", json=LOGIN, headers=headers)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-fw_session=fws_")
    assert "; Secure" in cookie
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    sent = {"Cookie": cookie.partition(";")[0]}
    assert httpx.get(f"{behind_tls}/api/auth/me", headers=headers | sent).status_code == 200
    assert httpx.get(f"{behind_tls}/api/auth/me", headers=sent).status_code == 401


def test_a_change_needs_the_csrf_token_and_a_read_does_not(browser: httpx.Client) -> None:  # R3.8
    csrf = sign_in(browser)
    assert browser.get("/api/v1/generations").status_code == 200
    for shown in (None, b"guess", b"\xea\xb0\x92"):
        headers = [(b"X-CSRF-Token", shown)] if shown else []
        answer = browser.patch("/api/auth/me", json={"name": "B"}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert browser.patch("/api/auth/me", json={"name": "B"}, headers={"X-CSRF-Token": csrf}).status_code == 200


def test_another_sites_origin_is_refused(browser: httpx.Client, gateway: str) -> None:  # R3.8
    csrf = sign_in(browser)
    for origin, status in (("https://evil.example", 403), ("null", 403), (gateway, 200)):
        headers = {"X-CSRF-Token": csrf, "Origin": origin}
        assert browser.put("/api/auth/me", json={"name": "B"}, headers=headers).status_code == status
    answer = browser.post("/api/auth/login", json=LOGIN, headers={"Origin": "https://evil.example"})
    assert (answer.status_code, answer.json()["code"]) == (403, "origin_refused")


def test_a_page_that_was_loaded_anew_gets_its_csrf_token_again(browser: httpx.Client, gateway: str) -> None:
    csrf = sign_in(browser)
    answer = browser.get("/api/auth/session")
    assert (answer.json()["csrf_token"], answer.json()["user"]["name"]) == (csrf, "Alice")
    assert httpx.get(f"{gateway}/api/auth/session", headers={"X-API-Key": KEY}).status_code == 404
    assert httpx.get(f"{gateway}/api/auth/session").status_code == 401


def test_signing_out_takes_the_cookie_and_voids_it(browser: httpx.Client, gateway: str) -> None:  # R3.1
    csrf = sign_in(browser)
    kept = {"Cookie": f"fw_session={browser.cookies['fw_session']}"}
    refused = browser.post("/api/auth/logout")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
    assert browser.get("/api/auth/me").status_code == 200
    assert browser.post("/api/auth/logout", headers={"X-CSRF-Token": csrf}).status_code == 204
    assert "fw_session" not in browser.cookies
    assert httpx.get(f"{gateway}/api/auth/me", headers=kept).status_code == 401


def test_a_header_goes_before_the_cookie_and_needs_no_csrf_token(browser: httpx.Client) -> None:
    sign_in(browser)
    bearer = {"Authorization": f"Bearer {KEY}"}
    assert browser.put("/api/auth/me", json={"name": "B"}, headers=bearer).status_code == 200
    assert browser.get("/api/auth/me", headers={"Authorization": "Bearer fwk_9_wrong"}).status_code == 401


@pytest.mark.parametrize("cookie", ["fw_session=", "fw_session=x", "fw_session=fws_b_c", "a=b; ;=", '"', "fw_session"])
def test_a_cookie_that_is_none_is_a_401(gateway: str, cookie: str) -> None:
    assert httpx.get(f"{gateway}/api/auth/me", headers={"Cookie": cookie}).status_code == 401


def test_a_program_signs_out_by_its_refresh_token(gateway: str) -> None:
    headers = {"Authorization": f"Bearer {KEY}"}
    answer = httpx.post(f"{gateway}/api/auth/logout", headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "refresh_token")


def test_the_callers_address_comes_from_trusted_proxies_alone(
    mesh: FakeMesh, start_gateway: GatewayFactory
) -> None:  # R3.8
    trusting, strict = start_gateway(trusted_proxies="127.0.0.1, 10.0.0.0/8"), start_gateway()
    cases = [
        (trusting, "203.0.113.7", "203.0.113.7"),
        (trusting, "1.2.3.4, 203.0.113.7, 10.1.1.1", "203.0.113.7"),
        (trusting, "nonsense", "127.0.0.1"),
        (trusting, "10.1.1.1", "10.1.1.1"),
        (strict, "203.0.113.7", "127.0.0.1"),
    ]
    for url, forwarded, expected in cases:
        body = {"email": "a@b", "password": "right"}
        httpx.post(f"{url}/api/auth/login", json=body, headers={"X-Forwarded-For": forwarded})
        assert mesh.admin.bodies("/internal/auth/login")[-1]["client"] == expected, forwarded


def test_an_account_is_deleted_with_its_sessions_by_its_password(browser: httpx.Client) -> None:  # R3.1 R3.7
    headers = {"X-CSRF-Token": sign_in(browser)}
    browser.post("/api/sessions/", json={"title": "x"}, headers=headers)
    wrong = browser.request("DELETE", "/api/auth/me/", json={"password": "wrong"}, headers=headers)
    assert (wrong.status_code, len(browser.get("/api/sessions").json()["items"])) == (422, 1)
    kept = {"Cookie": f"fw_session={browser.cookies['fw_session']}"}
    assert browser.request("DELETE", "/api/auth/me/", json={"password": "right"}, headers=headers).status_code == 204
    assert "fw_session" not in browser.cookies
    assert browser.get("/api/sessions", headers=kept).json()["items"] == []
