"""Which fields serve as search conditions, and how: like for names, ranges for dates, equal for codes."""

import re
from collections.abc import Iterable

from screenspec.data_model import Field, SearchKind

from ..vocabulary.field_names import HEAD, TERM, FieldNames

_NAMES = re.compile(r"(?:^|_)(?:name|title|nm|subject|keyword)$")
_PEOPLE = re.compile(r"(?:^|_)(?:assignee|writer|author|manager|owner|applicant|requester)$")
_LIMITS: dict[SearchKind, int] = {"like": 2, "equal": 2, "range": 1}
_PERIOD = re.compile(r"(?P<of>.*?)\s*(?:기간|날짜|일자|period|dates?(?: range)?)")
_PERIOD_NAME = re.compile(r"기간$|\bperiod$", re.IGNORECASE)
_EITHER = re.compile(r"(?<=[가-힣])(?:이나|나)\s+|\s+(?:또는|혹은|or)\s+")
_RANGE = re.compile(r"(?<=\S)\s+(?:기간|범위|range|period)$", re.IGNORECASE)
_CALLED = re.compile(r"(?<=\S)\s+(?:조건|conditions?|filters?|criteria)$", re.IGNORECASE)
MAX_CONDITIONS = 4


def natural_kind(field: Field) -> SearchKind:
    """How a field would be searched for, if it is."""
    if field.type in {"date", "datetime"}:
        return "range"
    if field.type in {"code", "boolean"}:
        return "equal"
    if field.type in {"integer", "decimal"}:
        return "equal" if field.key else "range"
    return "like" if field.type in {"string", "text"} else "equal"


def is_period(text: str) -> bool:
    """`계약기간`: searched by from one date to another."""
    return _PERIOD_NAME.search(text) is not None


def date_of_period(text: str, fields: list[Field]) -> Field | None:
    """The first date, for `기간` or `period`; for `접수기간` the first one whose name begins so."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        return None
    dates = (field for field in fields if field.type in {"date", "datetime"})
    return next((field for field in dates if field.label.casefold().startswith(match["of"])), None)


def names_in(said: Iterable[str], names: FieldNames) -> list[str]:
    """The names of fields in what was said to be searched by: `가입일 기간` is 가입일, `이름이나 연락처` are two."""
    found: list[str] = []
    for text in said:
        plain = _RANGE.sub("", _CALLED.sub("", text)) or text
        either = _EITHER.split(plain) if names.strength(plain) < TERM else [plain]
        found += either if all(names.strength(part) >= HEAD for part in either) else [plain]
    return found


def choose(fields: list[Field], wanted: Iterable[str] = ()) -> None:
    """Marks the conditions: those that were asked for, else the few that users look for most."""
    names = set(wanted)
    if names:
        for field in fields:
            field.search = natural_kind(field) if field.name in names else "none"
        return
    counts: dict[SearchKind, int] = dict.fromkeys(_LIMITS, 0)
    for field in sorted(fields, key=_rank):
        kind = natural_kind(field)
        if _rank(field) < 9 and counts.get(kind, 99) < _LIMITS.get(kind, 0) and sum(counts.values()) < MAX_CONDITIONS:
            counts[kind] += 1
            field.search = kind
    if not sum(counts.values()) and fields:
        fallback = next((field for field in fields if field.key), fields[0])
        fallback.search = "equal" if fallback.type not in {"string", "text"} else "like"


def _rank(field: Field) -> int:
    if field.type == "string" and _NAMES.search(field.name):
        return 0
    if field.type == "code":
        return 1
    if field.type in {"date", "datetime"}:
        return 2
    if field.type == "string" and _PEOPLE.search(field.name):
        return 3
    return 9
