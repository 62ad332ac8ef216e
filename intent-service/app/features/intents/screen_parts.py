"""What the parts of a screen show, where the prompt lists the fields of one: their entities and their pattern."""

import re
from dataclasses import dataclass
from typing import Literal

from ...language.text import Language
from ...modelling.subject import subject_of
from ...parsing.declared import DeclaredEntity, DeclaredField, DeclaredModel
from ...parsing.formal import without
from ...parsing.korean.listings import DETAIL
from ...parsing.parts import Part, apart, in_order
from ...parsing.words import find_parts
from ...vocabulary.lexicon import Lexicon
from .arrangements import CONDITIONS, Arrangement
from .patterns import POPUP
from .subjects import find_subjects

_SAYS_PARTS = re.compile(
    r"[왼오]른?쪽|[좌우](?:측|\s*[:：])|[상하]단|[왼오]른?편|위|아래|밑|선택|클릭|누르|고르|left|right|top|bottom|above|below|neath|select|click|choos|pick",
    re.IGNORECASE,
)
"""Without one of these no part is placed or shown by a choice."""
_VIEW = re.compile(
    r"\s*(?:체크\s*박스|목록|리스트|트리|그리드|테이블|패널|영역|카드|요약|명단|디테일|마스터)(?:\s*\d+\s*개)?$|(?<=\S)\s*(?:화면|표|\d+\s*(?:건|개|행))$"
    r"|\s+(?:check\s*box|list|grid|tree|table|panel|view|section|area|form)s?$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:해당|(?:선택|등록|저장|조회|입력|검색)(?:한|된)|소속|연결된|관련|전체|하위|세부|각|그|[가-힣]+별|[가-힣]{2,}의|최근|최신|[가-힣]*(?:차트|그래프)(?:와|과|\s*및|,)?|selected|chosen|related|all|the|its|their|an?|[a-z]+['’]s)\s+"
    r"|^(?:tree|list|grid|table)s?\s+of\s+",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"상세|세부|디테일|입력|수정|편집|등록|조회|폼|양식|(?<=[가-힣\s])화면|영역|패널|정보|내용|그리드|목록|리스트|표|선택(?:한|된)?|해당|기본|건의?|행의?|\s"
    r"|\b(?:details?|edit\w*|entry|input|forms?|panel|view|section|information|info|records?|selected|chosen|rows?|list|grid|lines?|the|its|an?|of)\b",
    re.IGNORECASE,
)
"""Words of a part that shows more of the one above it, and has no name of its own: 사원 상세, `detail form`."""
_FORM = re.compile(r"폼|정보|입력|편집|수정|등록|\b(?:form|edit\w*|entry)\b", re.IGNORECASE)
_ROWS = re.compile(r"목록|리스트|그리드|트리|내역|라인|\b(?:lists?|grids?|trees?|tables?|lines?)\b", re.IGNORECASE)
_SUMMARY = re.compile(r"요약|합계|총계|집계|카드|\b(?:summary|totals?|cards?|kpis?)\b", re.IGNORECASE)
"""Sums above a list: no parent of its rows."""
_CHART = re.compile(r"(?:차트|그래프)(?:가|이|를|만)?$|\b(?:charts?|graphs?)$", re.IGNORECASE)
_IDENTIFIER = re.compile(r"(?:번호|코드|ID|\s+(?:number|code|id|no))$")
_UNNAMED = frozenset({"헤더", "마스터", "결과", "header", "headers", "master", "result", "results"})
MAX_PARTS = 4


@dataclass(frozen=True, slots=True)
class ScreenParts:
    """`prose`: the prompt without the words that tell of the parts. `conditions`: the fields of such a part."""

    model: DeclaredModel
    arrangement: Arrangement
    prose: str
    conditions: tuple[DeclaredField, ...] = ()


def find_screen_parts(prompt: str, lexicon: Lexicon, language: Language) -> ScreenParts | None:
    """None where fewer than two parts are named, or no part's fields are stated."""
    if _SAYS_PARTS.search(prompt) is None or POPUP.search(prompt) is not None:
        return None
    told = find_parts(prompt, lexicon.field_names)
    aside = [part for part in told if CONDITIONS.search(part.name) or _CHART.search(part.name)]
    if told and told[-1].fields:
        aside += [part for part in told if _SUMMARY.search(part.name)]
    parts = in_order([part for part in told if part not in aside])
    if not 2 <= len(told) <= MAX_PARTS or not any(len(part.fields) > 1 for part in parts):
        return None
    if aside:
        return _below_conditions(prompt, aside, parts)
    if not apart(parts) or not all(_says_what(part, lexicon) for part in parts):
        return None
    if all(part.place is None for part in parts) and not _leads(prompt, parts, lexicon, language):
        return None
    return _Composer(prompt, lexicon, language).of(parts)


def _below_conditions(prompt: str, aside: list[Part], parts: list[Part]) -> ScreenParts | None:
    """`위에 조회조건(부서, 기간), 아래에 사원 목록(사번, 성명)`: one list, and what it is searched by."""
    if len(parts) > 1:
        return None
    [shown] = parts
    conditions = tuple(item for part in aside if CONDITIONS.search(part.name) for item in part.fields)
    prose = _without([*aside, shown], prompt, said=shown.name)
    name = called(shown.name)
    model = DeclaredModel([DeclaredEntity("" if _is_unnamed(name) else name, fields=shown.fields)])
    return ScreenParts(model, Arrangement(None, (), (shown.start, shown.end)), prose, conditions)


def _without(parts: list[Part], prompt: str, *, said: str = "") -> str:
    """`said`: what stays of the parts' words."""
    spans = [(part.start, part.end) for part in parts] + [part.told for part in parts if part.told is not None]
    return f"{without(prompt, spans)} {said}".strip()


