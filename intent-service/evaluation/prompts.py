"""Reads the labelled prompts: `prompts/` is the half for tuning, `held_out/` the half that is only scored.

`strangers/` are prompts of people who knew neither the rules nor the other prompts; their labels are counted loosely.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import yaml

TUNING = Path(__file__).parent / "prompts"
HELD_OUT = Path(__file__).parent / "held_out"
STRANGERS = Path(__file__).parent / "strangers"


@dataclass(frozen=True)
class ExpectedField:
    name: str
    types: frozenset[str]
    key: bool


@dataclass(frozen=True)
class Case:
    prompt: str
    kind: str
    pattern: str | None = None
    concepts: tuple[str, ...] = ()
    fields: tuple[ExpectedField, ...] = ()
    details: tuple[str, ...] = ()
    """Names of the fields that are stated of the second entity."""
    clarify: bool = False
    base: bool = False
    attachments: tuple[dict[str, str], ...] = field(default=())
    held_out: bool = False
    loose: bool = False
    """Fields may stand in any entity, names be written in any way, and keys are looked at where they are labelled."""


def load_cases() -> list[Case]:
    return _folder(TUNING) + [replace(case, held_out=True) for case in _folder(HELD_OUT)]


def load_strangers(part: Literal["opened", "unseen"]) -> list[Case]:
    """`opened`: whose failures were looked at; `unseen`: scored alone."""
    return [replace(case, loose=True) for case in _folder(STRANGERS / part)]


def _folder(folder: Path) -> list[Case]:
    cases: list[Case] = []
    for path in sorted(folder.glob("*.yaml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8")):
            cases += _stated(block) if "prompt" in block else _lines(block)
    return cases


def _stated(block: dict[str, Any]) -> list[Case]:
    fields = block["fields"]
    return [
        Case(
            prompt=block["prompt"],
            kind="generate",
            pattern=block.get("pattern"),
            fields=tuple(_expected(text) for text in _names(fields)),
            details=tuple(re.split(r"[*:]", name)[0] for name in _names(block.get("details", ()))),
            attachments=tuple(block.get("attachments", ())),
        )
    ]


def _names(listed: Any) -> list[str]:
    return listed.split() if isinstance(listed, str) else list(listed)


def _expected(text: str) -> ExpectedField:
    match = re.fullmatch(r"(?P<name>[^:*]+)(?P<key>\*?):(?P<types>[a-z|]+)", text)
    if match is None:
        raise ValueError(f"not a field: {text!r}")
    return ExpectedField(match["name"], frozenset(match["types"].split("|")), bool(match["key"]))


def _lines(block: dict[str, Any]) -> list[Case]:
    cases = []
    for line in block["prompts"].splitlines():
        prompt, _, concepts = line.strip().rpartition(" @ ") if " @ " in line else (line.strip(), "", "")
        if prompt:
            cases.append(
                Case(
                    prompt=prompt,
                    kind=block["kind"],
                    pattern=block.get("pattern"),
                    concepts=tuple(concepts.split()),
                    clarify=block.get("clarify", False),
                    base=block.get("base", False),
                )
            )
    return cases
