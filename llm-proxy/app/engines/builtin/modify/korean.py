"""Reads one clause in Korean."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from . import edits
from .edits import Edit, NotUnderstoodError, Position

if TYPE_CHECKING:
    from .reading import Request

_ADD = re.compile(r"추가|넣|만들|생성|달아|달고|붙여|붙이|포함|신설|필요|있으면|보이게|보여")
_REMOVE = re.compile(r"삭제|제거|빼|뺀|없애|없앴|지워|지우|제외|숨기|숨겨|감추|필요\s*없|필요가\s*없")
_ENDING = re.compile(
    r"[가-힣]{0,8}(?:\s+(?:줘|주|부탁|좋|바라|바랍|싶|되|될|하|해|게|요|수|있|좀|감사)[가-힣]{0,8})*[\s~!.]*"
)
_CHANGE = r"(?:바꿔|바꾸|변경|수정|고쳐|고치|교체|표시|표기|해\s*줘|해\s*주|하자|하고|설정)"
_BUTTON = re.compile(r"버튼|단추")
_EXCEL = re.compile(r"엑셀|excel", re.IGNORECASE)
_TITLE = re.compile(r"화면\s*(?:의\s*)?(?:제목|이름|명|타이틀)|타이틀|페이지\s*제목")
_CONDITION = re.compile(r"(?:조회|검색|필터)\s*(?:조건|항목|필드|영역|창)|조건")
_NOUN = r"(?:컬럼|칼럼|열|필드|입력란|입력\s*항목|항목)"
_NAMING = r"(?:라벨|레이블|이름|명칭|표시명|표시|컬럼명|항목명|헤더\s*명?|글자|문구|텍스트)"
_PARTICLE = re.compile(r"(?:으로|로|을|를|은|는|도|의|에|만|좀|랑|이랑)$")
_PLACE = re.compile(
    r"(?:^|\s)(?:(?:상세|목록|입력|메인|하단|상단|아래|위)\s*)?(?:그리드|목록|리스트|표|폼|팝업|화면|상세)(?:에서만|에서|에다가?|에만|에도|에|의)(?=\s|$)"
)
_FILLER = re.compile(
    r"(?:^|\s)(?:좀|새로운|새로|새|하나|추가로|그리고|또한?|더|이제|혹시|여기에?|기존|현재|지금|각각|둘\s*다|모두|도)(?=\s|$)"
)
_ORDINALS = {"첫": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6}


def read(request: "Request") -> Iterator[Edit]:
    """The edits of the clause; none where no rule fits."""
    for rule in _RULES:
        found = list(rule(request))
        if found:
            yield from found
            return


def _verb(text: str) -> tuple[str, str]:
    """Which of `add` and `remove` the clause ends with, and the text before it."""
    matches = [("add", match) for match in _ADD.finditer(text)] + [
        ("remove", match) for match in _REMOVE.finditer(text)
    ]
    if not matches:
        return "", text
    kind, last = max(matches, key=lambda item: (item[1].end(), item[0]))
    if not _ENDING.fullmatch(text[last.end() :]):
        return "", text
    return kind, text[: last.start()]


def _phrases(request: "Request", text: str) -> list[str]:
    """The things named in a text: without places, fillers, nouns and particles."""
    text = _FILLER.sub(" ", _FILLER.sub(" ", _PLACE.sub(" ", text)))
    text = re.sub(rf"{_NOUN}(?:들)?(?:을|를|도|은|는|이|가|으로|로|만)?(?=[\s,]|$)", " ", text)
    parts = re.split(r"\s*,\s*|\s+(?:및|그리고)\s+|(?<=[^\s,])(?:와|과|이랑|랑|하고)\s+", f" {text} ")
    cleaned = (re.sub(r"\s+", " ", part).strip() for part in parts)
    return [request.label(_PARTICLE.sub("", part)) for part in cleaned if part]


def _columns(request: "Request", text: str) -> Iterator[str]:
    for phrase in _phrases(request, text):
        yield _named(request, phrase)


def _named(request: "Request", phrase: str) -> str:
    """A column by a phrase, with or without what may hang on its end."""
    for end in ("", r"(?:이|가|란|에|명|값)$"):
        shorter = re.sub(end, "", phrase) if end else phrase
        found = request.screen.find(shorter, request.entity)
        if found is not None:
            return found.name
    raise NotUnderstoodError("no_column", phrase)


def _title(request: "Request") -> Iterator[Edit]:
    match = re.search(rf"(?:{_TITLE.pattern})(?:을|를|은|는)?\s+(.+?)(?:이라고|라고|으로|로)\s*{_CHANGE}", request.text)
    if match:
        yield edits.SetTitle(request.label(match[1]))


def _buttons(request: "Request") -> Iterator[Edit]:
    text, screen = request.text, request.screen
    renamed = re.search(
        rf"(.+?)\s*(?:버튼|단추)(?:의)?\s*{_NAMING}?(?:을|를|은|는)?\s+(.+?)(?:이라고|라고|으로|로)\s*{_CHANGE}", text
    )
    if renamed:
        action = screen.button(request.label(renamed[1]))
        if action is None:
            raise NotUnderstoodError("no_button", request.label(renamed[1]))
        yield edits.RenameButton(action.id, request.label(renamed[2]))
        return
    if not (_BUTTON.search(text) or (_EXCEL.search(text) and not re.search(_NOUN, text))):
        return
    verb, before = _verb(text)
    named = _BUTTON.split(before)[0] if _BUTTON.search(before) else before
    for phrase in _phrases(request, named) or [request.label(named)]:
        if verb == "add":
            kind = screen.button_kind(phrase)
            if kind is None:
                raise NotUnderstoodError("no_button", phrase)
            yield edits.AddButton(kind)
        elif verb == "remove":
            action = screen.button(phrase)
            if action is None:
                raise NotUnderstoodError("no_button", phrase)
            yield edits.RemoveButton(action.id)


def _conditions(request: "Request") -> Iterator[Edit]:
    text = request.text
    by = re.search(
        r"(.+?)(?:으로도|로도|으로|로)\s*(?:검색|조회|필터링?)\s*(?:할\s*수|되게|되도록|가능|하게|하고\s*싶)", text
    )
    if by:
        yield from (edits.AddCondition(name, request.entity) for name in _columns(request, by[1]))
        return
    if not _CONDITION.search(text):
        return
    verb, before = _verb(text)
    named = re.sub(rf"(?:{_CONDITION.pattern})(?:에서|에는|에도|에|으로|로|을|를|도)?", " ", before)
    for name in _columns(request, named):
        if verb == "add":
            yield edits.AddCondition(name, request.entity)
        elif verb == "remove":
            yield edits.RemoveCondition(name)


def _required(request: "Request") -> Iterator[Edit]:
    text = request.text
    match = re.search(r"필수|선택\s*(?:입력|항목|사항)(?:으로|로)|(?:옵션|선택)(?:으로|로)|비워\s*(?:둬|도)", text)
    if match is None or _verb(text)[0] == "add":
        return
    off = re.search(
        r"필수\s*(?:입력|항목|값|여부|조건)?(?:이|가|을|를|에서)?\s*(?:아니|아님|해제|빼|제거|취소|말고|없|삭제|제외)",
        text,
    )
    required = match[0] == "필수" and off is None
    yield from (
        edits.ChangeField(name, request.entity, required=required) for name in _columns(request, text[: match.start()])
    )


def _length(request: "Request") -> Iterator[Edit]:
    text = request.text
    if _verb(text)[0] == "add":
        return
    match = re.search(
        r"(.+?)(?:의)?\s*(?:최대\s*)?(?:입력\s*)?(?:길이|자릿수|글자\s*수|크기)(?:를|을|는|은)?\s*(?:최대\s*)?(\d{1,6})",
        text,
    )
    match = match or re.search(r"(.+?)\s*(?:최대\s*)?(\d{1,6})\s*(?:글자|자리|자)(?:\s*까지)?(?:으로|로|만|\s)", text)
    if match:
        yield from (
            edits.ChangeField(name, request.entity, length=int(match[2])) for name in _columns(request, match[1])
        )


def _editable(request: "Request") -> Iterator[Edit]:
    text = request.text
    off = re.search(
        r"(?:읽기|조회|보기)\s*전용|(?:편집|수정|입력)(?:을|를|은)?\s*(?:이|은|도)?\s*(?:불가|못|안\s*되|막|금지|할\s*수\s*없|없게)|잠[가그궈]",
        text,
    )
    on = re.search(
        r"(?:편집|수정|입력)(?:을|를|이)?\s*(?:가능|할\s*수\s*있|되게|되도록|허용|하게\s*해)|편집\s*모드", text
    )
    match = off or on
    if match is None:
        return
    before = text[: match.start()]
    whole = re.search(r"(?:그리드|목록|리스트|표)(?:를|을|는|은|에서|도|가)?\s*(?:바로|직접)?\s*$", before)
    if whole or not before.strip():
        yield edits.SetEditable(off is None, request.entity)
        return
    yield from (edits.SetEditable(off is None, request.entity, name) for name in _columns(request, before))


def _order(request: "Request") -> Iterator[Edit]:
    text = request.text
    swapped = re.search(
        rf"(.+?)(?:와|과|이랑|랑|하고)\s+(.+?)(?:의)?\s*(?:순서|위치|자리)(?:를|을)?\s*(?:서로\s*)?(?:맞)?{_CHANGE}",
        text,
    )
    if swapped:
        first, second = (next(_columns(request, part)) for part in (swapped[1], swapped[2]))
        yield edits.SwapFields(first, second, request.entity)
        return
    if not re.search(r"옮|이동|배치|보내|위치|놓|두(?:고|어|세|자|게)|둬|가게|순서", text):
        return
    number = _position(text)
    if number:
        names = _columns(request, text[: number[1]])
        yield from (edits.MoveField(name, request.entity, Position(number=number[0]), request.place) for name in names)
        return
    match = re.search(r"(.+?)(?:을|를|은|는)\s+(.+?)(?:의)?\s*(?:바로\s*)?(앞|뒤|다음|이전)(?:쪽)?(?:으로|에|로)", text)
    if match:
        anchor = next(_columns(request, match[2]))
        position = Position(before=anchor) if match[3] in {"앞", "이전"} else Position(after=anchor)
        yield from (
            edits.MoveField(name, request.entity, position, request.place) for name in _columns(request, match[1])
        )


def _position(text: str) -> tuple[int, int] | None:
    """A place counted from 1, -1 for the end, and where the text says so."""
    first = re.search(r"(?:맨|가장|제일)\s*(?:앞|처음|왼쪽)|처음으로|첫\s*번째|첫째", text)
    last = re.search(r"(?:맨|가장|제일)\s*(?:뒤|끝|마지막|오른쪽)|마지막|끝으로", text)
    nth = re.search(r"(\d{1,2}|두|세|네|다섯|여섯)\s*번째", text)
    if first:
        return 1, first.start()
    if last:
        return -1, last.start()
    if nth:
        return (int(nth[1]) if nth[1].isdigit() else _ORDINALS[nth[1]]), nth.start()
    return None


def _rename(request: "Request") -> Iterator[Edit]:
    text = request.text
    match = re.search(
        rf"^(.+?)(?:을|를|은|는)\s+(.+?)(?:이라고|라고|으로|로)\s*(?:라벨을\s*|이름을\s*)?(?:좀\s*)?{_CHANGE}", text
    )
    if match is None:
        return
    old = re.sub(rf"(?:\s*{_NOUN})?(?:의)?\s*{_NAMING}?$", "", match[1]).strip()
    name = next(_columns(request, old or match[1]), None)
    label = request.label(match[2])
    if name is None or not label:
        return
    if re.search(r"타입|형식|숫자형|날짜형|문자형", label):
        raise request.fail()
    found = request.screen.find(request.label(old), request.entity)
    if (
        found is not None
        and re.fullmatch(r"제목|title", request.label(old), re.IGNORECASE)
        and not re.search(rf"{_NOUN}|{_NAMING}", match[1])
    ):
        raise NotUnderstoodError("title_or_column", request.clause.plain())
    yield edits.ChangeField(name, request.entity, label=label)


def _remove(request: "Request") -> Iterator[Edit]:
    verb, before = _verb(request.text)
    if verb == "remove":
        yield from (edits.RemoveField(name, request.entity, request.place) for name in _columns(request, before))


def _add(request: "Request") -> Iterator[Edit]:
    verb, before = _verb(request.text)
    if verb != "add":
        return
    position = None
    anchor = re.search(rf"(\S+(?:\s\S+)?)\s*(?:{_NOUN})?\s*(?:바로\s*)?(앞|뒤|다음|이전)(?:쪽)?에\s", before)
    number = _position(before)
    if number:
        position = Position(number=number[0])
        before = re.sub(
            r"(?:맨|가장|제일)\s*(?:앞|뒤|끝|처음)(?:으로|에)?|마지막(?:으로|에)?|(?:첫|\d+|두|세|네)\s*번째(?:로|에)?|처음(?:으로|에)",
            " ",
            before,
        )
    elif anchor:
        phrase = anchor[1].split(" ")[-1]
        column = _named(request, request.label(phrase))
        position = Position(before=column) if anchor[2] in {"앞", "이전"} else Position(after=column)
        before = before[: anchor.end() - len(anchor[0])] + anchor[0].split(phrase)[0] + before[anchor.end() :]
    wished = re.search(r"필요|있으면", request.text)
    for phrase in _raw_phrases(before):
        yield request.add_field(re.sub(r"(?:이|가)$", "", phrase) if wished else phrase, position, {})


def _raw_phrases(text: str) -> list[str]:
    """As `_phrases`, with what is said of each field left in."""
    text = _FILLER.sub(" ", _FILLER.sub(" ", _PLACE.sub(" ", f" {text} ")))
    text = re.sub(rf"{_NOUN}(?:들)?(?:을|를|도|은|는|이|가|으로|로|만)?(?=[\s,]|$)", " ", text)
    parts = re.split(r"\s*,\s*|\s+(?:및|그리고)\s+|(?<=[^\s,])(?:와|과|이랑|랑)\s+", text)
    cleaned = (re.sub(r"\s+", " ", part).strip() for part in parts)
    return [re.sub(r"(?:을|를|은|는|도)$", "", part) for part in cleaned if part]


_RULES: tuple[Callable[["Request"], Iterator[Edit]], ...] = (
    _title, _buttons, _conditions, _length, _required, _editable, _order, _rename, _remove, _add,
)  # fmt: skip
