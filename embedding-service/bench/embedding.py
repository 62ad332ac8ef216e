"""`python -m bench.embedding`: this service beside infinity-emb in the same run; prints the ratios.

FRAMEWRIGHT_EMBEDDING_PEER names the `bin` folder of a virtual environment with `infinity-emb[torch,server]`; without it
this service is measured alone. Both embed all-MiniLM-L6-v2, from the same files, over HTTP on two cores.
"""

import argparse
import asyncio
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from app.core.settings import DEFAULT_MODEL
from app.features.embeddings.model_files import packaged_folder

from chassis.local_postgres import free_port
from chassis.tokens import ServiceTokens

from .load import Server, embed, sentences, until_ready, wave

SERVICE = Path(__file__).parents[1]
CLIENTS = (1, 16, 64)
PEERS = {
    "infinity": {},
    "infinity, passive waits": {"OMP_WAIT_POLICY": "PASSIVE", "KMP_BLOCKTIME": "0"},
}
"""As it comes, and with what helps it most on shared cores: its best counts."""
BARS = {"ratio": 2.0, "cosine": 0.9995, "query_p50_ms": 10.0, "query_p95_ratio": 3.0}


def our_server(stack: ExitStack) -> Server:
    port, secret = free_port(), secrets.token_hex(32)
    environment = {**os.environ, "FRAMEWRIGHT_SERVICE_SECRET": secret, "FRAMEWRIGHT_LOG_LEVEL": "error"}
    command = [sys.executable, "-m", "chassis.server", "app.main:create_app", "--port", str(port)]
    _start(stack, command, environment, SERVICE)
    tokens = ServiceTokens(service="rag-service", secret=secret)

    def headers() -> dict[str, str]:
        return {"Authorization": f"Bearer {tokens.issue(audience='embedding-service')}"}

    return Server("ours", port, "/v1/embeddings", "/readyz", headers)


def peer_server(stack: ExitStack, name: str, folder: Path, model: Path) -> Server:
    port = free_port()
    offline = {"HF_HUB_OFFLINE": "1", "DO_NOT_TRACK": "1", "INFINITY_ANONYMOUS_USAGE_STATS": "0"}
    environment = {**os.environ, **offline, **PEERS[name]}
    command = [
        str(folder / "infinity_emb"), "v2", "--model-id", str(model), "--served-model-name", DEFAULT_MODEL,
        "--engine", "torch", "--device", "cpu", "--port", str(port), "--host", "127.0.0.1", "--log-level", "error",
        "--no-model-warmup",
    ]  # fmt: skip
    _start(stack, command, environment, Path(tempfile.gettempdir()))
    return Server(name, port, "/embeddings", "/health", dict)


def _start(stack: ExitStack, command: Sequence[str], environment: dict[str, str], folder: Path) -> None:
    process = subprocess.Popen(  # noqa: S603 - our own service, or the peer that the operator names
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)


async def throughput(servers: Sequence[Server], rounds: int, seconds: float) -> dict[tuple[str, int], list[float]]:
    """Sentences a second of each server and number of clients, round by round, one after the other."""
    rates: dict[tuple[str, int], list[float]] = defaultdict(list)
    for turn in range(rounds):
        for clients in CLIENTS:
            for server in servers if turn % 2 == 0 else reversed(servers):
                times = await wave(server, clients=clients, seconds=seconds)
                rates[server.name, clients].append(len(times) / seconds)
    return rates


def report_throughput(rates: dict[tuple[str, int], list[float]], peers: Sequence[str]) -> list[str]:
    short = []
    for clients in CLIENTS:
        ours = statistics.median(rates["ours", clients])
        line = f"{clients:3} clients: ours {ours:.0f} sentences/s"
        if peers:
            best = max(peers, key=lambda name: statistics.median(rates[name, clients]))
            theirs = rates[best, clients]
            ratio = statistics.median(a / b for a, b in zip(rates["ours", clients], theirs, strict=True))
            line += f", {best} {statistics.median(theirs):.0f}: {ratio:.1f} times"
            if ratio < BARS["ratio"]:
                short.append(f"{clients} clients: {ratio:.2f} times, bar {BARS['ratio']}")
        print(line)
    return short


async def agreement(ours: Server, peer: Server) -> list[str]:
    """Cosines with the peer's vectors, which are torch's in single precision."""
    texts = sentences(256, words=14)
    mine, theirs = await embed(ours, texts), await embed(peer, texts)
    cosines = (mine * theirs).sum(axis=1) / np.linalg.norm(mine, axis=1) / np.linalg.norm(theirs, axis=1)
    print(f"cosine to {peer.name}: mean {cosines.mean():.5f}, least {cosines.min():.5f}")
    return [f"cosine {cosines.min():.5f}, bar {BARS['cosine']}"] if cosines.min() < BARS["cosine"] else []


async def queries_beside_bulk(server: Server, seconds: float) -> list[str]:
    """A single client's queries, first alone, then while bulk indexing fills the other lane."""
    idle = await wave(server, clients=1, seconds=seconds)
    bulk = [asyncio.create_task(wave(server, clients=1, seconds=seconds + 1, inputs=64, words=80)) for _ in range(2)]
    await asyncio.sleep(0.5)
    busy = await wave(server, clients=1, seconds=seconds)
    await asyncio.gather(*bulk)
    p50, p95 = statistics.median(idle), _p95(idle)
    print(
        f"query: p50 {p50:.1f} ms, p95 {p95:.1f} ms; beside bulk indexing p50 {statistics.median(busy):.1f} ms, "
        f"p95 {_p95(busy):.1f} ms: {_p95(busy) / p95:.1f} times"
    )
    short = [f"query p50 {p50:.1f} ms, bar {BARS['query_p50_ms']}"] if p50 > BARS["query_p50_ms"] else []
    if _p95(busy) / p95 > BARS["query_p95_ratio"]:
        short.append(f"query p95 beside bulk {_p95(busy) / p95:.1f} times, bar {BARS['query_p95_ratio']}")
    return short


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[18]


async def main(rounds: int, seconds: float) -> int:
    named = os.environ.get("FRAMEWRIGHT_EMBEDDING_PEER", "")
    folder, model = Path(named), packaged_folder(DEFAULT_MODEL)
    with ExitStack() as stack:
        servers = [our_server(stack)]
        if named and model is not None and (folder / "infinity_emb").is_file():
            servers += [peer_server(stack, name, folder, model) for name in PEERS]
        else:
            print("FRAMEWRIGHT_EMBEDDING_PEER names no infinity_emb: ours alone, without ratios")
        for server in servers:
            await until_ready(server)
            await wave(server, clients=16, seconds=2)
        short = await queries_beside_bulk(servers[0], seconds * 2)
        short += report_throughput(await throughput(servers, rounds, seconds), [server.name for server in servers[1:]])
        if len(servers) > 1:
            short += await agreement(servers[0], servers[1])
    for line in short:
        print(f"UNDER THE BAR {line}")
    return 1 if short else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure embeddings beside a peer.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0)
    chosen = parser.parse_args()
    raise SystemExit(asyncio.run(main(chosen.rounds, chosen.seconds)))
