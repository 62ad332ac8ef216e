"""What changed between two versions of a template, by line."""

import difflib
from dataclasses import dataclass

from ...db.models import TemplateVersion


@dataclass(frozen=True, slots=True)
class Diff:
    from_version: int
    to_version: int
    diff: str
    added: int
    removed: int


def compare(name: str, old: TemplateVersion, new: TemplateVersion) -> Diff:
    lines = list(
        difflib.unified_diff(
            old.content.splitlines(), new.content.splitlines(),
            f"{name}@{old.version}", f"{name}@{new.version}", lineterm="",
        )
    )  # fmt: skip
    body = lines[2:]
    return Diff(
        from_version=old.version,
        to_version=new.version,
        diff="\n".join(lines),
        added=sum(line.startswith("+") for line in body),
        removed=sum(line.startswith("-") for line in body),
    )
