"""What WebSockets cost the gateway: idle ones by the thousand, and misuse over and over. JSON to a file."""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import httpx
import psutil
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.frames import Frame, Opcode

from support.mesh import Mesh, free_port_base

TARGETS = {"idle_kib_per_socket": 100.0, "idle_growth_mib": 3.0, "misuse_growth_mib": 8.0, "left_open": 0.0}
SETTLE_S = 3.0
Misuse = Callable[[str, dict[str, str]], Awaitable[None]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sockets", type=int, default=1_000)
    parser.add_argument("--idle-s", type=float, default=60.0, help="how long they stay idle")
    parser.add_argument("--rounds", type=int, default=300, help="rounds of each misuse")
    parser.add_argument("--out", type=Path, help="where the figures go as JSON")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        mesh = Mesh(Path(folder) / "state", free_port_base(), {"GATEWAY_SOCKETS_PER_USER": str(arguments.sockets + 10)})
        try:
            mesh.start()
            figures = asyncio.run(measured(mesh, arguments.sockets, arguments.idle_s, arguments.rounds))
        finally:
            mesh.command("purge")
    for name, value in figures.items():
        target = TARGETS.get(name)
        print(f"{name:24} {value:10.1f}" + (f"   (at most {target:g})" if target is not None else ""))
    if arguments.out:
        arguments.out.write_text(json.dumps(figures, indent=1))
    return int(any(figures[name] > most for name, most in TARGETS.items()))


async def measured(mesh: Mesh, count: int, idle_s: float, rounds: int) -> dict[str, float]:
    headers = {"Authorization": f"Bearer {mesh.key}"}
    gateway = process_of(mesh)
    async with httpx.AsyncClient(base_url=mesh.url, headers=headers, timeout=30, trust_env=False) as http:
        ids = [(await http.post("/api/sessions", json={})).json()["id"] for _ in range(20)]
        urls = [f"{mesh.url.replace('http', 'ws', 1)}/ws/chat/{session_id}" for session_id in ids]
        await opened_and_closed(urls, headers, 50)  # what a first socket loads is no cost of the others
        figures = await idle(gateway, urls, headers, count, idle_s)
        before = settled_mib(gateway)
        for misuse in (huge_frame, no_utf8, half_open, never_read):
            for number in range(rounds):
                await misuse(urls[number % len(urls)], headers)
        await asyncio.sleep(SETTLE_S)
        figures["misuse_rounds"] = 4.0 * rounds
        figures["misuse_growth_mib"] = settled_mib(gateway) - before
        figures["left_open"] = await left_open(http)
    return figures


async def idle(
    gateway: psutil.Process, urls: list[str], headers: dict[str, str], count: int, idle_s: float
) -> dict[str, float]:
    before = settled_mib(gateway)
    connections = [await connect(urls[n % len(urls)], additional_headers=headers, proxy=None) for n in range(count)]
    await asyncio.sleep(SETTLE_S)
    opened, busy = settled_mib(gateway), sum(gateway.cpu_times()[:2])
    started = time.monotonic()
    await asyncio.sleep(idle_s)
    cpu = (sum(gateway.cpu_times()[:2]) - busy) / (time.monotonic() - started) * 100
    after = settled_mib(gateway)
    await asyncio.gather(*(connection.close() for connection in connections))
    await asyncio.sleep(SETTLE_S)
    return {
        "sockets": float(count),
        "gateway_mib_before": before,
        "idle_kib_per_socket": (opened - before) / count * 1024,
        "idle_growth_mib": after - opened,
        "idle_cpu_percent": cpu,
        "closed_mib": settled_mib(gateway),
    }


async def opened_and_closed(urls: list[str], headers: dict[str, str], count: int) -> None:
    for number in range(count):
        async with connect(urls[number % len(urls)], additional_headers=headers, proxy=None) as connection:
            await connection.recv()


async def huge_frame(url: str, headers: dict[str, str]) -> None:
    async with connect(url, additional_headers=headers, proxy=None) as connection:
        await ended(connection, Frame(Opcode.TEXT, b"x" * 1_200_000))


async def no_utf8(url: str, headers: dict[str, str]) -> None:
    async with connect(url, additional_headers=headers, proxy=None) as connection:
        await ended(connection, Frame(Opcode.TEXT, b"\xff\xfe\xfd"))


async def half_open(url: str, headers: dict[str, str]) -> None:
    """The client is gone without a word."""
    connection = await connect(url, additional_headers=headers, proxy=None)
    connection.transport.abort()


async def never_read(url: str, headers: dict[str, str]) -> None:
    """Pings without end, whose answers nobody takes."""
    connection = await connect(url, additional_headers=headers, proxy=None)
    connection.transport.pause_reading()
    for number in range(50):
        connection.transport.write(Frame(Opcode.TEXT, b'{"type": "ping", "id": %d}' % number).serialize(mask=True))
    connection.transport.abort()


async def ended(connection: ClientConnection, frame: Frame) -> None:
    """Sends a frame past the library's own checks, and waits for the end."""
    connection.transport.write(frame.serialize(mask=True))
    try:
        async with asyncio.timeout(10):
            while True:
                await connection.recv()
    except WebSocketException:
        return


async def left_open(http: httpx.AsyncClient) -> float:
    """Sockets that the gateway still takes for open: their presence in a session that nobody is in."""
    facts = (await http.get("/health")).json()
    return float(facts["chat_sockets"])


def process_of(mesh: Mesh) -> psutil.Process:
    port = mesh.port("gateway")
    for process in psutil.process_iter(["cmdline"]):
        line = " ".join(process.info["cmdline"] or ())
        if "chassis.server" in line and line.rstrip().endswith(str(port)):
            return process
    for connection in psutil.net_connections("tcp"):
        if connection.laddr and connection.laddr.port == port and connection.status == "LISTEN" and connection.pid:
            return psutil.Process(connection.pid)
    raise RuntimeError("the gateway's process is not there")


def settled_mib(process: psutil.Process) -> float:
    """What belongs to this process alone."""
    return process.memory_full_info().uss / 1024 / 1024


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    sys.exit(main())
