"""Evaluations over the whole mesh: the right rank, on after a crash, and gates (`make score-evaluation`)."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from support.mesh import ROOT, Mesh, until
from support.replaying_engine import ReplayingEngine, recorded_cases, written_cases

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
    """Asked once a second: each answer compares all that is done so far."""
    deadline = time.monotonic() + limit_s
    while (found := read(client, evaluation_id))["status"] in {"queued", "running"}:
        assert time.monotonic() < deadline, f"{found['done']} of {found['total']} are done"
        time.sleep(1)
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
    assert mediocre["recall"]["high"] < good["recall"]["mean"]
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "src=" not in page


@pytest.mark.usefixtures("replays")
def test_answers_written_by_hand_are_scored_by_their_own_merit(client: httpx.Client) -> None:  # R1.19
    """None of them came from the built-in engine, the reference: here it can lose."""
    variants = [{"engine": "builtin"}, {"engine": "written"}, {"engine": "hasty"}]
    evaluation_id = start(client, *variants, cases=written_cases())
    builtin, written, hasty = ended(client, evaluation_id)["comparison"]
    for row in (builtin, written, hasty):
        print(f"{row['name']:>9} {row['score']} recall {row['recall']['mean']} failed {row['failed']}/{row['results']}")
    for line in client.get(f"{PATH}/{evaluation_id}/cases").json()["items"]:
        print(f"  {line['id']:<26} {line['scores']}")
    assert written["failed"] == hasty["failed"] == 0
    assert written["difference"]["low"] > hasty["difference"]["high"]
    assert written["recall"]["mean"] > 0.98, "who reads the prompt finds its fields"
    assert hasty["precision"]["high"] < written["precision"]["mean"]


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


@pytest.mark.usefixtures("replays", "prompts")
def test_a_worse_template_is_refused_and_a_better_one_passes(client: httpx.Client) -> None:
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
