"""Alerts have a test and a runbook, dashboards are what their source says, and the rules are right."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

DEPLOY = Path(__file__).parents[1]
FOLDER = DEPLOY / "observability"
RUNBOOKS = DEPLOY.parent / "docs" / "operations" / "runbooks.md"
SERVICES = {
    "gateway",
    "gateway-worker",
    "intent-service",
    "rag-service",
    "embedding-service",
    "llm-proxy",
    "postprocess-service",
    "admin-service",
}
PROMTOOL = os.environ.get("PROMTOOL") or shutil.which("promtool")


def read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


def alerts() -> dict[str, Any]:
    return {rule["alert"]: rule for group in read("rules/alerts.yml")["groups"] for rule in group["rules"]}


def test_every_alert_has_a_runbook() -> None:
    headings = re.findall(r"^## (\w+)$", RUNBOOKS.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == list(alerts())
    for name, rule in alerts().items():
        assert rule["annotations"]["runbook"] == f"docs/operations/runbooks.md#{name.lower()}"
        assert rule["labels"]["severity"] in {"warning", "critical"}


def test_every_alert_is_seen_to_fire_and_to_be_silent() -> None:
    tests = read("tests/alerts_test.yml")["tests"]
    checks = [check for test in tests for check in test["alert_rule_test"]]
    assert {check["alertname"] for check in checks if check.get("exp_alerts")} == set(alerts())
    assert {check["alertname"] for check in checks if not check.get("exp_alerts")} == set(alerts())


@pytest.mark.skipif(PROMTOOL is None, reason="promtool is not installed (Debian: apt install prometheus)")
@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "rules", "rules/alerts.yml", "rules/recorded.yml"],
        ["check", "config", "--syntax-only", "prometheus.yml"],
        ["test", "rules", "tests/alerts_test.yml"],
    ],
)
def test_prometheus_agrees(arguments: list[str]) -> None:
    assert PROMTOOL is not None
    done = subprocess.run([PROMTOOL, *arguments], cwd=FOLDER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_service_is_scraped_with_the_token() -> None:
    jobs = read("prometheus.yml")["scrape_configs"]
    assert {job["job_name"] for job in jobs} == SERVICES
    for job in jobs:
        assert job["authorization"] == {"credentials_file": "/run/secrets/metrics_token"}
        assert job["dns_sd_configs"][0]["names"] == [job["job_name"]]


def test_dashboards_are_what_their_source_says(tmp_path: Path) -> None:
    copy = tmp_path / "dashboards.py"
    copy.write_text((FOLDER / "dashboards.py").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "grafana" / "dashboards").mkdir(parents=True)
    subprocess.run([sys.executable, str(copy)], check=True)
    made = {path.name: path.read_text("utf-8") for path in (tmp_path / "grafana/dashboards").iterdir()}
    assert made == {path.name: path.read_text("utf-8") for path in (FOLDER / "grafana/dashboards").iterdir()}


def test_metrics_have_few_labels_and_none_without_bounds() -> None:  # R5.8
    """The running mesh is held to this list by tests-e2e/observability."""
    listed = json.loads((FOLDER / "metrics.json").read_text(encoding="utf-8"))
    for name, family in listed.items():
        assert re.match(r"(framewright|gen_ai)_[a-z_]+$", name)
        assert len(family["labels"]) <= 4, name
        assert not {"user", "user_id", "path", "prompt", "trace_id", "generation_id"} & set(family["labels"]), name


def test_alerts_ask_for_listed_metrics_alone() -> None:
    listed = set(json.loads((FOLDER / "metrics.json").read_text(encoding="utf-8")))
    for name, rule in alerts().items():
        for metric in re.findall(r"\bframewright_[a-z_]+\b(?!:)", re.sub(r'"[^"]*"', "", rule["expr"])):
            assert re.sub(r"_(bucket|count|sum|total)$", "", metric) in listed, (name, metric)


def test_the_profile_adds_no_way_out_but_the_alerts() -> None:
    layer = yaml.safe_load((DEPLOY / "compose.observability.yml").read_text(encoding="utf-8"))
    whole = yaml.safe_load((DEPLOY.parent / "docker-compose.yml").read_text(encoding="utf-8"))
    assert whole["networks"]["observability"] == {"internal": True}
    assert [name for name, service in layer["services"].items() if "alerts" in service["networks"]] == ["alertmanager"]
    for name, service in layer["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert re.search(r":v?\d", service["image"]), name
