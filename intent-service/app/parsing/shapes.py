"""Lists that their shape tells: bullets, a name on each line."""

import re

from .declared import DeclaredEntity, DeclaredField, Spoken
from .items import read_item
from .korean.words import MARK
from .lists import NOT_FIELD_END, VERBAL

_BULLETS = re.compile(r"(?:^[ \t]*(?:[-*•·▪○]|\d{1,2}[.)])[ \t]+\S[^\n]*(?:\n|$)){2,}", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*(?:[-*•·▪○]|\d{1,2}[.)])[ \t]+", re.MULTILINE)


def bullets(text: str) -> Spoken:
    """Lines that start with a dash or a number."""
    spoken = Spoken()
    for match in _BULLETS.finditer(text):
        lines = [line.strip() for line in _BULLET.split(match.group()) if line.strip()]
        fields = [item for item in map(read_item, lines) if item is not None]
        sentences = sum(1 for item in fields if VERBAL.search(item.name) or NOT_FIELD_END.search(item.name))
        if len(fields) >= 2 and len(fields) == len(lines) and sentences * 2 < len(fields):
            spoken.model.entities.append(DeclaredEntity(name="", fields=fields))
            spoken.spans.append(match.span())
            return spoken
    return spoken


_WHOLE_LINE = re.compile(r"^[ \t]*(\S[^\n]{0,40}?)[ \t]*$")


def name_lines(text: str) -> Spoken:
    """Three lines and more that hold nothing but a name each."""
    spoken = Spoken()
    position = 0
    run: list[tuple[int, int, DeclaredField]] = []
    for line in [*text.splitlines(keepends=True), ""]:
        match = _WHOLE_LINE.match(line.rstrip("\n"))
        item = read_item(match[1]) if match and not re.search(r"[.!?]$", match[1]) else None
        named = item is not None and len(item.name.split()) <= 3 and not NOT_FIELD_END.search(item.name)
        if match is not None and MARK.match(match[1].split()[-1]):
            run = []
        elif item is not None and named and not VERBAL.search(item.name) and not re.search(r"줘$|요$", item.name):
            run.append((position, position + len(line), item))
        elif len(run) >= 3:
            break
        else:
            run = []
        position += len(line)
    if len(run) >= 3:
        spoken.model.entities.append(DeclaredEntity(name="", fields=[item for _, _, item in run]))
        spoken.spans.append((run[0][0], run[-1][1]))
    return spoken
