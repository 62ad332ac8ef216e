"""The fields that a prompt lists for each tab: `인적정보 탭: 사번, 성명. 부서정보 탭(부서코드, 부서명)`."""

import re
from dataclasses import dataclass

from screenspec.spec import Region

_FLAGS = re.IGNORECASE
_TITLE = r"[가-힣A-Za-z0-9]{1,12}(?:\s(?:정보|사항|내역|이력|목록|현황|info|information|details?))?"
_LIST = re.compile(r"\s*\((?P<inside>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_NAMED = re.compile(rf"(?:(?<=[\s,./;(\[])|^)(?P<title>{_TITLE})\s*탭(?:\s*[:：=]|에는|에|은|는|(?=\s*\())", _FLAGS)
_CALLED = re.compile(
    r"(?:\b(?:an?|the|and|with|one)\s+)*[\"'“]?(?P<title>[A-Za-z][\w-]*(?:\s(?!tab)[A-Za-z][\w-]*)?)[\"'”]?\s+tab\b"
    r"(?:\s*[:：]|\s+(?:with|has|having|holds|shows?|contains?)\b|(?=\s*\())",
    _FLAGS,
)
_NUMBERED = re.compile(
    rf"^[ \t]*(?:[-*•][ \t]*)?(?:탭|tab)[ \t]*\d{{1,2}}[ \t.):-]*(?P<title>{_TITLE})\s*[:：-]", _FLAGS | re.MULTILINE
)
_BOXED = re.compile(rf"^[ \t]*[\[【<](?P<title>{_TITLE})[\]】>]", _FLAGS | re.MULTILINE)
_LINED = re.compile(rf"^[ \t]*(?:[-*•][ \t]*)?(?P<title>{_TITLE})[ \t]+tab[ \t]*[-–—]", _FLAGS | re.MULTILINE)
_BRACKETED = re.compile(rf"(?P<title>{_TITLE})(?=\s*\()", _FLAGS)
_STOP = re.compile(r"[.;\n]")
_COUNTED = re.compile(r"\d|^(?:두|세|네|여러|각)$|^(?:two|three|four|each|first|second|in|by|as)$", _FLAGS)
_ITEMS = re.compile(r"\s*(?:[,·/、]|\band\b|(?<=[가-힣])(?:와|과)\s|이?\s*있고)\s*")
_SAID = re.compile(r"\s*\(.*$|(?<=[가-힣]{2})(?:이|가|을|를)?\s*있(?:고|는|다|음|어).*$")
_MOST = 5


@dataclass(frozen=True, slots=True)
class TabGroup:
    title: str
    listed: frozenset[str]
    """The names of its fields, in small letters."""


def read_tab_groups(prompt: str) -> tuple[TabGroup, ...]:
    """The tabs with the fields that stand behind each; none where no two are told."""
    for form in (_NUMBERED, _NAMED, _LINED, _CALLED, _BOXED, _BRACKETED):
        marks = list(form.finditer(prompt))
        ends = [*(mark.start() for mark in marks), len(prompt)][1:]
        found = (_group(mark["title"], prompt[mark.end() : end]) for mark, end in zip(marks, ends, strict=True))
        groups = [group for group in found if group is not None]
        if 2 <= len(groups) <= _MOST:
            return tuple(groups)
    return ()


def _group(title: str, behind: str) -> TabGroup | None:
    inside = _LIST.match(behind)
    said = inside["inside"] if inside is not None else _STOP.split(behind)[0]
    items = (_SAID.sub("", item).strip().casefold() for item in _ITEMS.split(said))
    listed = frozenset(item for item in items if item)
    return TabGroup(title.strip(), listed) if len(listed) > 1 and not _COUNTED.search(title) else None


def by_group(form: Region, labels: dict[str, str], groups: tuple[TabGroup, ...]) -> list[tuple[str, list[str]]]:
    """The fields of each tab as they are listed; what is listed nowhere comes first. Empty where most are not."""
    pages: dict[str, list[str]] = {group.title: [] for group in groups}
    rest: list[str] = []
    for name in form.fields:
        names = {labels.get(name, "").casefold(), name.replace("_", " ")}
        group = next((item for item in groups if names & item.listed), None)
        (pages[group.title] if group is not None else rest).append(name)
    if not all(pages.values()) or len(rest) * 2 > len(form.fields):
        return []
    pages[groups[0].title][:0] = rest
    return list(pages.items())
