"""A real llama-server with a tiny model through evaluation and benchmark: useless answers, no failure of ours."""

import csv
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from chassis.local_postgres import free_port

from support.api import Api
from support.mesh import ROOT, Mesh, until

from .test_evaluations import PATH, ended, start

CASES = 3
SERVER, MODEL = os.environ.get("LLAMA_SERVER"), os.environ.get("LLAMA_MODEL")
pytestmark = pytest.mark.skipif(
    not (SERVER and MODEL), reason="LLAMA_SERVER (the llama-server binary) and LLAMA_MODEL (a GGUF file) are not set"
)


@pytest.fixture(scope="module")
def llama(client: httpx.Client, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    command = [str(SERVER), "-m", str(MODEL), "--host", "127.0.0.1", "--port", str(port), "-c", "16384", "-np", "1"]
    command += ["--override-kv", "llama.context_length=int:16384"]
    with (tmp_path_factory.mktemp("llama") / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        until(lambda: _healthy(port))
        body = {"id": "llama", "kind": "llamacpp", "base_url": f"http://127.0.0.1:{port}", "model": "tiny"}
        # Held to a schema of this size the server writes three tokens a second, whatever the model: a few will do.
        created = client.post("/api/admin/engines", json={**body, "context_window": 4096, "max_output_tokens": 24})
        assert created.status_code == 201, created.text
        until(lambda: Api(client).knows_engine("llama"), limit_s=20)
        yield "llama"
    finally:
        process.terminate()
        process.wait(10)


def _healthy(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def test_a_tiny_model_is_evaluated_without_a_failure_of_ours(client: httpx.Client, llama: str) -> None:  # R1.19
    wanted = {"limit": CASES, "concurrency": 1, "cases": []}
    found = ended(client, start(client, {"engine": "builtin"}, {"engine": llama, "gpus": 1}, **wanted))
    builtin, tiny = found["comparison"]
    assert (builtin["results"], tiny["results"]) == (CASES, CASES)
    assert tiny["failed"] == CASES, "a tiny model writes no screens"
    assert tiny["relative"]["mean"] == 0.0
    assert tiny["gpu_s_total"] == 0.0, "times and costs are of its own answers, and it has none"
    for case_id in found["case_ids"]:
        items = client.get(f"{PATH}/{found['id']}/cases/{case_id}").json()["items"]
        measures = next(item["measures"] for item in items if item["variant"] == 1)
        print(case_id, measures["problem"], f"{measures['duration_ms'] / 1000:.1f} s")
        assert measures["problem"] in {"engine_answer_unusable", "engine_failed"}
        generation_id = next(item["generation_id"] for item in items if item["variant"] == 1)
        made = client.get(f"/api/v1/generations/{generation_id}").json()
        assert (made["status"], made["degraded"], made["engine"]) == ("completed", True, "builtin")
        said = next(item["message"] for item in made["warnings"] if item["code"] == measures["problem"])
        assert re.search(r"\((?:답변|The engine|llm-proxy|.*4,?096).+\)", said), f"no reason is given: {said}"


def test_a_tiny_model_is_benchmarked_without_a_failure_of_ours(mesh: Mesh, llama: str, tmp_path: Path) -> None:  # R4.7
    command = [sys.executable, "-m", "framewright", "bench", "-n", "2", "--engine", llama, "--out", str(tmp_path)]
    environment = {**mesh.environment(), "FRAMEWRIGHT_URL": mesh.url, "FRAMEWRIGHT_API_KEY": mesh.key}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode in {0, 1}, done.stderr + done.stdout
    with (tmp_path / "bench_results.csv").open(encoding="utf-8", newline="") as source:
        trials = list(csv.DictReader(source))
    succeeded = [trial for trial in trials if trial["ok"] == "True"]
    assert done.returncode == (0 if succeeded else 1), "1: no trial succeeded"
    assert [trial["step"] for trial in trials] == ["generate", "plan", "patch"] * 2
    assert {trial["json_ok"] for trial in trials if trial["step"] == "generate"} == {"False"}
    assert {trial["step"] for trial in succeeded} <= {"plan"}, "a plan that was cut off is a plan"
    with (tmp_path / "bench_history.csv").open(encoding="utf-8", newline="") as source:
        history = {line["step"]: line for line in csv.DictReader(source)}
    print(done.stdout)
    assert (history["generate"]["failure_rate"], history["generate"]["json_failure_rate"]) == ("1.0", "1.0")
    assert float(history["all"]["p95_ms"]) >= float(history["all"]["p50_ms"]) > 0
    assert (tmp_path / "bench_history.svg").exists()
