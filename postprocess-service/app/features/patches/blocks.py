"""Search and replace blocks, and unified diffs, out of an engine's answer."""

import re
from collections.abc import Sequence

from .edits import Edit, Replacement

_SEARCH = re.compile(r"^\s{0,4}<{5,9}\s*(?:SEARCH|ORIGINAL|OLD)?\s*$", re.IGNORECASE)
_MIDDLE = re.compile(r"^\s{0,4}={5,9}\s*$")
_REPLACE = re.compile(r"^\s{0,4}>{5,9}\s*(?:REPLACE|UPDATED|NEW)?\s*$", re.IGNORECASE)
_NAME = re.compile(r"[^\s`*:\"'<>|]{1,300}")
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
    """The hunks of unified diffs, as blocks. Their line numbers say nothing: models make them up."""
    reader = _DiffReader(only)
    for row in text.split("\n"):
        reader.take(row)
    reader.close()
    return reader.edits, True


class _DiffReader:
    def __init__(self, only: str) -> None:
        self.edits: list[Edit] = []
        self._path = only
        self._inside = False
        self._old: list[str] = []
        self._new: list[str] = []
        self._blank = 0

    def take(self, row: str) -> None:
        if row.startswith(("@@ ", "--- ", "+++ ", "diff --git", "```")):
            self.close()
            self._inside = row.startswith("@@ ")
            if row.startswith("+++ "):
                self._path = _diff_path(row[4:]) or self._path
        elif self._inside and not row:
            self._blank += 1  # of the file where the hunk goes on, else of the answer
        elif self._inside:
            self._line(row[0], row[1:])

    def _line(self, sign: str, rest: str) -> None:
        if sign not in {" ", "+", "-", "\\"}:
            self._inside = False
            return
        for lines in (self._old, self._new):
            lines.extend([""] * self._blank)
        self._blank = 0
        if sign in {" ", "-"}:
            self._old.append(rest)
        if sign in {" ", "+"}:
            self._new.append(rest)

    def close(self) -> None:
        if self._old != self._new:
            old, new = ("".join(f"{line}\n" for line in lines) for lines in (self._old, self._new))
            self.edits.append(Replacement(self._path, old, new))
        self._old, self._new, self._blank = [], [], 0


def _diff_path(text: str) -> str:
    name = text.split("\t", maxsplit=1)[0].strip()
    return "" if name == "/dev/null" else name.removeprefix("b/").removeprefix("a/")
