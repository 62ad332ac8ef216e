"""`audit`: no secret in what git follows, and no known advisory against what the product is made of.

Where no database of advisories answers, that is said, and it is no pass: `--strict` ends with 1 then.
"""

import contextlib
import json
import subprocess
import tempfile
import tomllib
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from detect_secrets.core import baseline
from detect_secrets.core.secrets_collection import SecretsCollection

from .messages import Say
from .packages import pinned, runtime

BASELINE = ".secrets.baseline"
ACCEPTED = Path("deploy/operations/accepted_advisories.toml")
Ask = Callable[[Sequence[str], Path], str]
"""Runs a program in a folder; its output, whatever it ended with: both audits end with 1 where they find something."""
_LIMIT_S = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """`good`, `bad`, or `unknown`: it could not be looked at."""

    state: Literal["good", "bad", "unknown"]
    key: str
    values: dict[str, object] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


def ask_program(command: Sequence[str], folder: Path) -> str:
    try:
        return subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder, timeout=_LIMIT_S).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--tool", type=Path, required=True, help="pip-audit")
    parser.add_argument("--strict", action="store_true", help="end with 1 where no database of advisories answers")


def audit(asked: Namespace, root: Path, environment: Mapping[str, str], say: Say, ask: Ask = ask_program) -> int:
    """Prints what was found; 1 where there is something to mend."""
    del environment
    accepted = accepted_today(root / ACCEPTED)
    findings = [secrets(root, ask), python(asked.tool, root, accepted, ask), console(root, accepted, ask)]
    for one in findings:
        say(one.key, **one.values)
        for line in one.lines:
            say.write(f"      {line}")
    states = {one.state for one in findings}
    return 1 if "bad" in states or (asked.strict and "unknown" in states) else 0


def secrets(root: Path, ask: Ask) -> Finding:
    """What looks like a secret in a followed file and is not in the baseline, where a person has looked at each."""
    known = baseline.load(baseline.load_from_file(str(root / BASELINE)), BASELINE)
    unseen = [f"{name}:{one.line_number}" for name, one in known if one.is_secret is not False]
    if unseen:
        return Finding("bad", "secrets_unseen", {"baseline": BASELINE}, tuple(unseen))
    names = [name for name in ask(["git", "ls-files", "-z"], root).split("\0") if name and name != BASELINE]
    if not names:
        return Finding("unknown", "secrets_no_git")
    found = SecretsCollection()
    with contextlib.chdir(root):  # the baseline's paths are the checkout's
        found.scan_files(*names)
    new = [f"{name}:{one.line_number}  {one.type}" for name, one in found - known]
    if new:
        return Finding("bad", "secrets_found", {"baseline": BASELINE}, tuple(new))
    return Finding("good", "secrets_none", {"count": len(names), "known": len(known.json())})


def python(tool: Path, root: Path, accepted: Mapping[str, str], ask: Ask) -> Finding:
    """pip-audit over the product's packages: PyPI's own advisories, or OSV's where PyPI has none to give."""
    wanted = pinned(set(runtime(root)) - {"framewright", "framewright-chassis", "framewright-screenspec"})
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as listed:
        listed.write("\n".join(wanted) + "\n")
        listed.flush()
        for service in ("pypi", "osv"):
            options = ["-r", listed.name, "--no-deps", "--disable-pip", "-f", "json", "--progress-spinner", "off"]
            document = _json(ask([str(tool), *options, "-s", service, "--timeout", "10"], root))
            looked_at = [one for one in document.get("dependencies", []) if "vulns" in one]
            if looked_at:
                break
        else:
            return Finding("unknown", "advisories_away", {"what": "Python", "count": len(wanted)})
    missed = sorted({one["name"] for one in document["dependencies"]} - {one["name"] for one in looked_at})
    bad = [
        f"{one['name']} {one['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or '-'}"
        for one in looked_at
        for flaw in one["vulns"]
        if not accepted.keys() & {flaw["id"], *flaw.get("aliases", [])}
    ]
    values: dict[str, object] = {"what": "Python", "count": len(looked_at), "missed": ", ".join(missed) or "-"}
    return Finding("bad" if bad else "good", "advisories_bad" if bad else "advisories_none", values, tuple(bad))


def console(root: Path, accepted: Mapping[str, str], ask: Ask) -> Finding:
    """The audit of npm over what the console ships."""
    folder = root / "admin-service" / "console"
    document = _json(ask(["scripts/npm.sh", "audit", "--omit", "dev", "--package-lock-only", "--json"], folder))
    if "vulnerabilities" not in document:
        locked = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        count = sum(1 for name, one in locked.items() if name and not one.get("dev"))
        return Finding("unknown", "advisories_away", {"what": "npm", "count": count})
    bad = [
        f"{name} {one['range']}: {flaw['title']} ({flaw['url']})"
        for name, one in document["vulnerabilities"].items()
        for flaw in one["via"]
        if isinstance(flaw, dict) and flaw["url"].rsplit("/", 1)[-1] not in accepted
    ]
    values: dict[str, object] = {
        "what": "npm", "count": document["metadata"]["dependencies"]["prod"], "missed": "-",
    }  # fmt: skip
    return Finding("bad" if bad else "good", "advisories_bad" if bad else "advisories_none", values, tuple(bad))


def accepted_today(path: Path, today: date | None = None) -> dict[str, str]:
    """Advisories that someone has looked at, each with the reason why it does not touch us; each ends on a day."""
    listed = tomllib.loads(path.read_text(encoding="utf-8")).get("advisory", [])
    return {one["id"]: one["reason"] for one in listed if one["until"] >= (today or datetime.now(UTC).date())}


def _json(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
