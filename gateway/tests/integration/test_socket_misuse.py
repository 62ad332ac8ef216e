"""What clients should not do to a WebSocket: it costs them their connection at most, and others nothing."""

import socket as sockets
import struct
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.sync.client import ClientConnection

from chassis.testing import TEST_METRICS_TOKEN

from ..conftest import FakeMesh, GatewayFactory
from ..fakes.admin import KEY
from ..fakes.llm import Script
from .sockets import Socket, chat
from .test_sessions import Json, begin


@pytest.fixture
def session(client: httpx.Client) -> Json:
    return begin(client)


def raw(connection: ClientConnection, opcode: Opcode, data: bytes, *, mask: bool = True, fin: bool = True) -> None:
    """A frame as it is, past the library's own checks."""
    connection.socket.sendall(Frame(opcode, data, fin).serialize(mask=mask))


def open_sockets(gateway: str) -> int:
    metrics = httpx.get(f"{gateway}/metrics", headers={"Authorization": f"Bearer {TEST_METRICS_TOKEN}"}).text
    line = next(line for line in metrics.splitlines() if line.startswith("framewright_gateway_chat_sockets "))
    return int(float(line.split()[1]))


def wait_for(condition: Callable[[], bool], within_s: float = 10.0) -> None:
    until = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.05)


def code_of_end(socket: Socket) -> int | None:
    with pytest.raises(ConnectionClosed) as closed:
        socket.until("nothing", timeout=10)
    return closed.value.rcvd.code if closed.value.rcvd else None


@pytest.mark.parametrize(
    ("opcode", "data", "code"),
    [
        (Opcode.TEXT, b"x" * (1024 * 1024 + 1), 1009),
        (Opcode.TEXT, b'{"type": "ping", "id": "\xff\xfe"}', 1007),
        (Opcode.TEXT, b"\xed\xa0\x80", 1007),
        (Opcode.CONT, b"nothing before", 1002),
        (Opcode.BINARY, b"\x00", None),
    ],
    ids=["huge", "no UTF-8", "half a surrogate pair", "a continuation of nothing", "binary"],
)
def test_a_wrong_frame_costs_its_sender_the_connection_at_most(
    gateway: str, session: Json, opcode: Opcode, data: bytes, code: int | None
) -> None:  # R3.8, R3.4
    with chat(gateway, session["id"]) as socket, chat(gateway, session["id"]) as other:
        raw(socket.connection, opcode, data)
        if code is None:
            assert socket.until("error")["code"] == "invalid_frame"
        else:
            assert code_of_end(socket) == code
        other.send("ping", id="there")
        assert other.until("pong")["id"] == "there"
    wait_for(lambda: open_sockets(gateway) == 0)


def test_a_frame_without_a_mask_and_one_that_never_ends_are_closed(gateway: str, session: Json) -> None:  # R3.4
    with chat(gateway, session["id"]) as socket:
        raw(socket.connection, Opcode.TEXT, b"{}", mask=False)
        assert code_of_end(socket) == 1002
    with chat(gateway, session["id"]) as socket:
        raw(socket.connection, Opcode.TEXT, b"x" * 1000, fin=False)
        for _ in range(1100):
            try:
                raw(socket.connection, Opcode.CONT, b"x" * 1000, fin=False)
            except OSError:
                break
        assert code_of_end(socket) in {1009, None}
    wait_for(lambda: open_sockets(gateway) == 0)


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '"x"', "{}", '{"type": "nonsense"}', '{"type": 7}', '{"type": "chat_message"}',
        '{"type": "chat_message", "message": 7}', '{"type": "chat_message", "message": " "}',
        '{"type": "chat_message", "message": "a\\u0000"}', '{"type": "chat_message", "message": "\\ud800"}',
        '{"type": "answer", "question_id": "q"}', "[" * 100_000, '{"type": "ping", "id": {}}',
        '{"type": "chat_message", "message": "x", "temperature": 1e999}',
    ],
)  # fmt: skip
def test_what_is_no_message_is_told_and_the_connection_stays(gateway: str, session: Json, text: str) -> None:  # R3.4
    with chat(gateway, session["id"]) as socket:
        socket.connection.send(text)
        error = socket.until("error")
        assert (error["code"], bool(error["message"])) == ("invalid_frame", True)
        socket.send("ping")
        assert socket.until("pong")["id"] is None


@pytest.mark.parametrize("how", ["reset", "silent"])
def test_a_client_that_is_gone_without_a_word_is_forgotten(gateway: str, session: Json, how: str) -> None:  # R3.8, R3.4
    with chat(gateway, session["id"]) as stays:
        with chat(gateway, session["id"]) as goes:
            while stays.until("presence")["online"] != 2:
                continue
            if how == "reset":
                goes.connection.socket.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, struct.pack("ii", 1, 0))
            goes.connection.socket.shutdown(sockets.SHUT_RDWR)
            goes.connection.socket.close()
            assert stays.until("presence")["online"] == 1
        wait_for(lambda: open_sockets(gateway) == 1)


def test_a_reader_that_takes_nothing_is_let_go_and_may_resume(
    mesh: FakeMesh, start_gateway: GatewayFactory, session: Json
) -> None:  # R3.4
    url = start_gateway(socket_send_limit_s=0.5)
    piece = "가" * 20_000
    mesh.llm.scripts = [Script([piece] * 150, pause_s=0.005)]
    slow = sockets.socket()
    slow.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    host, port = url.removeprefix("http://").split(":")
    slow.connect((host, int(port)))
    slow.sendall(
        f"GET /ws/chat/{session['id']} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\nX-API-Key: {KEY}\r\n\r\n".encode()
    )
    assert b"101" in slow.recv(64)
    with chat(url, session["id"]) as quick:
        quick.send("chat_message", message="많이")
        frames = quick.turn()
        assert sum(frame["type"] == "ai_chunk" for frame in frames) > 1
        wait_for(lambda: open_sockets(url) == 1, 20)
    slow.close()
    with chat(url, session["id"], resume_from=frames[0]["seq"]) as resumed:
        again = resumed.turn()
    assert [frame["seq"] for frame in again] == [frame["seq"] for frame in frames[1:]]


def test_a_flood_of_small_frames_is_taken_one_by_one(gateway: str, session: Json) -> None:  # R3.4
    with chat(gateway, session["id"]) as socket:
        for number in range(2_000):
            socket.send("typing", typing=bool(number % 2))
            socket.send("ping", id=number)
        pongs: list[Any] = [socket.until("pong")["id"] for _ in range(2_000)]
    assert pongs == list(range(2_000))
