"""Evaluations over the whole mesh: the right rank, on after a crash, and gates (`make score-evaluation`)."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from support.mesh import ROOT, Mesh, until
from support.replaying_engine import CAREFULLY, IN_PROSE, ReplayingEngine, recorded_cases

PATH = "/api/admin/evaluations"
Replays = dict[str, ReplayingEngine]


def start(client: httpx.Client, *variants: dict[str, Any], **more: Any) -> str:
    body = {"variants": list(variants), "cases": recorded_cases(), "concurrency": 2, **more}
    answer = client.post(PATH, json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def read(client: httpx.Client, evaluation_id: str) -> dict[str, Any]:
    document: dict[str, Any] = client.get(f"{PATH}/{evaluation_id}").json()
    return document


def ended(client: httpx.Client, evaluation_id: str, limit_s: float = 400) -> dict[str, Any]:
    until(lambda: read(client, evaluation_id)["status"] not in {"queued", "running"}, limit_s=limit_s)
    found = read(client, evaluation_id)
    assert found["status"] == "completed"
    return found


@pytest.mark.usefixtures("replays")
def test_three_engines_beside_the_built_in_one_are_ranked_right(  # R1.19
    mesh: Mesh, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "framewright", "evaluate", "run", "--engines", "builtin,good,mediocre,bad"]
    command += ["--cases", ",".join(recorded_cases()), "--concurrency", "2", "--json", "--out", str(tmp_path)]
    environment = {**mesh.environment(), "FRAMEWRIGHT_URL": mesh.url, "FRAMEWRIGHT_API_KEY": mesh.key}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=580, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    builtin, good, mediocre, bad = json.loads(done.stdout)["comparison"]
    for row in (builtin, good, mediocre, bad):
        print(f"{row['name']:>9} {row['relative']} failed {row['failed']}/{row['results']}")
        assert row["score"]["low"] <= row["score"]["mean"] <= row["score"]["high"]
        assert row["results"] == len(recorded_cases())
    assert (
        good["relative"]["low"] > mediocre["relative"]["high"] > mediocre["relative"]["low"] > bad["relative"]["high"]
    )
    assert good["failed"] == mediocre["failed"] == 0
    assert bad["failed"] == bad["results"], "what the built-in engine answered in its place is no merit of it"
    assert bad["relative"]["mean"] == 0
    assert mediocre["recall"]["high"] < good["recall"]["low"]
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "src=" not in page


def test_after_a_crash_of_the_worker_it_goes_on_at_the_first_case_not_done(
    mesh: Mesh, client: httpx.Client, replays: Replays
) -> None:
    engine = replays["good"]
    engine.prompts.clear()
    engine.pause_s = 0.5
    evaluation_id = start(client, {"engine": "good"}, concurrency=1)
    until(lambda: read(client, evaluation_id)["done"] >= 5, limit_s=60)
    mesh.kill("gateway-worker")
    engine.pause_s = 0.0
    found = ended(client, evaluation_id)
    assert found["done"] == len(recorded_cases())
    again = len(engine.prompts) - len(set(engine.prompts))
    assert again <= 1, "only what was under way is generated twice"


def careful_template() -> str:
    """The pack's own template with one sentence more."""
    own = (ROOT / "frameworks" / "xframe5" / "prompts" / "spec.en.md").read_text(encoding="utf-8")
    return own.rpartition("---\n# system\n")[2].join([f"# system\n{CAREFULLY}\n", ""])


@pytest.mark.usefixtures("replays")
def test_a_worse_template_is_refused_and_a_better_one_passes(client: httpx.Client) -> None:
    made = client.post("/api/admin/templates", json={"framework": "xframe5", "task": "spec", "content": IN_PROSE})
    assert made.status_code == 201, made.text
    better = {"content": careful_template(), "base_version": 1}
    assert client.post("/api/admin/templates/xframe5/spec/versions", json=better).status_code == 201
    label = "/api/admin/templates/xframe5/spec/labels/production"
    unknown = client.put(label, json={"version": 2})
    assert unknown.json()["verdict"]["reason"] == "no_evaluation"
    pins = [{"engine": "obedient", "templates": {"xframe5/spec": version}} for version in (0, 1, 2)]
    ended(client, start(client, *pins))
    worse = client.put(label, json={"version": 1})
    assert (worse.status_code, worse.json()["code"]) == (409, "gate_refused")
    assert worse.json()["verdict"]["reason"] == "worse"
    passed = client.put(label, json={"version": 2})
    assert passed.status_code == 200, passed.text
    overruled = client.put(label, json={"version": 1, "overrule": "An experiment of ours."})
    assert overruled.status_code == 200, overruled.text
    audit = client.get("/api/admin/audit", params={"limit": 20}).json()["items"]
    entry = next(item for item in audit if item["action"] == "gate.overrule")
    assert entry["after"]["reason"] == "An experiment of ours."
    back = client.post("/api/admin/releases/template/xframe5/spec/rollback")
    assert back.status_code == 200, back.text
    assert client.get("/api/admin/templates/xframe5/spec").json()["labels"] == {"production": 2}
