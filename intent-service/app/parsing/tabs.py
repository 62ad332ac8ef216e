"""The tabs of a screen, with the fields that the prompt lists for each: `기본정보 탭: 코드. 주소 탭: 우편번호`."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from .attributes import is_attribute
from .declared import DeclaredField
from .lists import split_items
from .parts import HIDDEN, bracket_at, without_brackets

_TABS = re.compile(
    r"(?<![가-힣A-Za-z])탭(?!\s*(?:키|순서|이동))|\btab(?:s|bed)?\b(?!\s*(?:order|key|index))", re.IGNORECASE
)
_KOREAN = re.compile(
    r"(?:(?<=[\s,./;(\[])|^)(?P<title>[가-힣A-Za-z0-9]{1,12}(?:\s(?:정보|사항|내역|이력|목록|현황|내용))?)\s*탭"
    r"\s*(?P<opens>[\]\)]?\s*(?:[:：=]|에는|에서는|에|은|는|\s-\s)\s*)?(?=[^\s])"
)
_NUMBERED = re.compile(r"(?:탭\s*\d+|\d+\s*번?째?\s*탭|\btab\s*\d+)\s*[:：.)-]?\s*", re.IGNORECASE)
_ENGLISH = re.compile(
    r"(?:\b(?:an?|the|and|with|one)\s+)?[\"'“]?(?P<title>[A-Za-z][\w-]*(?:\s(?!tab)[A-Za-z][\w-]*)?)[\"'”]?\s+tab\b"
    r"\s*(?P<opens>[:：]|(?:with|has|having|holds|shows?|contains?|containing|for)\s+)?\s*(?=\S)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"(?P<title>[가-힣A-Za-z0-9]+(?:[ ](?:정보|사항|내역|이력|목록|현황|내용|info|information|details?))?)"
    rf"\s*(?={HIDDEN}{{4,}})",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?](?=\s|$)|[;\n]|\s/\s")
_COUNTS = re.compile(
    r"\d|^(?:두|세|네|여러|각|이|그|하나의?)$|^(?:two|three|four|several|first|second|each|in|by|as|on)$", re.IGNORECASE
)
_ROWS = re.compile(r"(?:목록|리스트|내역|이력|품목|그리드|라인)$|\b(?:lists?|history|items|lines|grid)$", re.IGNORECASE)
MAX_TABS = 8


@dataclass(frozen=True, slots=True)
class Tab:
    """`start`, `end`: of its title and list in the text."""

    title: str
    fields: list[DeclaredField]
    start: int
    end: int

    @property
    def lists(self) -> bool:
        """Whether it shows rows: 정비이력, `items`."""
        return _ROWS.search(self.title) is not None


def find_tabs(text: str, read_list: Callable[[str], list[DeclaredField]]) -> list[Tab]:
    """Two tabs or more of which the fields are listed, else none."""
    if _TABS.search(text) is None:
        return []
    hidden = without_brackets(text)
    if _TABS.search(hidden) is None:
        return []
    tabs = _titled(text, hidden, read_list) or _bracketed(text, hidden, read_list)
    return tabs if 2 <= len(tabs) <= MAX_TABS else []


def _titled(text: str, hidden: str, read_list: Callable[[str], list[DeclaredField]]) -> list[Tab]:
    """`기본정보 탭: 코드, 이름`, `a general tab with order no, date`."""
    marks = [
        mark for mark in (*_KOREAN.finditer(hidden), *_ENGLISH.finditer(hidden)) if not _COUNTS.search(mark["title"])
    ]
    marks.sort(key=lambda mark: mark.start())
    tabs: list[Tab] = []
    for index, mark in enumerate(marks):
        inside = bracket_at(hidden, mark.end())
        if inside is None and not mark["opens"]:
            continue
        if inside is None:
            stop = marks[index + 1].start() if index + 1 < len(marks) else len(hidden)
            end = _STOP.search(hidden, mark.end(), stop)
            inside = (mark.end(), end.start() if end is not None else stop)
        fields = read_list(text[slice(*inside)].strip(" ,."))
        if fields:
            tabs.append(Tab(mark["title"], fields, mark.start("title"), min(inside[1] + 1, len(text))))
    return tabs


def _bracketed(text: str, hidden: str, read_list: Callable[[str], list[DeclaredField]]) -> list[Tab]:
    """`신청인 정보(성명, 연락처)와 건축물 정보(지번, 용도)를 탭으로`, `tabs: general (order no, date) and …`."""
    tabs = []
    for mark in _BRACKETED.finditer(hidden):
        inside = bracket_at(hidden, mark.end())
        if inside is None or _TABS.fullmatch(mark["title"]):
            continue
        items = [item for item in split_items(text[slice(*inside)]) if item.strip()]
        fields = read_list(text[slice(*inside)]) if len(items) > 1 and not any(map(is_attribute, items)) else []
        if len(fields) > 1:
            numbered = list(_NUMBERED.finditer(hidden, 0, mark.start()))
            near = numbered and numbered[-1].end() == mark.start()
            tabs.append(Tab(mark["title"], fields, numbered[-1].start() if near else mark.start(), inside[1] + 1))
    return tabs
