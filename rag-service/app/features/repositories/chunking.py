"""A file cut into chunks along its definitions; what no definition holds is cut by lines, nothing is left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from .definitions import Definition, definitions
from .languages import GRAMMARS, language_of_file

LARGEST = 1_800
"""Characters of a chunk: about what an embedding model of 512 tokens reads."""
_SMALL_CLASS = 700
_WORDS = re.compile(r"\w")
_OUTER = {"xml": "fragment"}


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines `start` to `end` (from 1, both within); `symbol` is qualified by what it stands in."""

    path: str
    language: str
    kind: str
    symbol: str
    signature: str
    start: int
    end: int
    text: str

    @property
    def header(self) -> str:
        """What the code alone does not say: where it stands."""
        name = f" · {self.kind} {self.symbol}" if self.symbol else ""
        return f"{self.path}{name}"


@dataclass(slots=True)
class _Cutter:
    path: str
    language: str
    lines: list[str]
    chunks: list[Chunk] = field(default_factory=list)

    def cut(self, found: Definition, parents: tuple[str, ...]) -> None:
        """The definition as one chunk where it is small enough, else its parts and what is around them."""
        names = (*parents, found.name) if found.name else parents
        size = sum(len(line) + 1 for line in self.lines[found.start : found.end + 1])
        limit = _SMALL_CLASS if found.kind in {"class", "interface"} else LARGEST
        whole = size <= limit or not found.parts
        if whole:
            self._add(found.kind, names, found.signature, [(found.start, found.end)])
            return
        own, after = [], found.start
        for part in found.parts:
            own.append((after, part.start - 1))
            self.cut(part, names)
            after = part.end + 1
        own.append((after, found.end))
        self._add(found.kind, names, found.signature, own)

    def _add(self, kind: str, names: tuple[str, ...], signature: str, runs: list[tuple[int, int]]) -> None:
        for start, end, text in self._packed(runs):
            if _WORDS.search(text):
                symbol = ".".join(names)
                self.chunks.append(
                    Chunk(self.path, self.language, kind, symbol, signature, start + 1, end + 1, text.strip("\n"))
                )

    def _packed(self, runs: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
        """Lines gathered up to the largest size; a longer line is cut."""
        held: list[str] = []
        size = first = last = 0
        for number in (number for start, end in runs for number in range(start, end + 1)):
            for piece in _pieces(self.lines[number]):
                if held and size + len(piece) + 1 > LARGEST:
                    yield first, last, "\n".join(held)
                    held, size = [], 0
                if not held:
                    first = number
                elif number > last + 1:
                    held.append("…")
                held.append(piece)
                size, last = size + len(piece) + 1, number
        if held:
            yield first, last, "\n".join(held)


def chunk_file(path: str, text: str) -> list[Chunk]:
    """All chunks of a file, in the order of their lines."""
    language = language_of_file(path)
    lines = text.split("\n")
    cutter = _Cutter(path, language, lines)
    parts = definitions(language, text) if language in GRAMMARS else []
    kind = _OUTER.get(language, "module" if parts else "lines")
    outer = Definition(kind, "", PurePosixPath(path).name, 0, len(lines) - 1, parts)
    if parts:
        _outermost(cutter, outer)
    else:
        cutter.cut(outer, ())
    return sorted(cutter.chunks, key=lambda chunk: (chunk.start, chunk.end))


def _outermost(cutter: _Cutter, outer: Definition) -> None:
    """A file's definitions are chunks of their own however small the file is."""
    own, after = [], outer.start
    for part in outer.parts:
        own.append((after, part.start - 1))
        cutter.cut(part, ())
        after = part.end + 1
    own.append((after, outer.end))
    cutter._add(outer.kind, (), outer.signature, own)  # noqa: SLF001 - of this module


def _pieces(line: str) -> Iterator[str]:
    if len(line) <= LARGEST:
        yield line
        return
    for start in range(0, len(line), LARGEST - 1):
        yield line[start : start + LARGEST - 1]
