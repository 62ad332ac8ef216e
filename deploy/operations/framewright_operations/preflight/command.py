"""`preflight`: whether this machine can run Framewright, and what to do where it can't."""

import difflib
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path

from dotenv import dotenv_values

from framewright_local.environment import read_environment
from framewright_local.layout import Places

from ..messages import Say
from . import machine
from .engine import engine
from .machine import Ask, ask_program
from .report import Finding, good, render, warning

_EXPLAINED = re.compile(r"^#?([A-Z][A-Z0-9_]+)=", re.MULTILINE)


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--mesh", choices=["local", "compose"], default="compose", help="the way it shall run")


def check(asked: Namespace, root: Path, environment: Mapping[str, str], say: Say, ask: Ask = ask_program) -> int:
    """Prints a line for each finding; 1 where something has to be mended first."""
    findings = []
    for finding in _all(asked.mesh, root, environment, ask):
        say.write(finding.text(say.language))
        findings.append(finding)
    faults = sum(finding.level == "fault" for finding in findings)
    say.write("")
    say.write(render("summary_fault" if faults else "summary_good", say.language, {"count": faults}))
    return 1 if faults else 0


def _all(mesh: str, root: Path, environment: Mapping[str, str], ask: Ask) -> Iterator[Finding]:
    settings = read_environment(root, environment)
    yield from machine.resources(mesh, root)
    yield from machine.ports(mesh, settings, Places.of(root, environment), ask)
    if mesh == "compose":
        yield from machine.docker(ask)
    yield from machine.gpu(settings, ask)
    yield from spelling(root)
    yield from engine(settings)


def spelling(root: Path) -> Iterator[Finding]:
    """Variables of .env that .env.example does not know."""
    if not (root / ".env").exists():
        return
    known = set(_EXPLAINED.findall((root / ".env.example").read_text(encoding="utf-8"))) | {"COMPOSE_FILE"}
    names = [name for name, value in dotenv_values(root / ".env").items() if value is not None]
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            yield warning("unknown_setting", name=name, hint=f" ({near[0]})" if near else "")
    yield good("settings", count=len(names))
