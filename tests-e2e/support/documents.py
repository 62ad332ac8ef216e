"""The command blocks of the documents, and what the line above each says of it.

<!-- run -->                 it is run as it stands, after the blocks before it on the page
<!-- run by tests-e2e/… -->  a test of that file runs it
<!-- settings -->            lines for `.env`: every name stands in `.env.example`
<!-- not run: why -->        it needs what is not here
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from support.mesh import ROOT

PAGES = sorted(
    [ROOT / "README.md", ROOT / "README.ko.md", *(ROOT / "docs" / "user-guide").glob("*.md")]
    + [path for folder in ("operations", "developers") for path in (ROOT / "docs" / folder).glob("*.md")]
)
COMMANDS = frozenset({"sh", "console", "python"})
_BLOCK = re.compile(r"(?:^<!-- ([^\n]*?) -->\n)?^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"(?P<run>run)|run by (?P<test>\S+)|(?P<settings>settings)|not run: (?P<reason>.+)")


@dataclass(frozen=True, slots=True)
class Block:
    page: Path
    line: int
    language: str
    text: str
    mark: str

    @property
    def kind(self) -> str:
        """`run`, `test`, `settings`, `reason`, or "" where nothing, or nothing known, stands above it."""
        found = _MARK.fullmatch(self.mark)
        return (found.lastgroup or "") if found else ""

    @property
    def told(self) -> str:
        """The test's path, or the reason."""
        found = _MARK.fullmatch(self.mark)
        return found[found.lastgroup] if found and found.lastgroup else ""

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text(encoding="utf-8")
    for found in _BLOCK.finditer(text):
        if found[2] in COMMANDS:
            line = text.count("\n", 0, found.start(2)) + 1
            yield Block(page, line, found[2], found[3], found[1] or "")
