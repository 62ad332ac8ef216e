"""Metrics have stable names and few labels; what an alert or a dashboard asks for is exported by the running mesh."""

import json
import re
from typing import Any

import httpx
import yaml
from prometheus_client.parser import text_string_to_metric_families

from fault_table.faulty_mesh import FaultyMesh
from observability.scaled import FOLDER
from observability.stack import Stack
from support.api import Api

LISTED = FOLDER / "metrics.json"
_NAME = re.compile(r"\b(?:framewright_[a-z0-9_]+|gen_ai_[a-z_]+|process_[a-z_]+|python_[a-z_]+)\b")
_SUFFIX = re.compile(r"_(bucket|count|sum|total)$")
_OF_EVERY_SERVICE = re.compile(r"framewright_\.\+_(http_[a-z_]+)")


def scraped(faulty: FaultyMesh) -> dict[str, dict[str, Any]]:
    """Of each service's own families: type, and the labels that its samples have."""
    token = (faulty.mesh.state / "secrets" / "metrics_token").read_text(encoding="utf-8").strip()
    families: dict[str, dict[str, Any]] = {}
    for port in faulty.mesh.record()["ports"].values():
        headers = {"Authorization": f"Bearer {token}"}
        answer = httpx.get(f"http://127.0.0.1:{port}/metrics", headers=headers, trust_env=False, timeout=10)
        assert answer.status_code == 200
        for family in text_string_to_metric_families(answer.text):
            if not family.name.startswith(("framewright_", "gen_ai_")) or family.name.endswith("_created"):
                continue
            known = families.setdefault(family.name, {"type": family.type, "labels": set()})
            known["labels"] |= {label for sample in family.samples for label in sample.labels if label != "le"}
    return families


def test_names_types_and_labels_are_those_that_were_promised(faulty: FaultyMesh, http: httpx.Client):  # R5.8
    """A name that is gone breaks somebody's dashboard; a new one is added to deploy/observability/metrics.json."""
    Api(http).generate("Task 관리 화면 만들어줘")
    listed = json.loads(LISTED.read_text(encoding="utf-8"))
    found = scraped(faulty)
    assert sorted(found) == sorted(listed)
    for name, family in found.items():
        assert family["type"] == listed[name]["type"], name
        assert family["labels"] <= set(listed[name]["labels"]), name


def test_a_wrong_token_is_shown_nothing(faulty: FaultyMesh):
    for port in faulty.mesh.record()["ports"].values():
        for headers in ({}, {"Authorization": "Bearer wrong"}):
            answer = httpx.get(f"http://127.0.0.1:{port}/metrics", headers=headers, trust_env=False)
            assert answer.status_code in {401, 403}


def test_prometheus_reaches_every_service(stack: Stack):  # R5.8
    assert stack.up() == set(stack.jobs)
    assert len(stack.jobs) == 8


def test_what_alerts_and_dashboards_ask_for_is_there(stack: Stack):
    exported = set(stack.metadata())
    asked = {name for expression in expressions() for name in names_in(expression)}
    assert len(asked) > 15
    missing = {name for name in asked if not {name, _SUFFIX.sub("", name)} & exported}
    assert missing == set()


def test_what_is_recorded_is_what_is_asked_for():
    rules = yaml.safe_load((FOLDER / "rules" / "recorded.yml").read_text(encoding="utf-8"))
    recorded = {rule["record"] for group in rules["groups"] for rule in group["rules"]}
    used = {name for expression in expressions() for name in re.findall(r"framewright:[a-z0-9_:]+", expression)}
    assert used <= recorded


def expressions() -> list[str]:
    found = []
    for name in ("alerts.yml", "recorded.yml"):
        rules = yaml.safe_load((FOLDER / "rules" / name).read_text(encoding="utf-8"))
        found += [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    for path in (FOLDER / "grafana" / "dashboards").glob("*.json"):
        panels = json.loads(path.read_text(encoding="utf-8"))["panels"]
        found += [target["expr"] for panel in panels for target in panel["targets"]]
    return found


def names_in(expression: str) -> set[str]:
    labels = {label for family in json.loads(LISTED.read_text(encoding="utf-8")).values() for label in family["labels"]}
    common = {f"framewright_gateway_{name}" for name in _OF_EVERY_SERVICE.findall(expression)}
    return (set(_NAME.findall(re.sub(r'"[^"]*"', "", expression))) | common) - labels
