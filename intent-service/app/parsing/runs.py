"""Lists that only their shape tells: bullets, slashes, a name on each line, a run of nouns with commas."""

import re

from .declared import DeclaredEntity, DeclaredField, Spoken
from .items import read_item
from .lists import NOT_FIELD_END, VERBAL, read_list, split_items

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


_SLASHED = re.compile(r"(?<![\w/(.:])[A-Za-z가-힣][\w가-힣]*(?:[/|·][A-Za-z가-힣][\w가-힣]*){2,}(?![\w/])")
_WHOLE_LINE = re.compile(r"^[ \t]*(\S[^\n]{0,40}?)[ \t]*$")


def slashed(text: str) -> Spoken:
    """`품목코드/품목명/단가/수량 입력하는 화면`: three names and more with slashes between."""
    spoken = Spoken()
    for match in _SLASHED.finditer(text):
        fields = read_list(re.sub(r"[/|·]", ",", match.group()))
        if len(fields) >= 3 and len(fields) == len(re.findall(r"[/|·]", match.group())) + 1:
            spoken.model.entities.append(DeclaredEntity(name="", fields=_without_particle(fields, text[match.end() :])))
            spoken.spans.append(match.span())
            break
    return spoken


def _without_particle(fields: list[DeclaredField], following: str) -> list[DeclaredField]:
    """The last name loses the particle that leads to a verb: `수량을 입력하는`."""
    last = fields[-1]
    if following[:1].isspace():
        last.name = re.sub(r"(?<=[가-힣]{2})(?:을|를|으로|로)$", "", last.name)
    return fields


def name_lines(text: str) -> Spoken:
    """Three lines and more that hold nothing but a name each."""
    spoken = Spoken()
    position = 0
    run: list[tuple[int, int, DeclaredField]] = []
    for line in [*text.splitlines(keepends=True), ""]:
        match = _WHOLE_LINE.match(line.rstrip("\n"))
        item = read_item(match[1]) if match and not re.search(r"[.!?]$", match[1]) else None
        named = item is not None and len(item.name.split()) <= 3 and not NOT_FIELD_END.search(item.name)
        if item is not None and named and not VERBAL.search(item.name) and not re.search(r"줘$|요$", item.name):
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


_LEAD = re.compile(
    r"^.*(?:화면|폼|페이지|목록|팝업|인데|는데|건데|에는|에|은|는|:|：)(?:인데|으로|로|에는|에|은|는|을)?\s*[:：]?\s+(?=\S)",
    re.DOTALL,
)
_TAIL = re.compile(
    r"(?:(?:이|가|을|를)\s+[가-힣A-Za-z]+(?:에서|에|으로|로)|이|가|을|를|은|는|으로|로|도|만)?\s+(?:하고|하며|해서|하는|보이|가집|갖|나타|출력|넣|두|이렇게|이런|순으로|형태|정도|컬럼|칼럼|항목|필드|화면|필요|있어|들어가|나오|보여|표시|해줘|만들|구성|으로|관리|입력|조회|저장)[\s\S]*$|(?<=\))\s*(?:으로|로|을|를|이|가)\s[\s\S]*$"
)


def run_of_nouns(text: str) -> Spoken:
    """A run of short nouns behind a colon, or three and more with commas: `…화면인데 품목코드, 품목명, 비고 이렇게`."""
    spoken = Spoken()
    position = 0
    for segment in re.split(r"((?<=[.!?])\s+|\n+)", text):
        start, position = position, position + len(segment)
        colon = re.search(r"[:：]\s*|\s[-–—]\s+", segment)
        separated = re.search(r"[,，、][^,，、]+[,，、]", segment) or (colon and re.search(r"\s/\s.+\s/\s", segment))
        if not separated or not (colon or re.search(r"[가-힣]", segment)):
            continue
        offset = _run_start(segment, colon)
        body = _TAIL.sub("", segment[offset:])
        listed = re.sub(r"\s/\s", ", ", body) if not re.search(r"[,，、]", body) else body
        fields = read_list(listed)
        pieces = [piece for piece in split_items(listed) if piece.strip()]
        if (
            len(fields) >= 3
            and len(fields) * 4 >= len(pieces) * 3
            and not any(VERBAL.search(item.name) for item in fields)
        ):
            spoken.model.entities.append(DeclaredEntity(name="", fields=fields))
            spoken.spans.append((start + offset, start + offset + len(body)))
            return spoken
    return spoken


def _run_start(segment: str, colon: re.Match[str] | None) -> int:
    """Where the list begins: behind the colon, or behind what leads to its first word."""
    comma = re.search(r"[,，、]", segment)
    if colon is not None and (comma is None or colon.start() < comma.start()):
        return colon.end()
    if comma is not None and re.search(r"(?:화면|폼|페이지|목록|팝업)\s*$", segment[: comma.start()]):
        return comma.end()
    lead = _LEAD.match(segment[: comma.start()]) if comma else None
    return lead.end() if lead else 0
