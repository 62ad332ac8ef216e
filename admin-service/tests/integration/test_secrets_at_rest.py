"""What a stolen dump of the database gives away of secrets: nothing, in no form that takes no key to undo."""

import base64
import codecs
import subprocess
from collections.abc import Iterator
from urllib.parse import quote

import psycopg
from app.core.context import Context
from app.db.models import metadata

from chassis.local_postgres import client_program
from tests.conftest import ENCRYPTION_KEY, Api

ENGINE_KEY, CHANGED_KEY = "sk-Very+Secret/0123456789", "sk-Another+Secret/987654321"
ADMIN_PASSWORD, FIRST_PASSWORD = "first-Password-1", "given-Password-2"
ENGINE = {"id": "coder", "kind": "vllm", "base_url": "http://10.1.2.3:8000/v1/", "model": "qwen3-coder:30b"}


def forms(secret: bytes) -> Iterator[bytes]:
    """The secret as it is, and what anybody reads it from at a glance; Base64 at each of its three alignments."""
    yield secret
    yield secret[::-1]
    yield secret.hex().encode()
    yield secret.hex().upper().encode()
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + secret)
        inner = encoded[4 if shift else 0 : len(encoded) - 4]
        yield inner
        yield inner.replace(b"+", b"-").replace(b"/", b"_")
    if secret.isascii():
        text = secret.decode()
        yield from (quote(text, safe="").encode(), text.encode("utf-16-le"), codecs.encode(text, "rot13").encode())


def found(dump: bytes, secret: bytes) -> list[bytes]:
    return [form for form in forms(secret) if form in dump]


def dumped(url: str) -> bytes:
    """The whole database by pg_dump; and each table by COPY, should pg_dump leave one out."""
    whole = subprocess.run([client_program("pg_dump"), url], check=True, capture_output=True, timeout=60).stdout
    copied = b""
    with psycopg.connect(url) as connection:
        query = (
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        tables = connection.execute(query).fetchall()
        assert {name for _, name in tables} >= {table.name for table in metadata.sorted_tables}
        for schema, table in tables:
            with connection.cursor().copy(f'COPY "{schema}"."{table}" TO STDOUT'.encode()) as copy:
                copied += b"".join(bytes(part) for part in copy)
    return whole + copied


async def test_no_secret_is_readable_in_a_dump(operator: Api, service: Api, admin: Api, context: Context) -> None:
    # R3.8
    await operator.post("/api/admin/engines", ENGINE | {"api_key": ENGINE_KEY})
    await operator.patch("/api/admin/engines/coder", {"api_key": CHANGED_KEY})
    login = {"email": "admin@example.com", "password": ADMIN_PASSWORD}
    tokens = (await service.post("/internal/auth/login", login)).json()
    renewed = (await service.post("/internal/auth/refresh", {"refresh_token": tokens["refresh_token"]})).json()
    browser = (await service.post("/internal/auth/browser/login", login)).json()
    made = await admin.post(
        "/api/admin/users", {"email": "k@example.com", "role": "developer", "password": FIRST_PASSWORD}
    )
    assert made.status_code == 201, made.text
    invited = (await admin.post("/api/admin/invitations", {"role": "developer", "days": 1})).json()
    key = (await admin.post("/api/admin/keys", {"name": "x"})).json()["api_key"]
    named = {
        "an engine's key": ENGINE_KEY, "an engine's new key": CHANGED_KEY, "a password": ADMIN_PASSWORD,
        "a first password": FIRST_PASSWORD, "an API key": key.rsplit("_", 1)[1], "an invitation": invited["code"],
        "a refresh token": tokens["refresh_token"], "the next refresh token": renewed["refresh_token"],
        "a browser's token": browser["session_token"].split("_", 2)[2], "an access token": tokens["access_token"],
        "the encryption key": ENCRYPTION_KEY,
    }  # fmt: skip
    secrets = {name: str(secret).encode() for name, secret in named.items()}
    secrets["the signing key"] = (await context.signing.current()).private
    dump = dumped(context.settings.database_url.get_secret_value())
    assert b"admin@example.com" in dump
    assert b"qwen3-coder:30b" in dump
    assert {name: found(dump, secret) for name, secret in secrets.items() if found(dump, secret)} == {}


def test_what_is_looked_for_would_be_found() -> None:
    secret = ENGINE_KEY.encode()
    disguises = [
        secret, b"\\\\x" + secret.hex().encode(), base64.b64encode(secret),
        base64.b64encode(b'{"key": "' + secret + b'"}'),
        base64.urlsafe_b64encode(b"ab" + secret), quote(ENGINE_KEY, safe="").encode(), secret[::-1],
        ENGINE_KEY.encode("utf-16-le"),
    ]  # fmt: skip
    assert all(found(b"before " + disguise + b" after", secret) for disguise in disguises)
    assert found(b"something else", secret) == []
