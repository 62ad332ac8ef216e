"""LiteLLM and this proxy in the same run, in front of the same mock engine, every feature on; prints the ratios.

FRAMEWRIGHT_PEERS names a folder with `scripts/mock`, `scripts/ssebench`, `scripts/wrk.lua` and LiteLLM in `v-litellm`;
`wrk` is on the path. Run by `make bench-proxy`.
"""

import argparse
import json
import os
import re
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from chassis.local_postgres import free_port
from chassis.tokens import ServiceTokens

SECRET = "bench-secret-of-at-least-32-characters"  # noqa: S105 - made up
CELLS = (("json", 1), ("json", 16), ("json", 64), ("burst", 1), ("burst", 16), ("paced", 64))
START_S, WARM_S = 120, 8
LITELLM_CONFIG = """
model_list:
  - model_name: mock
    litellm_params: {model: openai/mock, api_base: "http://127.0.0.1:PORT/v1", api_key: sk-x}
litellm_settings: {request_timeout: 600, set_verbose: false, num_retries: 0, callbacks: []}
general_settings: {proxy_batch_write_at: 60, disable_error_logs: true}
"""


@dataclass(frozen=True, slots=True)
class Target:
    name: str
    port: int
    process: psutil.Process | None
    key: str = ""

    def bearer(self) -> str:
        """Our own tokens live for two minutes: one for each measurement."""
        return self.key or ServiceTokens(service="gateway", secret=SECRET).issue(audience="llm-proxy")

    def memory_mib(self) -> float:
        return self.process.memory_info().rss / 2**20 if self.process else 0.0

    def cpu_s(self) -> float:
        return sum(self.process.cpu_times()[:2]) if self.process else 0.0


