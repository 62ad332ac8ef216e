"""What makes each alert fire, done to the running mesh for as long as the block lasts."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial

import httpx
import psutil
from chassis.tokens import ServiceTokens

from fault_table.faulty_mesh import FaultyMesh
from load.words import Words
from observability.stack import Stack
from support.api import GENERATIONS
from support.mesh import ROOT, until
from support.simulator import set_pace

SIMULATED, DEAD = "engine", "dead-engine"
LEAK_PORT = 30
Cause = Callable[[FaultyMesh, httpx.Client, Stack], AbstractContextManager[None]]
_words = Words(seed=7)


@contextmanager
def _again_and_again(work: Callable[[int], object], every_s: float, threads: int = 1) -> Iterator[None]:
    """Does it in the background until the block ends; what fails is what is wanted here."""
    stopped = threading.Event()

    def run(first: int) -> None:
        number = first
        while not stopped.is_set():
            with suppress(httpx.HTTPError):
                work(number)
            number += threads
            stopped.wait(every_s)

    running = [threading.Thread(target=run, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    try:
        yield
    finally:
        stopped.set()
        for thread in running:
            thread.join(150)


@contextmanager
def service_down(faulty: FaultyMesh, _http: httpx.Client, _stack: Stack) -> Iterator[None]:
    with faulty.mesh.without("intent-service"):
        yield


@contextmanager
def service_gone(_faulty: FaultyMesh, _http: httpx.Client, stack: Stack) -> Iterator[None]:
    stack.set_targets({job: at for job, at in stack.jobs.items() if job != "embedding-service"})
    try:
        yield
    finally:
        stack.set_targets(stack.jobs)


@contextmanager
def service_restarting(faulty: FaultyMesh, _http: httpx.Client, _stack: Stack) -> Iterator[None]:
    for _ in range(5):
        until(partial(faulty.mesh.is_ready, "admin-service"))
        time.sleep(4)  # a start has to be seen
        faulty.mesh.kill("admin-service")
        time.sleep(0.5)
    until(partial(faulty.mesh.is_ready, "admin-service"))
    yield


@contextmanager
def postprocess_down(faulty: FaultyMesh, http: httpx.Client, _stack: Stack) -> Iterator[None]:
    def ask(number: int) -> None:
        http.post(GENERATIONS, json={"prompt": _words.prompt(number)})

    with faulty.mesh.without("postprocess-service"), _again_and_again(ask, 0.5):
        yield


@contextmanager
def engine_broken(faulty: FaultyMesh, http: httpx.Client, _stack: Stack) -> Iterator[None]:
    """It breaks off, and `builtin` takes over."""

    def ask(number: int) -> None:
        http.post(GENERATIONS, json={"prompt": _words.prompt(number), "model": SIMULATED})

    set_pace(faulty.engine_url, break_rate=1.0)
    try:
        with _again_and_again(ask, 1.0):
            yield
    finally:
        set_pace(faulty.engine_url, break_rate=0.0)


@contextmanager
def prompt_cut(faulty: FaultyMesh, http: httpx.Client, _stack: Stack) -> Iterator[None]:
    """The engine says that it read a hundred tokens of a prompt of three thousand words."""

    def ask(number: int) -> None:
        message = {"role": "user", "content": f"{_words.message(number)} {'word ' * 3_000}"}
        http.post("/v1/chat/completions", json={"model": SIMULATED, "messages": [message], "max_tokens": 5})

    set_pace(faulty.engine_url, context_window=4_096, reported_prompt_tokens=100)
    try:
        with _again_and_again(ask, 1.0):
            yield
    finally:
        set_pace(faulty.engine_url, context_window=32_768, reported_prompt_tokens=0)


@contextmanager
def no_engine(_faulty: FaultyMesh, http: httpx.Client, _stack: Stack) -> Iterator[None]:
    """Asked without a fallback, as OpenAI's clients ask."""

    def ask(number: int) -> None:
        message = {"role": "user", "content": _words.message(number)}
        body = {"model": DEAD, "messages": [message], "framewright": {"allow_fallback": False}}
        http.post("/v1/chat/completions", json=body)

    with _again_and_again(ask, 1.0):
        yield


