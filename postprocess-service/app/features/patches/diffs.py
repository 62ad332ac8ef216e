"""The unified diff of a file, made by us whatever form the edit had."""

from collections.abc import Iterator, Sequence

from ...sources.lines import Text
from ...sources.opcodes import Opcode, line_opcodes

_CONTEXT = 3
_LARGEST = 400_000
"""Characters of a diff that are given; more is cut off, and says so."""


def unified_diff(path: str, before: str | None, after: str | None) -> str:
    """As `diff -u` writes it; None stands for a file that is not there."""
    if before == after:
        return ""
    old, new = Text.read(before or ""), Text.read(after or "")
    names = (
        "--- /dev/null" if before is None else f"--- a/{path}",
        "+++ /dev/null" if after is None else f"+++ b/{path}",
    )
    parts = list(names)
    size = 0
    for group in _groups(line_opcodes(_marked(old), _marked(new))):
        for line in _hunk(group, old, new):
            parts.append(line)
            size += len(line)
            if size > _LARGEST:
                parts.append("\\ Diff cut off here")
                return "\n".join(parts) + "\n"
    return "\n".join(parts) + "\n"


def _marked(text: Text) -> list[str]:
    """Lines with their ends: a changed line end is a change."""
    marked = [line + end for line, end in zip(text.lines, text.ends, strict=True)]
    if text.bom and marked:
        marked[0] = "\ufeff" + marked[0]
    return marked


def _groups(opcodes: Sequence[Opcode]) -> Iterator[list[Opcode]]:
    group: list[Opcode] = []
    for tag, i1, i2, j1, j2 in opcodes:
        if tag == "replace":
            group.append((tag, i1, i2, j1, j2))
        elif not group:
            group = [(tag, max(i1, i2 - _CONTEXT), i2, max(j1, j2 - _CONTEXT), j2)]
        elif i2 - i1 > 2 * _CONTEXT:
            yield [*group, (tag, i1, i1 + _CONTEXT, j1, j1 + _CONTEXT)]
            group = [(tag, i2 - _CONTEXT, i2, j2 - _CONTEXT, j2)]
        else:
            group.append((tag, i1, i2, j1, j2))
    if any(tag == "replace" for tag, *_ in group):
        tag, i1, i2, j1, j2 = group[-1]
        if tag == "equal":
            group[-1] = (tag, i1, min(i2, i1 + _CONTEXT), j1, min(j2, j1 + _CONTEXT))
        yield group


def _hunk(group: Sequence[Opcode], old: Text, new: Text) -> Iterator[str]:
    i1, i2, j1, j2 = group[0][1], group[-1][2], group[0][3], group[-1][4]
    yield f"@@ -{_range(i1, i2)} +{_range(j1, j2)} @@"
    for tag, a1, a2, b1, b2 in group:
        if tag == "equal":
            yield from _lines(" ", old, a1, a2)
        else:
            yield from _lines("-", old, a1, a2)
            yield from _lines("+", new, b1, b2)


def _range(first: int, last: int) -> str:
    count = last - first
    start = first + 1 if count else first
    return str(start) if count == 1 else f"{start},{count}"


def _lines(sign: str, text: Text, first: int, last: int) -> Iterator[str]:
    for index in range(first, last):
        end = text.ends[index]
        yield f"{sign}{text.lines[index]}{end[:-1] if end != chr(13) else ''}"
        if not end:
            yield "\\ No newline at end of file"
