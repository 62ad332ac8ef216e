"""Tells whether a faulty answer was mended, flagged, or missed."""

import re
from dataclasses import dataclass
from typing import Literal

from app.checks.files import SourceFile, check_files
from app.checks.xml_facts import parse_xml
from app.packs.model import Pack
from app.repair.runner import RepairRunner
from app.repair.screens import RepairedFile
from lxml import etree

Verdict = Literal["mended", "flagged", "missed"]


@dataclass(frozen=True, slots=True)
class Case:
    """A faulty answer. `good`: what has to come back, or None where a right answer of any form will do."""

    kind: str
    source: str
    files: list[SourceFile]
    good: dict[str, str] | None
    held_out: bool


def plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def repaired(case: Case, pack: Pack, runner: RepairRunner) -> list[RepairedFile]:
    return runner.run(case.files, pack, "en", strict=False)


def verdict(case: Case, files: list[RepairedFile], pack: Pack) -> tuple[Verdict, str]:
    """What became of the answer, and why it is not mended."""
    sources = [SourceFile(file.path, file.language, file.content) for file in files]
    found = check_files(sources, pack, "en")
    notes = [note for file in files for note in [*found[file.path], *file.findings] if note.severity != "info"]
    told = [
        f"{note.rule}: {note.message}"
        for note in notes
        if note.severity == "error" or note.rule != "unused_transaction"
    ]
    if told:
        return "flagged", "; ".join(told)[:300]
    if case.good is not None:
        for file in files:
            wanted = case.good.get(file.path)
            if wanted is not None and _meaning(file.content, file.language) != _meaning(wanted, file.language):
                return "missed", f"{file.path} differs: {_difference(file, wanted)}"
    return "mended", ""


def _meaning(text: str, language: str) -> object:
    """What a file says, without what does not matter: blanks, the order of attributes, the order of functions."""
    if language != "xml":
        return re.sub(r"\s+", "", plain(text))
    return _element(parse_xml(plain(text)))


def _element(element: etree._Element) -> object:
    ignored = {"funclist"}
    attributes = tuple(sorted((str(k), str(v)) for k, v in element.attrib.items() if str(k) not in ignored))
    return (str(element.tag), attributes, tuple(_element(child) for child in element if isinstance(child.tag, str)))


def _difference(file: RepairedFile, wanted: str) -> str:
    pairs = zip(plain(file.content).split("\n"), plain(wanted).split("\n"), strict=False)
    return next((f"{left.strip()[:140]} | {right.strip()[:140]}" for left, right in pairs if left != right), "length")