def _leads(prompt: str, parts: list[Part], lexicon: Lexicon, language: Language) -> bool:
    """Whether the screen is about one of them: `상품을 고르면 재고(창고, 수량)가 나오는 주문 등록` is about orders."""
    about = find_subjects(prompt, lexicon, language)[:1]
    shown = [subject_of(called(part.name), lexicon, language) for part in parts if part.name]
    return not about or about[0].archetype is None or any(about[0].name == subject.name for subject in shown)


class _Composer:
    """One use for each prompt."""

    def __init__(self, prompt: str, lexicon: Lexicon, language: Language) -> None:
        self._prompt = prompt
        self._lexicon = lexicon
        self._language = language

    def of(self, parts: list[Part]) -> ScreenParts | None:
        upper, *lower = parts
        if len(parts) == 2 and _is_own(lower[0], upper, self._lexicon):
            return self._of_one(upper, lower[0])
        for own in [part for part in lower if _is_own(part, upper, self._lexicon)]:
            upper.fields, parts = _united(upper, own), [part for part in parts if part is not own]
        names = [_in_full(called(part.name), self._lexicon) for part in parts]
        names = ["" if _is_unnamed(names[0]) else names[0], *names[1:]]
        names = [
            name or (self._below(names[0], part) if index else "")
            for index, (name, part) in enumerate(zip(names, parts, strict=True))
        ]
        if len({name.casefold() for name in names}) < len(names):
            return None
        return self._stacked(names, parts)

    def _below(self, upper: str, lower: Part) -> str:
        """What stands below without a name: what else the prompt is about, or its first field tells (사번: 사원)."""
        above = self._lexicon.archetype(upper)
        if above is None or above.details or lower.name:
            return DETAIL
        rest = f"{self._prompt[: lower.start]} {self._prompt[lower.end :]}"
        about = [item.text for item in find_subjects(rest, self._lexicon, self._language)]
        term = self._lexicon.term(lower.fields[0].name) if lower.fields else None
        about += [_IDENTIFIER.sub("", name) for name in ((term.korean, term.english) if term is not None else ())]
        known = ((text, self._lexicon.archetype(text)) for text in about)
        other = next((text for text, archetype in known if archetype is not None and archetype is not above), DETAIL)
        return _in_full(other, self._lexicon) if self._language == "ko" or other.isascii() else DETAIL

    def _of_one(self, upper: Part, lower: Part) -> ScreenParts:
        """Two parts of one thing: its rows and more of the chosen one, or its head and its own lines."""
        name = _in_full(called(upper.name), self._lexicon)
        name = "" if _is_unnamed(name) else name
        if not lower.name or (_ROWS.search(lower.name) and not _FORM.search(lower.name)):
            return self._stacked([name, self._below(name, lower)], [upper, lower])
        lists = _ROWS.search(upper.name) is not None or upper.place is None
        arrangement = self._arrangement("list_detail" if lists else None, name, upper)
        model = DeclaredModel([DeclaredEntity(name, fields=_united(upper, lower))])
        return ScreenParts(model, arrangement, _without([upper, lower], self._prompt))

    def _stacked(self, names: list[str], parts: list[Part]) -> ScreenParts:
        entities = [
            DeclaredEntity(name, fields=part.fields, beside=part.beside)
            for name, part in zip(names, parts, strict=True)
        ]
        arrangement = self._arrangement("master_detail", names[0], parts[0])
        return ScreenParts(DeclaredModel(entities, stacked=True), arrangement, _without(parts, self._prompt))

    def _arrangement(
        self, pattern: Literal["master_detail", "list_detail"] | None, name: str, upper: Part
    ) -> Arrangement:
        subjects = (subject_of(name, self._lexicon, self._language),) if name else ()
        return Arrangement(pattern, subjects, (upper.start, upper.end))


def _united(upper: Part, own: Part) -> list[DeclaredField]:
    """The fields of both, the upper part's first."""
    fields = {item.name.casefold(): item for item in [*upper.fields, *own.fields]}
    return list(fields.values())


def called(name: str) -> str:
    """What is shown, without what the part is: 사용자 목록 is about 사용자."""
    called = name.strip()
    while (shorter := _VIEW.sub("", _LEAD.sub("", called)).strip()) != called:
        called = shorter
    return called


def _is_unnamed(name: str) -> bool:
    """`기본정보`, `header`: what the screen is about."""
    return name.lower() in _UNNAMED or _OWN.sub("", name) == ""


def _in_full(name: str, lexicon: Lexicon) -> str:
    """`dept` is a department."""
    archetype = lexicon.archetype(name) if name.isascii() else None
    return archetype.words if archetype is not None else name


def _says_what(part: Part, lexicon: Lexicon) -> bool:
    """Whether its fields are stated, or something that is known, or called a view."""
    if len(part.fields) > 1:
        return True
    name = called(part.name)
    known = lexicon.archetype(name) is not None or (part.place is None and lexicon.term(name) is not None)
    return known or _ROWS.search(part.name) is not None


def _is_own(lower: Part, upper: Part, lexicon: Lexicon) -> bool:
    """`사원 목록`, `사원 상세`: the lower part has no name of its own. 주문 상세 has one: it is known."""
    name = called(lower.name)
    if lexicon.archetype(name) not in {None, lexicon.archetype(called(upper.name))}:
        return False
    if _FORM.search(lower.name) and not _ROWS.search(lower.name):
        return True
    rest, above = (_OWN.sub("", text).replace(" ", "").casefold() for text in (name, called(upper.name)))
    return rest in {"", above}
