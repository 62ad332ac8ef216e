"""Lists of fields as clauses state them, and the model that they make together."""

import re
from dataclasses import dataclass, field

from ...vocabulary.field_names import HEAD, TERM, UNKNOWN
from ..declared import DeclaredEntity, DeclaredField, DeclaredModel, Spoken
from .chunks import Piece
from .clauses import CONDITIONS, Role
from .word_classes import MARK
from .words import WordReader

DETAIL = "상세"
"""The name of a lower part that has none of its own."""

_PERIOD = re.compile(r"기간$|^날짜$|정렬|순서$")
_ROWS = re.compile(r"목록|리스트|그리드|결과|list|grid", re.IGNORECASE)
_ENTRY = re.compile(r"팝업|모달|등록|입력|수정|폼|상세|popup|modal|form|dialog", re.IGNORECASE)
_ONLY = frozenset(["하나", "하나만", "하나뿐인", "한개", "한개만", "한", "하나로"])


@dataclass(slots=True)
class Listing:
    """A list of fields as one clause states it. `closed`: whether a verb or an ending stands behind it."""

    role: Role
    explicit: bool
    pieces: list[Piece] = field(default_factory=list)
    label: str = ""
    entity: str = ""
    bracketed: bool = False
    closed: bool = False
    colon: bool = False
    sentence: int = 0
    entered: bool = False
    """Whether it is entered before something else is shown: `대출원금, 금리를 입력하면`."""
    chosen: bool = False
    """Whether it is said to be chosen from: values are, as conditions are."""

    @property
    def listed(self) -> bool:
        """Whether its items are fields by what is said of the list alone."""
        return self.explicit or (len(self.pieces) > 1 and not self.chosen)

    @property
    def weak(self) -> bool:
        """`사번, 성명, 부서명으로 조회하는 목록`, `성적표 조회(학기, 과목명)`: conditions beside columns, else the columns."""
        if self.bracketed:
            return not CONDITIONS.search(self.label)
        return len(self.pieces) > 2 and self.pieces[-1].tail[:1] != [] and self.pieces[-1].tail[0].startswith("조회")

    @property
    def fields(self) -> list[DeclaredField]:
        return [piece.field for piece in self.pieces]

    @property
    def span(self) -> tuple[int, int]:
        return self.pieces[0].start, self.pieces[-1].end

    @property
    def stated(self) -> bool:
        """Whether every item says more than a name."""
        return all(piece.stated for piece in self.pieces)


def holds(listing: Listing, words: WordReader) -> bool:
    """Whether it is a list of fields, and not subjects, buttons or chance nouns."""
    names = words.names
    listing.pieces = pieces = [
        piece
        for piece in listing.pieces
        if names.strength(piece.field.name) == TERM or not words.is_control(piece.field.name)
    ]
    if all(words.is_function(piece.field.name) for piece in pieces):
        return False
    if not pieces:
        return False
    if listing.role in {"conditions", "required"}:
        return True
    if len(pieces) == 1:
        said = (pieces[0].added or pieces[0].topic) and names.strength(pieces[0].field.name) >= HEAD
        if said and not _PERIOD.search(pieces[0].field.name):
            return True
        name = pieces[0].field.name
        if listing.entered and names.strength(name) > UNKNOWN and not names.is_subject(name):
            return True
        return listing.stated or (listing.explicit and _is_only(listing))
    strong = sum(names.strength(piece.field.name) >= HEAD or not piece.field.bare for piece in pieces)
    subjects = sum(names.is_subject(piece.field.name) and piece.field.bare for piece in pieces)
    if listing.explicit:
        return subjects < len(pieces) or len(pieces) > 2 or _is_of_columns(listing)
    if len(pieces) == 2:
        counted = any(words.is_filler(word) for word in pieces[-1].tail[:1])
        if pieces[-1].last.text.endswith("의") or (pieces[-1].tail[:1] and pieces[-1].tail[0].endswith("의")):
            return False
        return strong == 2 and subjects <= (1 if listing.closed or counted else 0)
    return strong * 20 >= len(pieces) * (5 if len(pieces) > 4 else 8)


