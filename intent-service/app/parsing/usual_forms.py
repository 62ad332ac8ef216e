"""Ways to write parts, tabs, types and marks, in the form that the readers know."""

import re

from ..vocabulary.naming import HANGUL
from .type_names import TYPES

_BULLET = r"[ \t]*(?:[-*•▶▪■□○◦ㅇ]|\d{1,2}[.)])?[ \t]*"
_PLACES = (
    r"위|아래|상단|하단|왼쪽|오른쪽|좌측|우측|헤더|라인|마스터|디테일|(?:조회|검색)\s*조건|그리드|목록|컬럼|항목|필드"
    r"|top|bottom|left|right|header|lines?|details?|columns?|fields?|filters?"
)
_PLACED = re.compile(
    rf"^(?P<label>{_BULLET}(?:{_PLACES})[ \t]*[:：][ \t]*)"
    r"(?P<listed>[^,，:：\n]{0,200}?[^\s/][ \t]/[ \t][^,，:：\n]{0,300})$",
    re.IGNORECASE | re.MULTILINE,
)
"""`- 위: 청구번호 / 현장 / 청구일`."""
_TITLE = r"(?P<name>[가-힣A-Za-z][가-힣A-Za-z ]{0,20}?)"
_NUMBERED_TAB = re.compile(
    rf"^{_BULLET}(?:탭|tab)[ \t]*\d{{1,2}}[ \t]*(?:[.):：-][ \t]*)?{_TITLE}[ \t]*[:：-][ \t]*(?=\S)",
    re.IGNORECASE | re.MULTILINE,
)
"""`탭1 기본정보: 사번, 성명`."""
_BOXED_TAB = re.compile(rf"^[ \t]*[\[【<]{_TITLE}[\]】>][ \t]*(?=[^\n]*[,，/])", re.MULTILINE)
_ENGLISH_TAB = re.compile(
    rf"^{_BULLET}{_TITLE}[ \t]+tab[ \t]*(?:[-–—:：]|->)[ \t]*(?=\S)", re.IGNORECASE | re.MULTILINE
)
_SAYS_TABS = re.compile(r"탭|\btabs?\b", re.IGNORECASE)
_STARRED = re.compile(r"(?<=[가-힣A-Za-z])\*(?=[ \t]*(?:[,，/)\n]|$))")
_LEAST_STARS = 2
_TYPE = "|".join(sorted(map(re.escape, TYPES), key=len, reverse=True))
_EQUALS = re.compile(
    rf"^(?P<name>[ \t]*[가-힣A-Za-z_][\w가-힣 ]{{0,20}}?)[ \t]*=[ \t]*"
    rf"(?=(?:{_TYPE})(?:[ \t]*\([\d, ]*\))?[ \t]*(?:[,，]|$))",
    re.IGNORECASE | re.MULTILINE,
)
"""`기준가=숫자(2)`."""
_LETTER = re.compile(r"(?<=[가-힣]) (?P<letter>[CN])(?P<size>\(\d{1,5}(?:,\d{1,2})?\))")
_DATE_LETTER = re.compile(r"(?<=[가-힣]) D(?:T)?(?=[ \t]*(?:[,，\n]|$))")
_LEAST_LETTERS = 2
"""`배출번호 C(12), 배출량 N(10,3), 배출일 D`: what tables of definitions call types."""
_LATIN_PARTS = {
    korean: re.compile(rf"\b{latin}(?=\s*(?:영역|부분?|그리드|정보|에|은|는))", re.IGNORECASE)
    for korean, latin in {"헤더": "header", "마스터": "master", "라인": "lines?", "디테일": "details?"}.items()
}
_TWO = re.compile(
    r"^(?P<mark>[ \t]*(?:[-*•▪○◦ㅇ]|\d{1,2}[.)])[ \t]*)"
    r"(?P<one>[가-힣]{1,11}(?P<last>[가-힣]))[ \t]*/[ \t]*(?P<two>[가-힣]{1,11}(?P=last))[ \t]*$",
    re.MULTILINE,
)
"""`4) 계약시작일 / 계약종료일`: two items in a line."""
MAX_TEXT = 20_000
"""Longer texts are sources (DDL, JSON), which need none of this."""


def in_usual_forms(text: str) -> str:
    """Commas between the items of a part, `기본정보 탭: …` for tabs, `(필수)` for stars, types by their names."""
    if len(text) > MAX_TEXT:
        return text
    text = _PLACED.sub(lambda match: match["label"] + re.sub(r"[ \t]+/[ \t]+", ", ", match["listed"]), text)
    if _SAYS_TABS.search(text):
        for form in (_NUMBERED_TAB, _BOXED_TAB, _ENGLISH_TAB):
            text = form.sub(lambda match: _tab(match["name"]), text)
    if len(_STARRED.findall(text)) >= _LEAST_STARS:
        text = _STARRED.sub("(필수)" if HANGUL.search(text) else " (required)", text)
    text = _TWO.sub(r"\g<mark>\g<one>\n\g<mark>\g<two>", _EQUALS.sub(r"\g<name>: ", text))
    if len(_LETTER.findall(text)) >= _LEAST_LETTERS:
        text = _DATE_LETTER.sub(" date", _LETTER.sub(_spelled, text))
    if HANGUL.search(text):
        for korean, form in _LATIN_PARTS.items():
            text = form.sub(korean, text)
    return text


def _spelled(match: re.Match[str]) -> str:
    return f" {'varchar' if match['letter'] == 'C' else 'number'}{match['size']}"


def _tab(name: str) -> str:
    return f"{name.strip()} tab: " if name.isascii() else f"{name.strip()} 탭: "