@contextmanager
def queue(faulty: FaultyMesh, http: httpx.Client, _stack: Stack) -> Iterator[None]:
    """One call at a time, four seconds each, and thirty who want one."""

    def ask(number: int) -> None:
        http.post(GENERATIONS, json={"prompt": _words.prompt(number), "model": SIMULATED}, timeout=200)

    assert http.patch(f"/api/admin/engines/{SIMULATED}", json={"max_concurrency": 1}).status_code == 200
    set_pace(faulty.engine_url, output_tokens=160, tokens_per_s=40)
    try:
        with _again_and_again(ask, 0.1, threads=30):
            yield
    finally:
        set_pace(faulty.engine_url, output_tokens=40, tokens_per_s=400)
        assert http.patch(f"/api/admin/engines/{SIMULATED}", json={"max_concurrency": None}).status_code == 200


@contextmanager
def slow_search(faulty: FaultyMesh, http: httpx.Client, _stack: Stack) -> Iterator[None]:
    def ask(number: int) -> None:
        http.post("/api/v1/search", json={"query": _words.query(number), "framework": "xframe5"})

    proxy = faulty.proxies["embedding-service"]
    proxy.delay_s = 1.5
    proxy.set("slow")
    try:
        with _again_and_again(ask, 0.2, threads=2):
            yield
    finally:
        proxy.set("pass")
        proxy.delay_s = 2.0


@contextmanager
def many_queries(faulty: FaultyMesh, _http: httpx.Client, _stack: Stack) -> Iterator[None]:
    """Long queries by the hundred, at the embedding service itself."""
    secret = (faulty.mesh.state / "secrets" / "service_secret").read_text(encoding="utf-8").strip()
    tokens = ServiceTokens(service="gateway", secret=secret)
    url = f"http://127.0.0.1:{faulty.mesh.port('embedding-service')}/v1/embeddings"

    def ask(number: int) -> None:
        texts = [" ".join(_words.query(number * 997 + place * 13 + word) for word in range(30)) for place in range(40)]
        headers = {"Authorization": f"Bearer {tokens.issue(audience='embedding-service')}"}
        httpx.post(url, json={"input": texts, "input_type": "query"}, headers=headers, timeout=120, trust_env=False)

    with _again_and_again(ask, 0.0, threads=8):
        yield


@contextmanager
def guessed_passwords(_faulty: FaultyMesh, http: httpx.Client, _stack: Stack) -> Iterator[None]:
    def ask(number: int) -> None:
        http.post("/api/auth/login", json={"email": f"nobody{number}@example.com", "password": f"guess-{number}-xyz"})

    with _again_and_again(ask, 0.1, threads=2):
        yield


@contextmanager
def few_files(faulty: FaultyMesh, _http: httpx.Client, _stack: Stack) -> Iterator[None]:
    process = psutil.Process(faulty.pid("gateway"))
    before = process.rlimit(psutil.RLIMIT_NOFILE)
    process.rlimit(psutil.RLIMIT_NOFILE, (process.num_fds() + 8, before[1]))
    try:
        yield
    finally:
        process.rlimit(psutil.RLIMIT_NOFILE, before)


@contextmanager
def leak(faulty: FaultyMesh, _http: httpx.Client, stack: Stack) -> Iterator[None]:
    port = faulty.mesh.port_base + LEAK_PORT
    secrets = faulty.mesh.state / "secrets"
    environment = {
        **os.environ, "FRAMEWRIGHT_SERVICE_SECRET_FILE": str(secrets / "service_secret"),
        "FRAMEWRIGHT_METRICS_TOKEN_FILE": str(secrets / "metrics_token"),
    }  # fmt: skip
    command = [sys.executable, "-m", "chassis.server", "observability.leak:create_app", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT / "tests-e2e", env=environment, stdout=subprocess.DEVNULL)
    stack.set_targets({**stack.jobs, "leak": f"127.0.0.1:{port}"})
    try:
        yield
    finally:
        stack.set_targets(stack.jobs)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
