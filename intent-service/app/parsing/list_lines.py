"""The lines of a list: their marks, and the headings of groups among them."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from ..vocabulary.field_names import HEAD, FieldNames
from .items import read_item

BULLET = re.compile(
    r"^[ \t]*(?:(?:[-*–+]|\(?\d{1,2}[.)]|[가나다라마바사아자차카타파하][.)]|\(?[a-z][.)])[ \t]+|[ㅇoO][ \t]+(?=[가-힣A-Z])|(?:[•·ㆍ‣∙➢➤❍▪▫○●◦□■◆◇▶▷◎※✓✔☑]|[①-⑳])[ \t]*)(?=\S)"
)
_SAYS_FIELDS = re.compile(
    r"^(?P<label>\s*(?:컬럼|칼럼|필드|항목|fields?|columns?)\s*[:：])(?P<item>[ \t]*[^\s,，/|;][^,，/|;]*(?:\([^()]*\)[^,，/|;]*)?)$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:조건|검색|조회|필터|그리드|목록|결과|상단|하단|헤더|라인|마스터|디테일|상세|입력|출력|버튼|탭|영역|화면|컬럼|필드|항목)|\b(?:search|filters?|grid|list|header|lines?|details?|columns?|fields?|buttons?|tabs?|top|bottom|left|right)\b",
    re.IGNORECASE,
)
"""Headings that say where the items below them stand."""
CODE_HEAD = re.compile(
    r"(?:상태|구분|유형|종류|분류|등급|여부|수단|방법|방식|단계|status|type|category|grade|method)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    start: int
    end: int

    @property
    def bulleted(self) -> bool:
        return BULLET.match(self.text) is not None

    @property
    def content(self) -> str:
        return BULLET.sub("", self.text).replace("`", "").strip().rstrip(",;，").strip()

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip())


def lines_of(text: str) -> list[Line]:
    """The lines; `컬럼: DNT_NO …` is two where a list goes on below it."""
    lines, position = [], 0
    rows = text.splitlines(keepends=True)
    for index, raw in enumerate(rows):
        match = _SAYS_FIELDS.match(raw.rstrip("\n"))
        if match is not None and index + 1 < len(rows) and rows[index + 1][:1] in " \t":
            middle = position + match.end("label")
            lines.append(Line(match["label"], position, middle))
            lines.append(Line(match["item"], middle, position + len(raw)))
        else:
            lines.append(Line(raw.rstrip("\n"), position, position + len(raw)))
        position += len(raw)
    return lines


def ungrouped(lines: list[Line], names: FieldNames) -> list[Line]:
    """The lines with nested lists made flat: a heading of items below it is no item itself.

    `2) 차량` with `- 번호` and `- 차종` below it; `- 상태` with `- 대기` and `- 완료` below it has them as its values.
    """
    groups = {index: below for index, line in enumerate(lines) if (below := _below(lines, index))}
    counts = Counter(lines[index].content for below in groups.values() for index in below)
    flat: list[Line] = []
    heading = ""
    taken: set[int] = set()
    for index, line in enumerate(lines):
        if index in taken:
            continue
        below = groups.get(index, [])
        if below and CODE_HEAD.search(_plain(line)) and _are_values(lines, below, names):
            values = "/".join(lines[at].content for at in below)
            flat.append(Line(f"- {_plain(line)} ({values})", line.start, lines[below[-1]].end))
            taken.update(below)
        elif below and _PLACE.search(_plain(line)):
            flat.append(replace(line, text=f"- {_plain(line)}:"))
        elif below:
            heading = _plain(line)
        else:
            inside = any(index in group for group in groups.values())
            repeated = inside and counts[line.content] > 1
            flat.append(replace(line, text=f"- {heading} {line.content}") if repeated else line)
    return flat


def _below(lines: list[Line], index: int) -> list[int]:
    """The items below a heading, which stand further right; none where the line is no heading of a group."""
    line = lines[index]
    if not line.bulleted:
        return []
    item = read_item(_plain(line))
    if item is None or not item.bare:
        return []
    below = []
    for at in range(index + 1, len(lines)):
        if not lines[at].bulleted or lines[at].indent <= line.indent:
            break
        below.append(at)
    return below if len(below) > 1 else []


def _are_values(lines: list[Line], below: list[int], names: FieldNames) -> bool:
    return sum(names.strength(lines[at].content) < HEAD for at in below) * 2 > len(below)


def _plain(line: Line) -> str:
    return line.content.rstrip(":： ")
