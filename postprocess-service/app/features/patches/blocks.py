"""Search and replace blocks, and unified diffs, out of an engine's answer."""

import re
from collections.abc import Iterator, Sequence

from .edits import Edit, Replacement

_SEARCH = re.compile(r"^\s{0,4}<{5,9}\s*(?:SEARCH|ORIGINAL|OLD)?\s*$", re.IGNORECASE)
_MIDDLE = re.compile(r"^\s{0,4}={5,9}\s*$")
_REPLACE = re.compile(r"^\s{0,4}>{5,9}\s*(?:REPLACE|UPDATED|NEW)?\s*$", re.IGNORECASE)
_NAME = re.compile(r"[^\s`*:\"'<>|]{1,300}")
_HUNK = re.compile(r"^@@ -(\d{1,7})(?:,\d{1,9})? \+\d{1,9}(?:,\d{1,9})? @@")
_LONGEST_NAME_LINE = 400


def read_blocks(text: str, only: str) -> tuple[list[Edit], bool]:
    """The blocks, and whether the last one is closed. `only`: the path of a block that names none."""
    edits: list[Edit] = []
    path = only
    search: list[str] | None = None
    replace: list[str] | None = None
    before: list[str] = []
    for line in text.split("\n"):
        if search is None:
            if _SEARCH.match(line):
                path = _path_above(before) or path
                search = []
            before.append(line)
        elif replace is None:
            if _MIDDLE.match(line):
                replace = []
            else:
                search.append(line)
        elif _REPLACE.match(line):
            edits.append(_block(path, search, replace))
            search = replace = None
            before = []
        else:
            replace.append(line)
    return edits, search is None


def _block(path: str, search: Sequence[str], replace: Sequence[str]) -> Edit:
    old, new = ("".join(f"{line}\n" for line in lines) for lines in (search, replace))
    return Replacement(path, old, new)


def _path_above(lines: Sequence[str]) -> str:
    """The name in the last lines before a block, past a fence."""
    for line in [item for item in lines[-4:] if item.strip()][::-1]:
        if len(line) > _LONGEST_NAME_LINE or line.lstrip().startswith("```"):
            continue
        names = [name for name in _NAME.findall(line.strip("#*` \t")) if "." in name or "/" in name]
        if names:
            return str(names[-1].strip("."))
    return ""


def read_diffs(text: str, only: str) -> tuple[list[Edit], bool]:
    """The hunks of unified diffs, as blocks; their line numbers only tell equal places apart."""
    edits: list[Edit] = []
    path, line = only, 0
    old: list[str] = []
    new: list[str] = []
    inside = False

    def close() -> None:
        if old != new:
            edits.append(Replacement(path, _joined(old), _joined(new), line or None))
        old.clear()
        new.clear()

    for row in text.split("\n"):
        hunk = _HUNK.match(row)
        if hunk or row.startswith(("--- ", "+++ ", "diff --git", "```")):
            close()
            inside = hunk is not None
            line = int(hunk[1]) if hunk else 0
            if row.startswith("+++ "):
                path = _diff_path(row[4:]) or path
        elif inside:
            inside = _add(row, old, new)
    close()
    return edits, True


def _add(row: str, old: list[str], new: list[str]) -> bool:
    """Whether the row belongs to the hunk."""
    sign, rest = row[:1], row[1:]
    if sign not in {"", " ", "+", "-", "\\"}:
        return False
    if sign in {"", " ", "-"}:
        old.append(rest)
    if sign in {"", " ", "+"}:
        new.append(rest)
    return True


def _diff_path(text: str) -> str:
    name = text.split("\t", maxsplit=1)[0].strip()
    return "" if name == "/dev/null" else name.removeprefix("b/").removeprefix("a/")


def _joined(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in _without_tail(list(lines)))


def _without_tail(lines: list[str]) -> Iterator[str]:
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    yield from lines
