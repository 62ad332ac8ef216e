"""The rules and routes that are shipped, with their times shortened: an alert of ten minutes can be seen in one."""

import re
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from support.mesh import ROOT

FOLDER = ROOT / "deploy" / "observability"
FASTER = 15.0
OTHERWISE = {"MemoryGrows": 150.0, "ServiceRestarting": 5.0}
"""The one looks back for two hours; the other counts starts, which take their time on a busy machine."""
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0}
_RANGE = re.compile(r"(\[|offset )(\d+)([smh])")
_WHOLE = re.compile(r"^(\d+)([smh])$")


def scaled_rules(name: str) -> dict[str, Any]:
    """A rules file of `deploy/observability/rules`; thresholds stay as they are."""
    document: dict[str, Any] = yaml.safe_load((FOLDER / "rules" / name).read_text(encoding="utf-8"))
    for group in document["groups"]:
        group["interval"] = "1s"
        for rule in group["rules"]:
            faster = OTHERWISE.get(rule.get("alert", ""), FASTER)
            rule["expr"] = _RANGE.sub(partial(_shorter_range, faster), rule["expr"])
            if "for" in rule:
                rule["for"] = scaled_time(rule["for"], faster)
    return document


def scaled_routes(webhook: Path) -> dict[str, Any]:
    """Alertmanager's configuration, with the address of the operators' webhook in a file of ours."""
    document: dict[str, Any] = yaml.safe_load((FOLDER / "alertmanager.yml").read_text(encoding="utf-8"))
    _scale(document["route"])
    for receiver in document["receivers"]:
        for hook in receiver["webhook_configs"]:
            hook["url"] = webhook.read_text(encoding="utf-8")  # Debian's 0.25 knows no url_file
            del hook["url_file"]
    return document


def scaled_time(text: str, by: float = FASTER) -> str:
    match = _WHOLE.match(text)
    if match is None:
        raise ValueError(f"{text!r} is no time")
    return _shorter(match[1], match[2], by)


def _scale(route: dict[str, Any]) -> None:
    for name in ("group_wait", "group_interval"):
        if name in route:
            route[name] = scaled_time(route[name])
    for inner in route.get("routes", ()):
        _scale(inner)


def _shorter_range(by: float, match: re.Match[str]) -> str:
    return match[1] + _shorter(match[2], match[3], by)


def _shorter(number: str, unit: str, by: float) -> str:
    return f"{max(1, round(float(number) * _UNITS[unit] / by))}s"


def alert_names() -> list[str]:
    rules = yaml.safe_load((FOLDER / "rules" / "alerts.yml").read_text(encoding="utf-8"))
    return [rule["alert"] for group in rules["groups"] for rule in group["rules"]]
