"""What a prompt wishes of a screen beyond its pattern: Excel, pages, tabs, radio buttons, popups that fill fields."""

import re
from dataclasses import dataclass

from .tab_groups import TabGroup, read_tab_groups

DEFAULT_PAGE = 20
_LARGEST_PAGE = 1_000
_MOST_TABS = 5
_FLAGS = re.IGNORECASE
_EXPORT = re.compile(r"엑셀|excel|xlsx", _FLAGS)
_NOT = re.compile(
    r"\s*(?:기능|처리|버튼)?[은는을를이가도]?\s*(?:없이|없는|없고|빼고|제외|말고|하지\s*않|안\s*해)", _FLAGS
)
_NOT_BEFORE = re.compile(r"\b(?:no|without|not|don'?t|do not)\s+(?:\w+\s+){0,2}$", _FLAGS)
_PAGES = re.compile(
    r"페이징|페이지네이션|페이지\s*(?:처리|나누|나눠|단위|별로|번호)|쪽\s*(?:나누|나눠|번호)|(?<![\w.])\d{1,4}\s*(?:건|개|행|줄)\s*씩"
    r"|\bpag(?:ing|ination|inated?|ed)\b|\bpages\s+of\s+\d+|\d{1,4}\s+(?:rows|records|items|entries)\s+(?:per|a|each)\s+page",
    _FLAGS,
)
_PAGE_SIZE = re.compile(
    r"(?<![\w.])(\d{1,4})\s*(?:건|개|행|줄)(?:\s*씩|\s*단위)|pages\s+of\s+(\d{1,4})"
    r"|(\d{1,4})\s+(?:(?:rows|records|items|entries)\s+)?(?:per|a|each)\s+page",
    _FLAGS,
)
_TABS = re.compile(
    r"(?<![가-힣A-Za-z])탭(?=\s|[으에을이과로은는,./()：:]|화면|구성|별|$)(?!\s*(?:키|순서|이동|오더))"
    r"|\btabs\b|\btabbed\b|\b(?:in|on|as|into|with)\s+(?:a\s+)?tab\b(?!\s*(?:order|key|index))"
    r"|\btab\b(?=\s*[:：(]|\s+(?:with|has|having|holds|shows)\b)",
    _FLAGS,
)
_TITLE = r"[가-힣A-Za-z0-9]{1,12}(?:\s(?:정보|목록|내역|사항|현황|info|information|details?))?"
_TITLES_BEFORE = re.compile(
    rf"({_TITLE}(?:\s*(?:[,/·]|와|과|및|\band\b)\s*{_TITLE}){{1,4}})(?:의|을|를|로|으로)?\s*(?:두\s*개의?|세\s*개의?|\d\s*개의?)?\s*$",
    _FLAGS,
)
_ALONE = rf"{_TITLE}\b(?!\s+(?:as|is|are|in|by|with)\b)"
_TITLES_AFTER = re.compile(rf"^\s*(?:for|named|called|:)\s*({_ALONE}(?:\s*(?:,|/|\band\b)\s*{_ALONE}){{1,4}})", _FLAGS)
_BETWEEN_TITLES = re.compile(r"\s*(?:[,/·]|(?<=[가-힣])[와과](?=\s)|\s및\s|\band\b)\s*", _FLAGS)
_NO_TITLE = re.compile(r"(?:화면|관리|등록|폼|그리드|form|screen)$|(?:에서|에는|으로|하고|있고)$", _FLAGS)
_RADIO = re.compile(
    r"라디오(?=\s*(?:버튼|박스|단추|형|로|으로|\)))|\bradios?(?=\s*(?:button|group|\)|s\b)|\s*$|[,.])", _FLAGS
)
_PICKER = re.compile(
    r"(?:검색|조회|선택|찾기|코드)\s*팝업(?=\s*(?:으로|에서|창|을|이|버튼|을\s*통해|\)|,|\.|$))|팝업(?:창)?(?:으로|에서|을\s*통해)\s*(?:검색|선택|조회|찾|고르|고를)"
    r"|돋보기|코드\s*(?:찾기|헬프|도움)|\b(?:lookup|look-up|picker|search|selection)\s+popup\b|\bpicked?\s+(?:from|in|by)\s+a\s+popup"
    r"|\b(?:chosen|selected)\s+(?:from|in|by)\s+a\s+popup|\bpopup\s+picker\b|\blookup\b",
    _FLAGS,
)
_CLAUSE = re.compile(r"[.;:\n]|하고|있고|이고|으며|하며|[가-힣]서\s|\bwith\b|\bwhere\b|\bthen\b", _FLAGS)
_REACH = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """Something asked for; `about` is the text around it, that may name columns: just before it, or just after."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Wishes:
    export: bool = False
    page_size: int | None = None
    tabs: bool = False
    tab_titles: tuple[str, ...] = ()
    tab_groups: tuple[TabGroup, ...] = ()
    radio: tuple[Wish, ...] = ()
    pickers: tuple[Wish, ...] = ()


def read_wishes(prompt: str) -> Wishes:
    """The wishes in a prompt's own words; what is said not to be wanted is none."""
    pages = _first(_PAGES, prompt)
    tab = _first(_TABS, prompt)
    groups = read_tab_groups(prompt) if tab else ()
    return Wishes(
        export=_first(_EXPORT, prompt) is not None,
        page_size=_page_size(prompt) if pages else None,
        tabs=tab is not None,
        tab_titles=tuple(group.title for group in groups) or (_titles(prompt, tab) if tab else ()),
        tab_groups=groups,
        radio=tuple(_wish(prompt, match) for match in _wanted(_RADIO, prompt)),
        pickers=tuple(_wish(prompt, match) for match in _wanted(_PICKER, prompt)),
    )


def _wanted(form: re.Pattern[str], prompt: str) -> list[re.Match[str]]:
    return [
        match
        for match in form.finditer(prompt)
        if not _NOT.match(prompt, match.end()) and not _NOT_BEFORE.search(prompt[: match.start()])
    ]


def _first(form: re.Pattern[str], prompt: str) -> re.Match[str] | None:
    return next(iter(_wanted(form, prompt)), None)


def _page_size(prompt: str) -> int:
    match = _PAGE_SIZE.search(prompt)
    size = int(next(filter(None, match.groups()))) if match else DEFAULT_PAGE
    return size if 1 <= size <= _LARGEST_PAGE else DEFAULT_PAGE


def _wish(prompt: str, match: re.Match[str]) -> Wish:
    before = prompt[max(0, match.start() - _REACH) : match.start()]
    if before.rstrip().endswith("("):
        return Wish(re.split(r"[,.;\n]", before)[-1], "")
    after = re.split(r"[.;\n]", prompt[match.end() : match.end() + _REACH])[0]
    return Wish(_CLAUSE.split(before)[-1], after if re.match(r"\s*(?:buttons?|groups?)?\s*(?:for|on)\b", after) else "")


def _titles(prompt: str, tab: re.Match[str]) -> tuple[str, ...]:
    """The titles that the prompt gives the tabs, where it gives some."""
    match = _TITLES_BEFORE.search(_CLAUSE.split(prompt[: tab.start()])[-1]) or _TITLES_AFTER.match(prompt[tab.end() :])
    if match is None:
        return ()
    titles = [item.strip() for item in _BETWEEN_TITLES.split(match[1]) if item and item.strip()]
    plain = [title for title in dict.fromkeys(titles) if not _NO_TITLE.search(title)]
    return tuple(plain) if 2 <= len(plain) <= _MOST_TABS else ()
