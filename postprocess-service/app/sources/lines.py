"""A text as lines with their own ends, so that what an edit does not touch keeps its bytes."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

BOM = "\ufeff"
_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class Text:
    """The lines of a file without their ends, and the ends; the last end is empty where the file does not close it."""

    lines: tuple[str, ...]
    ends: tuple[str, ...]
    bom: bool = False

    @classmethod
    def read(cls, content: str) -> "Text":
        bom = content.startswith(BOM)
        body = content[1:] if bom else content
        if "\r" in body:
            ends = _END.findall(body)
            lines = _END.split(body)
        else:
            lines = body.split("\n")
            ends = ["\n"] * (len(lines) - 1)
        if lines[-1] == "":
            lines.pop()
        else:
            ends.append("")
        return cls(tuple(lines), tuple(ends), bom)

    @cached_property
    def end(self) -> str:
        """The end that most lines have; a line feed where there is none."""
        counted = Counter(end for end in self.ends if end)
        return counted.most_common(1)[0][0] if counted else "\n"

    @cached_property
    def closed(self) -> bool:
        """Whether the last line has an end."""
        return not self.ends or self.ends[-1] != ""

    @cached_property
    def joined(self) -> str:
        """The lines with line feeds between them, which is what edits are matched against."""
        return "\n".join(self.lines)

    def content(self) -> str:
        body = "".join([part for pair in zip(self.lines, self.ends, strict=True) for part in pair])
        return BOM + body if self.bom else body


@dataclass(frozen=True, slots=True)
class Splice:
    """Lines `first` to `last` (exclusive) are replaced by `lines`; a number is a line that stays, by its index."""

    first: int
    last: int
    lines: tuple[str | int, ...]


def spliced(text: Text, splices: Sequence[Splice]) -> Text:
    """The text with the splices, which must not overlap."""
    lines: list[str] = []
    ends: list[str] = []
    at = 0
    for splice in sorted(splices, key=lambda item: (item.first, item.last)):
        lines += text.lines[at : splice.first]
        ends += text.ends[at : splice.first]
        for item in splice.lines:
            lines.append(text.lines[item] if isinstance(item, int) else item)
            ends.append(text.ends[item] if isinstance(item, int) else _end_at(text, splice))
        at = splice.last
    lines += text.lines[at:]
    ends += text.ends[at:]
    if ends:
        ends = [*(end or text.end for end in ends[:-1]), ends[-1] if at < len(text.lines) else _last(text, ends[-1])]
    return Text(tuple(lines), tuple(ends), text.bom)


def _end_at(text: Text, splice: Splice) -> str:
    """New lines end as those do whose place they take."""
    return text.ends[splice.first] if splice.first < splice.last else text.end


def _last(text: Text, end: str) -> str:
    """A file whose last line had no end keeps that, whatever its last line is now."""
    return (end or text.end) if text.closed else ""