def _is_of_columns(listing: Listing) -> bool:
    """`컬럼은 우편번호, 주소`: said to be columns, whatever else the names are names of."""
    return listing.explicit and MARK.match(listing.label) is not None


def _is_only(listing: Listing) -> bool:
    """`필드는 name 하나만`, `항목: 이름`: a list of one."""
    tail = listing.pieces[0].tail[:2]
    return any(word in _ONLY for word in tail) or (listing.colon and MARK.match(listing.label) is not None)


def combined(listings: list[Listing]) -> Spoken:
    """One model: two parts, several bracketed entities, or the list that is said most plainly."""
    listings, entered = _apart_from_entered(listings)
    conditions = [listing for listing in listings if listing.role == "conditions"]
    if len(conditions) == len(listings):
        conditions = _less_shown(conditions)
    spoken = Spoken(searched=[item.name for listing in conditions for item in listing.fields])
    spoken.conditions = [item for listing in conditions if listing.listed for item in listing.fields]
    spoken.spans = [listing.span for listing in conditions]
    if len(conditions) == 1 and conditions[0].weak and len(conditions) == len(listings):
        conditions[0].role, conditions = "columns", []
        spoken = Spoken()
    lists = sorted((item for item in listings if item.role != "conditions"), key=lambda item: item.span)
    entities = [item for item in lists if item.bracketed and item.entity and len(item.pieces) > 1]
    parts = _parts(lists)
    if len(entities) > 1:
        spoken.model = DeclaredModel([DeclaredEntity(item.entity, fields=_unique(item.fields)) for item in entities])
        spoken.spans += [item.span for item in entities]
    elif parts:
        master, detail = parts
        names = (master.entity, detail.entity or DETAIL)
        spoken.model = DeclaredModel(
            [DeclaredEntity(name, fields=_unique(item.fields)) for name, item in zip(names, parts, strict=True)]
        )
        spoken.spans += [master.span, detail.span]
    else:
        _one_list(lists, spoken)
    _add_entered(entered, spoken)
    return spoken


def _apart_from_entered(listings: list[Listing]) -> tuple[list[Listing], list[Listing]]:
    """The lists without those that are entered for one behind them in their sentence; one field alone is no list."""
    shown = [item for item in listings if (item.bracketed or item.explicit) and len(item.pieces) > 1]
    last = {item.sentence: item.span for item in sorted(shown, key=lambda item: item.span)}
    entered = [item for item in listings if item.entered and item.span < last.get(item.sentence, (0, 0))]
    others = [item for item in listings if item not in entered]
    return [item for item in others if not item.entered or len(item.pieces) > 1], entered


def _add_entered(entered: list[Listing], spoken: Spoken) -> None:
    """What is entered is what the result is asked for by."""
    if not entered or len(spoken.model.entities) != 1:
        return
    [result] = spoken.model.entities
    fields = [item for listing in entered for item in listing.fields]
    result.result = True
    spoken.conditions += fields
    spoken.searched += [item.name for item in fields]
    spoken.spans += [listing.span for listing in entered]


def _less_shown(conditions: list[Listing]) -> list[Listing]:
    """`조회조건: 장비번호. 조회항목: 장비번호, 장비명`: the second is what is shown."""
    plain = [listing for listing in conditions if CONDITIONS.search(listing.label)]
    if plain and len(plain) < len(conditions):
        for listing in conditions:
            listing.role = "conditions" if listing in plain else "columns"
        return plain
    return conditions


def _parts(lists: list[Listing]) -> tuple[Listing, Listing] | None:
    master = next((item for item in lists if item.role == "master" and len(item.pieces) > 1), None)
    detail = next((item for item in lists if item.role == "detail" and len(item.pieces) > 1), None)
    if master is None and detail is not None and "상세" in detail.label:
        master = next((item for item in lists if item.colon and _ROWS.search(item.label) and item is not detail), None)
        master = None if master is not None and _is_of_same(master, detail) else master
    return (master, detail) if master is not None and detail is not None else None


