"""Unusual marks between the items of a list, written as the usual ones: a text keeps its length and its places."""

import re

from ..vocabulary.field_names import HEAD, FieldNames
from .list_lines import CODE_HEAD
from .type_names import TYPES

_TYPES = "|".join(sorted(map(re.escape, TYPES), key=len, reverse=True))
_TYPE = rf"(?:{_TYPES}|n?varchar[1-9]\d{{0,3}}|n?char[1-9]\d{{0,3}})(?: ?\([\w, ]{{1,20}}\))?"
_RULES = r"(?: (?:not null|null|pk|primary key|unique|required|필수|선택|키))*"
_PAIR = rf"[A-Za-z가-힣][\w가-힣]* {_TYPE}{_RULES}"
_TYPED_RUN = re.compile(rf"(?<![\w가-힣]){_PAIR}(?: {_PAIR}){{2,}}(?: (?=\S)|(?=\n|$))", re.IGNORECASE)
_ONE_PAIR = re.compile(rf"{_PAIR}(?= |\n|$)", re.IGNORECASE)
_SURE = re.compile(r"\(\d|\b(?:n?varchar2?|char|int|integer|bigint|number|numeric|decimal)\b", re.IGNORECASE)
_PART = r"[A-Za-z가-힣][\w가-힣]*(?:\([^()\n]{1,20}\))?"
_HYPHENS = re.compile(rf"(?<![\w가-힣]){_PART}(?: ?[-–>] ?{_PART}){{2,}}")
_FORMAT = re.compile(r"[ymdhs]+(?:-[ymdhs]+)+", re.IGNORECASE)
_HYPHEN = re.compile(r" ?[-–>] ?(?![^()]*\))")
_BARS = {ord(mark): "|" for mark in "ㅣ∣│┃"} | {ord(mark): "·" for mark in "∙‧・"}
_VALUES = re.compile(
    r"(?P<lead>(?:^|[(（]| [/|·] )[ ]*)(?P<name>[\w가-힣]{2,20}) ?: ?(?P<values>[\w가-힣]{1,12}(?: ?, ?[\w가-힣]{1,12})+)(?= [/|·] | ?[)）]|[ ]*$)",
    re.MULTILINE,
)
_MARK = re.compile(r" [/|·] ")


def with_usual_marks(text: str, names: FieldNames) -> str:
    """Commas for hyphens, odd bars and blanks between typed items; `a / 상태: 접수,완료` is `a / 상태(접수,완료)`."""
    text = _TYPED_RUN.sub(_parted, text.translate(_BARS))
    text = _HYPHENS.sub(lambda match: _hyphenated(match.group(), names), text)
    return _VALUES.sub(lambda match: _bracketed(match, names), text)


def _parted(match: re.Match[str]) -> str:
    """`emp_id int name varchar(10) hired date`: a comma behind each item, a new line behind the last."""
    run = match.group()
    if len(_SURE.findall(run)) < 2:
        return run
    ends = [item.end() for item in _ONE_PAIR.finditer(run)]
    marks = dict.fromkeys(ends[:-1], ",") | {ends[-1]: "\n"}
    return "".join(marks.get(at, character) for at, character in enumerate(run))


def _hyphenated(run: str, names: FieldNames) -> str:
    """`차량번호-운행일-출발지`: names of fields, most of them known."""
    parts = [re.sub(r"\(.*", "", part).strip() for part in _HYPHEN.split(run)]
    known = sum(names.strength(part) >= HEAD for part in parts)
    if known < 2 or known * 2 < len(parts) or _FORMAT.fullmatch(run):
        return run
    lead = _HYPHEN.search(run) if " " in run and names.strength(parts[0]) < HEAD else None
    start = lead.end() if lead is not None else 0  # `출장비 정산 - 출장번호 - 출장자`: what the list is of
    return run[:start] + _HYPHEN.sub(lambda match: ",".ljust(len(match.group())), run[start:])


def _bracketed(match: re.Match[str], names: FieldNames) -> str:
    """Values, where another mark parts the items; the colon and a blank make room for the brackets."""
    line = match.string[match.string.rfind("\n", 0, match.start()) + 1 :].split("\n", maxsplit=1)[0]
    values = [value.strip() for value in match["values"].split(",")]
    known = sum(names.strength(value) >= HEAD for value in values)
    if not _MARK.search(line) or (not CODE_HEAD.search(match["name"]) and known * 2 >= len(values)):
        return match.group()
    return f"{match['lead']}{match['name']}({','.join(values)})".ljust(len(match.group()))
