"""Two views and their places: 왼쪽은 부서 트리, 오른쪽은 사원 목록; what is chosen in one fills the other."""

import re
from dataclasses import dataclass

_UPPER = r"(?:왼쪽|왼편|좌측|좌|상단|상부|윗쪽|위쪽|윗부분|위)(?!\s*정렬)"
_LOWER = r"(?:오른쪽|오른편|우측|우|하단|하부|아래쪽|아랫부분|아래|밑)(?!\s*정렬)"
_PARTICLE = (
    r"(?:\s*(?:그리드|영역|화면|패널|부분|쪽))?"
    r"(?:에서는|에서|에는|에다|에|엔|은|는|의|으로는|이|으로)?(?:\s*[:：=]\s*|\s+)"
)
_WHAT = r"[^.,;:：/\n()]{2,32}?"
_BETWEEN = r"\s*[.,;/·&+]?\s*(?:그리고\s*)?"
_PUT = r"(?:\s*,\s*|\s+(?:두고|놓고|배치하고|띄우고|있고|보여주고)\s*,?\s*)"
_KOREAN = (
    re.compile(
        rf"(?:^|[\s:：,.])(?P<upper>{_WHAT})[을를은는]?\s+{_UPPER}(?:에|으로|로|쪽에)?{_PUT}(?P<lower>{_WHAT})[을를은는]?\s+{_LOWER}(?:에|으로|로|쪽에)?(?=[\s.,]|$)"
    ),
    re.compile(
        rf"(?:^|[\s:：,.])(?P<upper>{_WHAT})[을를은는]?\s+{_UPPER}(?:에|으로|로|쪽에){_PUT}{_LOWER}{_PARTICLE}(?P<lower>{_WHAT})(?=[.,;\n)]|$|(?:이|가|을|를|은|는|도)\s)"
    ),
    re.compile(
        rf"(?<![가-힣]){_UPPER}{_PARTICLE}(?P<upper>{_WHAT}){_BETWEEN}(?<![가-힣]){_LOWER}{_PARTICLE}(?P<lower>{_WHAT})(?=[.,;\n)]|$|(?:이|가|을|를|은|는|도)\s|\s(?:있|나오|보|두|구성|배치|화면))"
    ),
)
_CHOSEN = re.compile(
    rf"(?P<upper>[^.,;:：/\n()]{{1,24}}?)(?:[을를]|에서\s*(?:하나|한\s*[가-힣]{{1,2}})를?)?\s*(?:하나\s*)?(?:선택|클릭|누르|고르)(?:하면|면|할\s*때|\s*시)\s*,?\s*(?:바로\s*)?(?:(?:그|해당)\s*)?(?:{_LOWER}{_PARTICLE})?(?P<lower>{_WHAT})(?=(?:이|가|을|를|도)\s)"
)
"""What is chosen, and what is shown of it then."""
_ENGLISH_UPPER = r"(?:on|at|to)\s+(?:the\s+)?(?:left|top)(?:[\s-](?:hand\s+)?side)?|above"
_ENGLISH_LOWER = r"(?:on|at|to)\s+(?:the\s+)?(?:right|bottom)(?:[\s-](?:hand\s+)?side)?|below|underneath|beneath"
_JOIN = r"\s*[,;:]?\s*(?:and|with|while|then)?\s*(?:(?:the|a|an|its|their)\s+)?"
_ENGLISH_WHAT = r"[A-Za-z][\w' -]{1,44}?"
_ENGLISH = (
    re.compile(
        rf"(?P<upper>{_ENGLISH_WHAT})\s+(?:{_ENGLISH_UPPER})\b{_JOIN}(?P<lower>{_ENGLISH_WHAT})\s+(?:{_ENGLISH_LOWER})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:{_ENGLISH_UPPER})\b{_JOIN}(?P<upper>{_ENGLISH_WHAT}){_JOIN}\b(?:{_ENGLISH_LOWER})\b{_JOIN}(?P<lower>{_ENGLISH_WHAT})(?=[.,;\n)]|$)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:left|top)\s*:\s*(?P<upper>{_ENGLISH_WHAT})\s*[,;/]\s*(?:right|bottom|below)\s*:\s*(?P<lower>{_ENGLISH_WHAT})(?=[.,;\n)]|$)",
        re.IGNORECASE,
    ),
)
_LISTED = re.compile(r"[가-힣\w]{2,}(?:[와과]|하고|이랑)\s+[가-힣\w]+")
"""`사번과 성명`: fields, and no view; 학과 목록 and 결과 목록 are one."""
_VIEW = re.compile(
    r"(?:목록|리스트|트리|그리드|편집|상세|입력|등록|폼|정보|내역|이력|현황|관리|조회|표)$|\b(?:list|grid|tree|form|details?|table|editor)$",
    re.IGNORECASE,
)
_MORE = re.compile(r"(?:이|가|을|를|은|는|도)?\s*[,/·]")
"""Behind the lower part: the list goes on."""


@dataclass(frozen=True, slots=True)
class Places:
    """What stands in the upper or left part, what in the lower or right one, and where both stand in the text."""

    upper: str
    lower: str
    span: tuple[int, int]
    chosen: bool = False
    """Whether only a choice joins them: `부서를 선택하면 사원이 조회`."""


def find_places(prose: str) -> Places | None:
    """The two views that the prose puts somewhere; none where a place holds a list of fields."""
    for pattern in (*_KOREAN, *_ENGLISH):
        match = pattern.search(prose)
        if match is None:
            continue
        found = Places(match["upper"].strip(), match["lower"].strip(), match.span())
        return None if _lists_fields(found, prose) else found
    match = _CHOSEN.search(prose)
    if match is None or _LISTED.search(match["lower"]):
        return None
    upper = " ".join(match["upper"].split()[-2:])
    return Places(upper, match["lower"].strip(), match.span(), chosen=True)


def _lists_fields(found: Places, prose: str) -> bool:
    if _LISTED.search(found.upper) or _LISTED.search(found.lower):
        return True
    goes_on = _MORE.match(prose, found.span[1]) is not None
    return goes_on and not (is_view(found.upper) and is_view(found.lower))


def is_view(text: str) -> bool:
    """Whether the words end with a view's: 목록, 트리, `form`."""
    return _VIEW.search(text) is not None