class Bench:
    """Starts what is measured; everything is stopped with `stack`."""

    def __init__(self, peers: Path, stack: ExitStack) -> None:
        self._scripts = peers / "scripts"
        self._litellm = peers / "v-litellm" / "bin"
        self._stack = stack
        self._folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        self._engine_port = free_port()

    def targets(self, *, only_ours: bool) -> list[Target]:
        port = self._engine_port
        self._start(1, [str(self._scripts / "mock"), str(port)], port)
        found = [Target("direct", port, None, "sk-x"), self._ours()]
        return found if only_ours else [*found, self._peer()]

    def _ours(self) -> Target:
        port = free_port()
        environment = {
            "FRAMEWRIGHT_SERVICE_SECRET": SECRET,
            "FRAMEWRIGHT_ENGINE_URL": f"http://127.0.0.1:{self._engine_port}",
            "FRAMEWRIGHT_ENGINE_MODEL": "mock",
        }
        command = [sys.executable, "-m", "chassis.server", "app.main:create_app", "--port", str(port)]
        return Target("ours", port, self._start(0, command, port, environment, Path(__file__).parents[1]))

    def _peer(self) -> Target:
        port, key = free_port(), "sk-" + secrets.token_urlsafe(36)
        config = self._folder / "litellm.yaml"
        config.write_text(LITELLM_CONFIG.replace("PORT", str(self._engine_port)), encoding="utf-8")
        command = [str(self._litellm / "python"), str(self._litellm / "litellm"), "--config", str(config)]
        command += ["--host", "127.0.0.1", "--port", str(port), "--num_workers", "1"]
        environment = {
            "LITELLM_MASTER_KEY": key,
            "LITELLM_SALT_KEY": "sk-" + secrets.token_urlsafe(36),
            "LITELLM_LOCAL_MODEL_COST_MAP": "True",
            "LITELLM_MODE": "PRODUCTION",
            "LITELLM_LOG": "ERROR",
        }
        return Target("litellm", port, self._start(0, command, port, environment), key)

    def _start(
        self, core: int, command: Sequence[str], port: int, environment: dict[str, str] | None = None,
        folder: Path | None = None,
    ) -> psutil.Process:  # fmt: skip
        process = subprocess.Popen(
            ["taskset", "-c", str(core), *command], env=os.environ | (environment or {}), cwd=folder or self._folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._stack.callback(process.wait)
        self._stack.callback(process.terminate)
        deadline = time.monotonic() + START_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except OSError:
                if time.monotonic() > deadline or process.poll() is not None:
                    raise
                time.sleep(0.1)
            else:
                return psutil.Process(process.pid)

    def load(self, target: Target, kind: str, clients: int, seconds: float) -> dict[str, Any]:
        """One measurement: requests, times in ms, and the target's CPU in ms for each request."""
        url = f"http://127.0.0.1:{target.port}/v1/chat/completions"
        wrk = ["wrk", "-t1", f"-c{clients}", f"-d{seconds:.0f}s", "--timeout", "20s"]
        command = (
            [*wrk, "-s", str(self._scripts / "wrk.lua"), url]
            if kind == "json"
            else [str(self._scripts / "ssebench"), str(target.port), str(clients), str(seconds), kind]
        )
        before = target.cpu_s()
        done = subprocess.run(
            ["taskset", "-c", "1", *command], env=os.environ | {"BENCH_KEY": target.bearer()},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        match = re.search(r"RESULT (.*)", done.stdout)
        if match is None:
            raise RuntimeError(f"{target.name}, {kind}: {(done.stdout + done.stderr)[-300:]}")
        result: dict[str, Any] = json.loads(match[1])
        result["cpu_ms"] = (target.cpu_s() - before) * 1000 / max(result["n"], 1)
        return result


def report(results: dict[tuple[str, int, str], list[dict[str, Any]]], runs: int) -> None:
    print(f"\nmedians of {runs} runs; load of the machine {os.getloadavg()[0]:.1f}")
    print("kind   clients target     req/s  x litellm  p50 ms  first p50  CPU ms/req  errors")
    for kind, clients in CELLS:
        for name in ("direct", "ours", "litellm"):
            rows = results.get((kind, clients, name))
            if not rows:
                continue
            peers = results.get((kind, clients, "litellm"), [])
            ratio = statistics.median([a["rps"] / b["rps"] for a, b in zip(rows, peers, strict=True)]) if peers else 0
            rate, p50, cpu = (statistics.median(row[member] for row in rows) for member in ("rps", "p50_ms", "cpu_ms"))
            first = statistics.median(row.get("ttft_p50_ms", 0) for row in rows)
            errors = sum(row.get("err", row.get("bad", 0)) for row in rows)
            times = f"{p50:7.2f} {first:10.2f} {cpu:11.3f}"
            print(f"{kind:6} {clients:7} {name:8} {rate:8.0f} {ratio:10.1f} {times} {errors:7}")
    direct, ours = results["paced", 64, "direct"], results["paced", 64, "ours"]
    ratios = [b["p50_ms"] / a["p50_ms"] for a, b in zip(direct, ours, strict=True)]
    print(f"64 paced streams, ours to direct: {statistics.median(ratios):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--only-ours", action="store_true")
    arguments = parser.parse_args()
    peers = os.environ.get("FRAMEWRIGHT_PEERS")
    if not peers or shutil.which("wrk") is None:
        sys.exit("FRAMEWRIGHT_PEERS must name the folder with the peers, and wrk must be installed.")
    results: dict[tuple[str, int, str], list[dict[str, Any]]] = defaultdict(list)
    with ExitStack() as stack:
        bench = Bench(Path(peers).resolve(), stack)
        targets = bench.targets(only_ours=arguments.only_ours)
        for target in targets:
            slow = target.name == "litellm"
            for kind in ("json", "burst", "paced"):
                bench.load(target, kind, 16, WARM_S if slow else 1)
        ours = targets[1]
        before = ours.memory_mib()
        for run in range(arguments.runs):
            for kind, clients in CELLS:
                for target in targets if run % 2 == 0 else reversed(targets):
                    seconds = arguments.seconds + (2 if target.name == "litellm" else 0)
                    results[kind, clients, target.name].append(bench.load(target, kind, clients, seconds))
        report(results, arguments.runs)
        asked = sum(row["n"] for (_, _, name), rows in results.items() if name == ours.name for row in rows)
        print(f"memory of ours: {before:.1f} MiB, after {asked:,} requests more {ours.memory_mib():.1f} MiB")


if __name__ == "__main__":
    main()
