"""Sheets of two columns that describe a screen, part by part: `| 입력항목 | 사번, 성명 |`, `| 버튼 | 신청, 취소 |`."""

import re

_ROW = re.compile(r"^[ \t]*\|?(?P<part>[^|\n]{1,30})\|(?P<said>[^|\n]*)\|?[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^[\s|:-]*$")
_HEAD = re.compile(r"^\s*(?:구분|분류|항목|요소|속성|item|part|section|property)\s*$", re.IGNORECASE)
_PART = re.compile(
    r"화면\s*(?:명|ID|유형)|프로그램\s*(?:명|ID)|메뉴\s*명|(?:조회|검색)\s*조건|(?:입력|조회|출력|표시|목록|그리드|상세)\s*(?:항목|컬럼|필드|정보)|그리드|버튼|기능"
    r"|\b(?:screen|title|fields?|columns?|conditions?|filters?|search|grid|buttons?|actions?)\b",
    re.IGNORECASE,
)
_LEAST_PARTS = 2
MAX_TEXT = 20_000
_BOXED = re.compile(r"^[ \t]*[\[【<](?P<label>[가-힣][가-힣 ]{1,11})[\]】>][ \t]*(?!\[)(?=[^\n]*[,，|/])", re.MULTILINE)


def as_lines(text: str) -> str:
    """The text with such a table as lines, `입력항목: 사번, 성명`; so is `[입력항목] 사번, 성명`."""
    if len(text) > MAX_TEXT:
        return text
    text = _BOXED.sub(r"\g<label>: ", text)
    rows = [row for row in _ROW.finditer(text) if not _RULE.match(row.group())]
    parts = [row for row in rows if _PART.search(row["part"]) and not _HEAD.match(row["part"])]
    if len(parts) < _LEAST_PARTS:
        return text
    return _ROW.sub(_line, text)


def _line(row: re.Match[str]) -> str:
    if _RULE.match(row.group()) or _HEAD.match(row["part"]):
        return ""
    return f"{row['part'].strip(' *`')}: {row['said'].strip()}"