def _one_list(lists: list[Listing], spoken: Spoken) -> None:
    if not lists:
        return
    lists = _united(lists)
    main = max(lists, key=_plainness)
    others = [item for item in lists if item is not main]
    pieces = list(main.pieces)
    more = [piece for other in others if _goes_on(main, other) for piece in other.pieces]
    unused: list[Piece] = []
    adds = main.role == "required" or main.stated or not main.explicit
    for piece in [piece for other in others for piece in other.pieces]:
        same = next((item for item in pieces if item.field.name == piece.field.name), None)
        if same is not None:
            _complete(same.field, piece.field)
        elif (adds and piece.stated) or piece in more:
            pieces.append(piece)
        else:
            unused.append(piece)
    if len(pieces) < 2 and not main.explicit:
        return
    for other in lists:
        if other.role == "required":
            for item in other.fields:
                item.required = True
    fields = _unique([piece.field for piece in sorted(pieces, key=lambda piece: piece.start)])
    spoken.model = DeclaredModel([DeclaredEntity(main.entity, fields=fields, as_columns=_is_of_columns(main))])
    spoken.spans += [main.span, *(other.span for other in others if other.stated and other.pieces[-1] not in unused)]


def _goes_on(main: Listing, other: Listing) -> bool:
    """Whether another clause lists more of the same: `입사일도`, `…이 있고 작성자와 작성일을 보여주는`."""
    if other.pieces[-1].added:
        return True
    beside = not main.explicit and not other.explicit and main.sentence == other.sentence
    return beside and (len(other.pieces) > 1 or other.pieces[-1].topic)


def _united(lists: list[Listing]) -> list[Listing]:
    """`필수 입력: …`, `선택 입력: …`, or `목록: …`, `팝업: …`: the two make one list."""
    required = next((item for item in lists if item.role == "required"), None)
    optional = next((item for item in lists if item.role == "optional"), None)
    if required is not None and optional is not None:
        for item in required.fields:
            item.required = True
        return _joined(required, optional, lists)
    rows = next((item for item in lists if item.explicit and _ROWS.search(item.label)), None)
    entry = next((item for item in lists if item.explicit and item is not rows and _ENTRY.search(item.label)), None)
    if rows is not None and entry is not None and _is_of_same(rows, entry):
        return _joined(rows, entry, lists)
    return lists


def _joined(first: Listing, second: Listing, lists: list[Listing]) -> list[Listing]:
    united = Listing("columns", explicit=True, pieces=[*first.pieces, *second.pieces], entity=first.entity)
    return [united, *(item for item in lists if item not in (first, second))]


def _is_of_same(rows: Listing, entry: Listing) -> bool:
    """Whether what is entered is what is listed: a popup's fields are, the rows of 상세 where they say so."""
    if _ROWS.search(entry.label) or entry.entity or rows.entity:
        return False
    named = {item.name for item in rows.fields}
    return entry.role != "detail" or "팝업" in entry.label or any(item.name in named for item in entry.fields)


def _plainness(listing: Listing) -> tuple[bool, bool, int]:
    return len(listing.pieces) > 1, listing.explicit and listing.role == "columns", len(listing.pieces)


def _unique(fields: list[DeclaredField]) -> list[DeclaredField]:
    found: dict[str, DeclaredField] = {}
    for item in fields:
        found.setdefault(item.name.casefold(), item)
    return list(found.values())


def _complete(item: DeclaredField, more: DeclaredField) -> None:
    """Takes what is not stated yet."""
    item.type = item.type or more.type
    item.length = item.length or more.length
    item.scale = item.scale if item.scale is not None else more.scale
    item.values = item.values or more.values
    item.default = item.default or more.default
    item.required = item.required or more.required
    item.key = item.key or more.key
