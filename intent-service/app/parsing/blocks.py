"""Lists over several lines: bullets, a name on each line, with the header above them."""

import re
from dataclasses import dataclass, field

from ..vocabulary.field_names import HEAD, TERM, FieldNames
from .attributes import apply_attribute
from .declared import DeclaredField
from .items import read_item
from .list_lines import BULLET, CODE_HEAD, Line, lines_of, ungrouped
from .lists import NOT_FIELD_END, VERBAL

_HEADER = re.compile(
    r"^\s*(?:[•·▪▫○●◦□■◆◇▶▷◎※#*-]+\s*|\d{1,2}[.)]\s+)?(?:[\[<【(]\s*(?P<boxed>[^\[\]<>【】()]{1,30})\s*[\]>】)]|(?P<plain>[^:：.!?\n]{1,30}?)\s*(?P<colon>[:：])?)\s*$"
)
_SAYS_LIST = re.compile(
    r"(?:^|\s|조회|검색|입력|표시|출력|필수|선택|상단|하단|기본|상세|데이터|테이블|그리드)"
    r"(?:컬럼|칼럼|필드|항목|속성|정보|데이터|것|목록|그리드|조건|입력|결과|테이블|내용|값|사항|구성|영역|마스터|디테일|헤더|라인|상세)(?:들|은|는)?$"
    r"|(?:테이블|엔티티|엔터티)\s*\([\w ]+\)$"
    r"|\b(?:fields?|columns?|grid|conditions?|criteria|header|lines?|details?|search|filters?|table|required|optional|inputs?)$",
    re.IGNORECASE,
)
"""Headers: `조회조건`, `보여줄 것`, `직원 테이블 (employee)`."""
_SENTENCE = re.compile(r"(?:줘|요|니다|세요|까|다|죠|함|임|됨|달라|바람|부탁|please)\s*[.!?~]*$|[.!?]$", re.IGNORECASE)
_LISTS = re.compile(r"[:：]\s*\S[^,，]*[,，/|]\s*\S")
_NAMES_SCREEN = re.compile(
    r"^(?:화면|테이블|프로그램|메뉴|엔티티|엔터티|시스템|업무|파일|페이지)\s*(?:명|ID|이름|코드|영문명|한글명)?\s*[:：]|^테이블\s+[A-Za-z_]\w*$|^(?:screen|table|page|program)\s*(?:name|id)?\s*:",
    re.IGNORECASE,
)
_LABEL_ONLY = re.compile(r"^[^:：]{1,20}[:：]$")
_TITLE = re.compile(r"\s(?:신청|접수|등록|관리|현황|조회|목록|내역|이력|대장|일지|신청서|예약|점검)$")
"""`기숙사 입사 신청`: what the lines below are about."""
_CELLS = re.compile(r"[ ]{2,}|\t+|(?<=[^/]) / (?=[^/]+$)")
_VALUES = re.compile(r"(?:[:：]|\s[-–—])\s*[^/]+(?:\s/\s[^/]+)+$|\s/\s.*\s/\s")
"""`결과 : 합격 / 불합격`, and no cells of a table."""
_VALUES_LISTED = re.compile(
    r"^(?P<name>[^:：,，]{1,30}?)\s*[:：]\s*(?P<values>[^:：]+?)(?:\s*(?:중|중에서)\s*(?:선택|하나|택\s*1|택일))?$"
)
_COLON_APART = re.compile(r"\s{2,}[:：]\s*")
"""`자산번호        : 13자리`: one cell."""
_CODES = "code|enum|select|combo|radio|코드|콤보|선택"
_CODE_CELL = re.compile(rf"^(?:{_CODES})\s*\(.+\)$", re.IGNORECASE)
_CODE_BEHIND = re.compile(rf"[:：\[(]\s*(?:{_CODES}|dropdown)\s*[\[(:：]", re.IGNORECASE)
_MOST_IN_VALUE = 15
MAX_LINE = 120


@dataclass(slots=True)
class Block:
    """Items on lines of their own. `header`: what stands above them, without its marks."""

    header: str = ""
    fields: list[DeclaredField] = field(default_factory=list)
    start: int = 0
    end: int = 0
    bulleted: bool = False
    sound: bool = True
    """Whether every line of it is an item."""


def find_blocks(text: str, names: FieldNames) -> list[Block]:
    """The blocks that list fields, in their order."""
    blocks: list[Block] = []
    current: Block | None = None
    header: Line | None = None
    for line in [*ungrouped(lines_of(text), names), Line("", len(text), len(text))]:
        if not any(map(str.isalnum, line.text)) and line.end < len(text) and (current is None or current.bulleted):
            continue
        if line.bulleted and (_NAMES_SCREEN.match(line.content) or _LABEL_ONLY.match(line.content)):
            if current is not None:
                _close(current, blocks)
            current, header = None, Line(line.content, line.start, line.end)
            continue
        item = None if is_header(line.text, names) else _item(line, names)
        if current is not None and (line.bulleted != current.bulleted or (item is None and not line.bulleted)):
            _close(current, blocks)
            current = None
        if current is None and (item is not None or line.bulleted) and line.text.strip():
            current = Block(_header_text(header), start=_first(header, line), bulleted=line.bulleted)
            header = None
        if current is None:
            header = line if is_header(line.text, names) else None
            continue
        current.sound = current.sound and item is not None
        if item is not None:
            current.fields.append(item)
        current.end = line.end
    if current is not None:
        _close(current, blocks)
    return blocks


