"""The edge's settings that streams, WebSockets and the closed paths stand on."""

from pathlib import Path

import pytest


@pytest.fixture
def settings(root: Path) -> str:
    return (root / "deploy" / "edge" / "nginx.conf").read_text(encoding="utf-8")


def test_streams_pass_unbuffered_and_may_be_silent(settings: str) -> None:  # R1.7
    assert "proxy_buffering off;" in settings
    assert "proxy_http_version 1.1;" in settings
    assert "proxy_read_timeout 3600s;" in settings


def test_websockets_are_upgraded(settings: str) -> None:  # R3.4
    assert "proxy_set_header Upgrade $http_upgrade;" in settings
    assert "proxy_set_header Connection $connection_upgrade;" in settings


def test_tls_is_of_today(settings: str) -> None:
    assert "listen 8443 ssl default_server;" in settings
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in settings
    assert "ssl_certificate_key /run/secrets/edge_key;" in settings


def test_requests_of_one_address_are_limited(settings: str) -> None:
    assert "limit_conn clients 512;" in settings
    assert "limit_req zone=requests" in settings
    assert "limit_req zone=sign_ins" in settings.split("location ^~ /api/auth/login", 1)[1].split("}", 1)[0]
    assert "client_max_body_size 64m;" in settings


def test_paths_of_the_mesh_are_closed(settings: str) -> None:
    assert "location = /metrics { return 404; }" in settings
    assert "location ^~ /internal/ { return 404; }" in settings


def test_replicas_are_found_while_it_runs(settings: str) -> None:
    assert "resolver 127.0.0.11 valid=2s" in settings
    assert "proxy_pass $gateway;" in settings


def test_its_own_errors_are_problems(settings: str) -> None:
    assert "default_type application/problem+json;" in settings
    assert "Retry-After" in settings


def test_it_writes_nothing_outside_tmp(settings: str) -> None:
    assert "pid /tmp/nginx.pid;" in settings
    for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"):
        assert f"{kind}_temp_path /tmp/{kind};" in settings


def test_the_consoles_files_are_compressed_and_answers_are_not(settings: str) -> None:
    assert "gzip on;" in settings
    types = settings.split("gzip_types", 1)[1].split(";", 1)[0].split()
    assert {"text/css", "text/javascript"} <= set(types)
    assert not any("json" in kind or "event-stream" in kind for kind in types)
