"""What lists of all kinds share: their separators, and what no field's name ends in."""

import re
from itertools import accumulate

_SPLIT = re.compile(
    r"\s*(?:[,，、;]|\|(?=\s)|\n\s*(?:[-*•·]|\d+[.)])?\s*|\s그리고\s|\s및\s|\s또는\s|\s+and\s+|\s*&\s*)\s*",
    re.IGNORECASE,
)
_DEPTH = {"(": 1, "（": 1, "[": 1, ")": -1, "）": -1, "]": -1}
NOT_FIELD_END = re.compile(
    r"(?:화면|팝업|버튼|그리드|기능|페이지|목록|폼|창|조건|페이징|모달|엑셀|screen|page|popup|button|buttons|grid|form|dialog|list|pagination)$",
    re.IGNORECASE,
)
VERBAL = re.compile(r"(?:하고|해서|하여|하면|되게|되고|해줘|주세요|싶어|합니다|한다|하는|수정|저장|삭제|검색|조회)$")


def split_items(listed: str) -> list[str]:
    """The items of a list; what separates within brackets belongs to an item: `사번(EMP_NO, VARCHAR2(10), PK)`."""
    depths = list(accumulate(_DEPTH.get(character, 0) for character in listed))
    pieces, start = [], 0
    for match in _SPLIT.finditer(listed):
        if depths[match.start()] <= 0 and depths[match.end() - 1] <= 0:
            pieces.append(listed[start : match.start()])
            start = match.end()
    return [*pieces, listed[start:]]
