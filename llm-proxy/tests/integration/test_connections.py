"""Connections to engines: kept, limited, closed, and over TLS."""

import asyncio
import datetime as dt
import ipaddress
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from app.engines.http_connection import Connection, ConnectionBroken
from app.engines.http_pool import Address, CannotConnect, ConnectionPool, Origin, TooManyConnections, resolve
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

REQUEST = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Kept: yes\r\n\r\nok"


class Server:
    """Answers each request with `answer`; counts its connections."""

    def __init__(self) -> None:
        self.answer = ANSWER
        self.made = self.open = 0
        self.origin = Origin("127.0.0.1", 0, tls=False)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.made += 1
        self.open += 1
        try:
            while True:
                await reader.readuntil(b"\r\n\r\n")
                writer.write(self.answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass
        finally:
            self.open -= 1
            writer.close()


@asynccontextmanager
async def serving(tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    server = Server()
    listener = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls)
    server.origin = Origin("127.0.0.1", listener.sockets[0].getsockname()[1], tls is not None)
    try:
        yield server
    finally:
        listener.close()


async def asked(connection: Connection) -> bytes:
    connection.ask(REQUEST)
    await connection.head()
    body = b""
    while part := await connection.read():
        body += part
    return body


async def until(condition: object) -> None:
    async with asyncio.timeout(5):
        while not condition():  # type: ignore[operator]
            await asyncio.sleep(0.01)


async def test_a_connection_is_used_again_and_closed_when_it_rests_too_long() -> None:
    async with serving() as server:
        pool = ConnectionPool(resolve, keep_s=0.1)
        for _ in range(3):
            connection = await pool.take(server.origin, limit_s=1)
            assert await asked(connection) == b"ok"
            assert (connection.status, connection.headers["x-kept"]) == (200, "yes")
            pool.give_back(server.origin, connection)
        assert server.made == 1
        fresh = await pool.take(server.origin, limit_s=1, fresh=True)
        assert server.made == 2
        assert not fresh.used
        fresh.close()
        pool.give_back(server.origin, fresh)
        await until(lambda: server.open == 0)
        pool.close()


async def test_an_answer_that_was_not_read_to_its_end_closes_its_connection() -> None:
    async with serving() as server:
        server.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok"
        pool = ConnectionPool(resolve)
        connection = await pool.take(server.origin, limit_s=1)
        connection.ask(REQUEST)
        await connection.head()
        assert await connection.read() == b"ok"
        pool.give_back(server.origin, connection)
        await until(lambda: server.open == 0)
        waiting = await pool.take(server.origin, limit_s=1)
        waiting.ask(REQUEST)
        await waiting.head()
        pool.give_back(server.origin, waiting, ending=True)  # the end may still come, but not for long
        await until(lambda: server.open == 0)
        pool.close()


async def test_the_end_of_a_transfer_is_waited_for_in_the_background() -> None:
    async with serving() as server:
        server.answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n"
        pool = ConnectionPool(resolve)
        connection = await pool.take(server.origin, limit_s=1)
        connection.ask(REQUEST)
        assert await connection.read() == b"ok"
        pool.give_back(server.origin, connection, ending=True)
        connection.data_received(b"0\r\n\r\n")
        assert await pool.take(server.origin, limit_s=1) is connection
        pool.close()
        pool.give_back(server.origin, connection)
        await until(lambda: server.open == 0)


async def test_what_is_not_http_breaks_the_exchange_and_what_nobody_asked_for_the_connection() -> None:
    async with serving() as server:
        pool = ConnectionPool(resolve)
        server.answer = b"SSH-2.0-OpenSSH\r\n"
        connection = await pool.take(server.origin, limit_s=1)
        with pytest.raises(ConnectionBroken, match="not HTTP"):
            await asked(connection)
        pool.give_back(server.origin, connection)
        server.answer = ANSWER
        kept = await pool.take(server.origin, limit_s=1)
        await asked(kept)
        pool.give_back(server.origin, kept)
        kept.data_received(b"unasked")
        await asyncio.sleep(0)
        assert await pool.take(server.origin, limit_s=1) is not kept
        pool.close()


async def test_there_are_so_many_connections_and_no_more() -> None:
    async with serving() as server:
        pool = ConnectionPool(resolve, limit=1)
        connection = await pool.take(server.origin, limit_s=1)
        with pytest.raises(TooManyConnections):
            await pool.take(server.origin, limit_s=1)
        connection.close()
        pool.give_back(server.origin, connection)
        again = await pool.take(server.origin, limit_s=1)
        again.close()
        pool.give_back(server.origin, again)
        pool.close()


async def test_the_addresses_of_a_name_are_tried_one_after_the_other() -> None:
    async with serving() as server:
        closed = socket.socket()
        closed.bind(("127.0.0.1", 0))
        dead = closed.getsockname()[1]

        async def two(_host: str, port: int) -> list[Address]:
            return [(socket.AF_INET, "127.0.0.1", dead), (socket.AF_INET, "127.0.0.1", port)]

        async def nowhere(_host: str, _port: int) -> list[Address]:
            return []

        pool = ConnectionPool(two)
        connection = await pool.take(server.origin, limit_s=1)
        assert await asked(connection) == b"ok"
        connection.close()
        for lost in (ConnectionPool(nowhere), ConnectionPool(resolve)):
            with pytest.raises(CannotConnect):
                await lost.take(Origin("127.0.0.1", dead, tls=False), limit_s=1)
        closed.close()


async def test_a_name_that_takes_too_long_is_no_connection() -> None:
    async def slow(_host: str, _port: int) -> list[Address]:
        await asyncio.sleep(5)
        return []

    with pytest.raises(CannotConnect, match="in time"):
        await ConnectionPool(slow).take(Origin("gpu", 80, tls=False), limit_s=0.05)


def test_origins() -> None:
    assert Origin.of("https://api.example.com/v1") == Origin("api.example.com", 443, tls=True)
    assert Origin.of("http://[::1]:8000") == Origin("::1", 8000, tls=False)
    for wrong in ("ftp://x", "gpu:8000", "http://"):
        with pytest.raises(ValueError, match="no address"):
            Origin.of(wrong)


def certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    built = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1)).add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    certificate_file, key_file = folder / "cert.pem", folder / "key.pem"
    certificate_file.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate_file, key_file


async def test_a_server_shows_a_certificate_that_is_trusted_or_is_not_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # R5.2
    certificate_file, key_file = certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate_file, key_file)
    async with serving(context) as server:
        with pytest.raises(CannotConnect, match="certificate"):
            await ConnectionPool(resolve).take(server.origin, limit_s=2)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate_file))
        pool = ConnectionPool(resolve)
        for _ in range(2):
            connection = await pool.take(server.origin, limit_s=2)
            assert await asked(connection) == b"ok"
            pool.give_back(server.origin, connection)
        pool.close()
        await asyncio.sleep(0.05)