def _first(header: Line | None, line: Line) -> int:
    """Where a block begins: a header that names the screen (`[컨테이너 반입 조회]`) is left to be read as prose."""
    if header is None or (_HEADER.match(header.text) and _TITLE.search(_header_text(header))):
        return line.start
    return header.start


def _close(block: Block, blocks: list[Block]) -> None:
    """A block of names is one from its third line on, with a header or rules from its second."""
    rules = sum(not item.bare for item in block.fields)
    least = 2 if block.bulleted or _SAYS_LIST.search(block.header) or rules * 2 > len(block.fields) else 3
    if block.bulleted and _SAYS_LIST.search(block.header):
        least = 1
    if not block.header and not block.bulleted and len(block.fields) > least and _is_title(block.fields[0]):
        block.header = block.fields.pop(0).name
    if block.sound and len(block.fields) >= least:
        blocks.append(block)


def _is_title(item: DeclaredField) -> bool:
    return item.bare and _TITLE.search(item.name) is not None


def is_header(text: str, names: FieldNames) -> bool:
    """Whether a line says what the lines below it list: `[조회조건]`, `입력 항목:`, `보여줄 것`."""
    match = _HEADER.match(text)
    if match is None:
        return False
    if match["boxed"] or match["colon"]:
        return names.strength(match["boxed"] or match["plain"]) < TERM or match["boxed"] is not None
    plain = match["plain"].strip()
    return _SAYS_LIST.search(plain) is not None and names.strength(plain) < TERM and BULLET.match(text) is None


def _header_text(line: Line | None) -> str:
    match = _HEADER.match(line.text) if line is not None else None
    return (match["boxed"] or match["plain"]).strip() if match is not None else ""


def _item(line: Line, names: FieldNames) -> DeclaredField | None:
    """The field of a line; None where the line is a sentence, a label with a list, or a screen's name."""
    content = line.content
    if (
        not content
        or len(content) > MAX_LINE
        or content[-1] in "{}<>"
        or (_is_sentence(content) and not _rules(content))
    ):
        return None
    if _NAMES_SCREEN.match(content):
        return None
    content = _bars_as_brackets(_COLON_APART.sub(": ", content, count=1))
    described = _rules(content) or _CODE_BEHIND.search(content) is not None
    if _LISTS.search(content) and not described and content.count(",") + content.count("|") > 0:
        return _closed_list(content, names)
    cells = [content] if _VALUES.search(content) else _CELLS.split(content)
    item = read_item(f"{cells[0]} ({', '.join(cells[1:])})" if len(cells) > 1 else content)
    if item is None or re.search(r"[,，、|]|/.*/", item.name) or len(item.name.split()) > 3 or VERBAL.search(item.name):
        return None
    known = names.strength(item.name) == TERM
    return item if known or not NOT_FIELD_END.search(item.name) else None


def _rules(content: str) -> bool:
    """Whether what stands behind the name describes it: `고객명: 필수, 50자`."""
    behind = re.split(r"[:：(]|\s[-–—]\s", content, maxsplit=1)
    parts = [part.strip() for part in re.split(r"[,，]", behind[1])] if len(behind) == 2 else []
    return any(apply_attribute(DeclaredField(""), text) for part in parts for text in (part, part.rstrip(")")))


def _is_sentence(content: str) -> bool:
    """Words that end as sentences do; one word is a name (개요, 운임)."""
    return " " in content and _SENTENCE.search(content) is not None


def _bars_as_brackets(content: str) -> str:
    """`검사번호|string|필수`: a name, and what describes it."""
    name, *rest = (cell.strip() for cell in content.split("|"))
    described = rest and all(map(_describes, rest))
    return f"{name} ({', '.join(filter(None, rest))})" if described else content


def _describes(cell: str) -> bool:
    return not cell or apply_attribute(DeclaredField(""), cell) or _CODE_CELL.match(cell) is not None


def _closed_list(content: str, names: FieldNames) -> DeclaredField | None:
    """`규격: 20FT, 40FT, 40HC`: a field with its values. What lists fields is none (`상단: 계약번호, 계약명`)."""
    match = _VALUES_LISTED.match(content)
    if match is None:
        return None
    values = [value.strip() for value in re.split(r"[,，/]", match["values"]) if value.strip()]
    item = read_item(match["name"])
    coded = CODE_HEAD.search(match["name"]) is not None
    named = not coded and sum(names.strength(value) >= HEAD for value in values) * 2 > len(values)
    short = all(len(value) <= _MOST_IN_VALUE for value in values)
    if item is None or not short or named or len(values) < 2 or _SAYS_LIST.search(match["name"]):
        return None
    item.type, item.values = "code", [(value, value) for value in values]
    return item
