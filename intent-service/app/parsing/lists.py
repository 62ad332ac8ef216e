"""A list of fields in prose: where it starts and ends, and the fields in it."""

import re
from itertools import accumulate

from ..language.korean import is_verbal
from .declared import DeclaredField
from .items import read_item

_KOREAN_END = re.compile(
    r"\s*(?:을|를|이|가|으로|로|의|만|까지|도)?\s*(?:컬럼|칼럼|필드|항목|정보|속성)?(?:들)?\s*(?:을|를|이|가|으로|로|만)?\s*"
    r"(?:(?<=[을를이가]\s)(?:[가-힣A-Za-z]+(?:에서|에|으로|로)\s+){1,2})?"
    r"(?:가진|가지는|가지고|갖는|갖춘|있는|있고|있어야|있습니다|있어요|있음|있다|보이면|보이게|나오면|나오도록|보이도록|나타나|표시되|가집니다|갖습니다|가져|하고\s|하며\s|해서\s|포함한|포함하는|포함하고|포함해|포함된|포함되|들어가는|들어간|들어있는|들어가|구성된|구성해|구성되|구성|보여주는|보여줘|보여주|보이는|보여|"
    r"표시하는|표시해|표시되|나오는|나오게|나와|출력하는|입력받는|입력받아|입력하는|입력할|입력|저장하는|관리하는|관리할|관리하|조회하는|조회할|조회되|등록하는|등록할|넣어|담은|담는|이루어진|된|"
    r"필요|이야|이에요|예요|입니다|이고|이며|이다|로\s*해|으로\s*해|야\b|해줘|있으면|있게|둬|두고|뒀으면|쓸게|써줘|만들어)"
)
_COPULA = re.compile(
    r"(?<=[)\s])인\s|(?<=[\w가-힣)])(?:입니다|이에요|예요|이구요|이고\s|이며\s)|(?<=[\w가-힣])인\s+(?=[^,，\n]*(?:화면|폼|팝업|목록|페이지|창|게시판))"
)
_STOP = re.compile(
    r"\s*(?:->|=>|→)|\s\[(?=[가-힣 ]+\])|\n\s*\n|\s*/\s*(?=[가-힣]+\s*[:：])|\s*[/|,(]?\s*(?:조회|검색)\s*조건|[.。!?](?:\s|$)|;\s*(?=\S)"
)
_SPLIT = re.compile(
    r"\s*(?:[,，、;]|\|(?=\s)|\n\s*(?:[-*•·]|\d+[.)])?\s*|\s그리고\s|\s및\s|\s또는\s|\s+and\s+|\s*&\s*)\s*",
    re.IGNORECASE,
)
_DEPTH = {"(": 1, "（": 1, "[": 1, ")": -1, "）": -1, "]": -1}
_JOINED = re.compile(r"(?<=[가-힣A-Za-z)])(?:와|과|이랑|랑|하고)\s+(?=[가-힣A-Za-z])")
_NOT_FIELDS = re.compile(
    r"^(?:아래|같은|다음|위|이런|저런|다음과|아래와|필요한|검색|조회|등록|수정|삭제|저장|추가|엑셀|버튼|그리드|팝업|목록|리스트|페이징|상세|검색\s*조건|조회\s*조건|화면|폼|기능|search|list|save|delete|add|edit|popup|grid|paging|crud|pagination|sorting|filter(?:s|ing)?|form|detail|buttons?|a\s.*|an\s.*|the\s.*)$",
    re.IGNORECASE,
)
NOT_FIELD_END = re.compile(
    r"(?:화면|팝업|버튼|그리드|기능|페이지|목록|폼|창|조건|페이징|모달|엑셀|screen|page|popup|button|buttons|grid|form|dialog|list|pagination)$",
    re.IGNORECASE,
)
_BEFORE_SCREEN = re.compile(
    r"^(\S+?)(?:인|의)\s+\S.*(?:화면|폼|팝업|목록|페이지|창|게시판)(?:을|를|이|가)?(?:\s.*)?$", re.DOTALL
)
"""`…, 성별인 설문 폼`: the last item of a list, and what it leads to."""
_BRACKET_SCREEN = re.compile(
    r"^([^()]+\([^()]*(?:\([^()]*\))?[^()]*\))\s+[^()]*(?:화면|페이지|폼|게시판|팝업|목록|관리|조회)\S*$"
)
_SLASH_SCREEN = re.compile(r"^([^/]+?)\s+[/-]\s+[^/]*(?:화면|페이지|폼|게시판|팝업|목록|관리|조회)$")
VERBAL = re.compile(r"(?:하고|해서|하여|하면|되게|되고|해줘|주세요|싶어|합니다|한다|하는|수정|저장|삭제|검색|조회)$")
_BRACKETED = re.compile(r"\s*(?:\[(?P<square>[^\[\]\n]{3,2000})\]|\{(?P<curly>[^{}\n]{3,2000})\})")
_SPACED = re.compile(r"\s*(?:(?:[가-힣]+|\w+_\w+)[ \t]+){2,29}(?:[가-힣]+|\w+_\w+)\s*")
_LEAD_IN = re.compile(
    r"[^,，\n]{0,60}?(?:줘|주세요|주십시오|해요|니다|화면|페이지|폼|목록|please|screen|page|form)\s*(?:[:：]|\s[-–—])\s*",
    re.IGNORECASE,
)
"""`항목으로 등록 화면 생성해 주세요 - …`: what is asked for stands before the list."""


def list_from(text: str, start: int) -> tuple[int, list[DeclaredField]]:
    """The list that starts here: to the end of the sentence, or to the verb that closes it."""
    bracketed = _BRACKETED.match(text, start)
    if bracketed is not None:
        return bracketed.end(), read_list(bracketed["square"] or bracketed["curly"])
    lead = _LEAD_IN.match(text, start)
    start = lead.end() if lead else start
    stop = _STOP.search(text, start)
    end = stop.start() if stop else len(text)
    closing = closing_verb(text, start, end)
    if closing is not None:
        end = closing
    listed = text[start:end]
    listed = _SLASH_SCREEN.sub(r"\1", listed) if not re.search(r"[,，、]", listed) else listed
    if _SPACED.fullmatch(listed) and not any(is_verbal(word) or NOT_FIELD_END.search(word) for word in listed.split()):
        listed = ",".join(listed.split())
    plain = re.fullmatch(r"\s*[\w가-힣 ]+(?:/[\w가-힣 ]+){1,}\s*", listed)
    return end, read_list(listed.replace("/", ",") if plain else listed)


def closing_verb(text: str, start: int, end: int) -> int | None:
    """Where a verb closes the list: outside brackets, behind a letter."""
    copula = _COPULA.search(text, start, end)
    if copula is not None:
        end = copula.start()
    for match in _KOREAN_END.finditer(text, start, end):
        before = text[start : match.start()]
        if before.strip() and before.count("(") == before.count(")") and _ends_item(text, match):
            return match.start()
    return copula.start() if copula is not None else None


def _ends_item(text: str, match: re.Match[str]) -> bool:
    """A verb that closes a list stands behind a particle or a blank, not inside a name such as 입력일."""
    tail = text[match.end() : match.end() + 1]
    return (match.group()[0].isspace() or match.group()[0] in "을를이가으로만도까의") and (
        not tail or not re.match(r"[,，]", tail)
    )


def read_list(listed: str) -> list[DeclaredField]:
    """The fields of a list; parts that are no field's name are left out, duplicates too."""
    pieces: list[str] = []
    for part in split_items(listed):
        pieces += _unjoin(part)
    fields: list[DeclaredField] = []
    seen: set[str] = set()
    cleaned = [_clean(_before_screen(piece.strip())) for piece in pieces]
    typed = sum(1 for text in cleaned if (item := read_item(text)) is not None and item.type is not None)
    for text in cleaned:
        item = read_item(text, typed=typed * 2 > len(cleaned))
        if item is None or _NOT_FIELDS.match(item.name) or NOT_FIELD_END.search(item.name):
            continue
        if item.name.casefold() not in seen:
            seen.add(item.name.casefold())
            fields.append(item)
    return fields


def split_items(listed: str) -> list[str]:
    """The items of a list; what separates within brackets belongs to an item: `사번(EMP_NO, VARCHAR2(10), PK)`."""
    depths = list(accumulate(_DEPTH.get(character, 0) for character in listed))
    pieces, start = [], 0
    for match in _SPLIT.finditer(listed):
        if depths[match.start()] <= 0 and depths[match.end() - 1] <= 0:
            pieces.append(listed[start : match.start()])
            start = match.end()
    return [*pieces, listed[start:]]


def _before_screen(piece: str) -> str:
    """The last item of a list without the screen that it leads to: `비고(텍스트) 메모 화면`, `내용 / 문의 화면`."""
    for pattern in (_BEFORE_SCREEN, _BRACKET_SCREEN, _SLASH_SCREEN):
        piece = pattern.sub(r"\1", piece)
    return piece


def _unjoin(part: str) -> list[str]:
    if "(" in part and ")" in part:
        return [part]
    return _JOINED.split(part)


def _clean(piece: str) -> str:
    piece = re.sub(r"^(?:and|or|the|an?|그리고|및|또)\s+", "", piece.strip(), flags=re.IGNORECASE)
    piece = re.sub(r"(?<=[가-힣)])\s+(?:표시|조회|입력|출력|노출|포함)(?:함|하기|용)?$", "", piece)
    piece = re.sub(r"\s+(?:하나|한\s*개)(?:만|뿐)?(?:\s.*)?$", "", piece)
    piece = re.sub(r"(?<=\w)\s+(?:columns?|fields?)\b.*$", "", piece, flags=re.IGNORECASE)
    piece = re.sub(r"\s+(?:두|세|네|다섯|여섯|\d+)\s*(?:개|가지).*$", "", piece)
    piece = re.sub(r"\s*(?:등|등등|etc\.?)(?:의|을|를|이|가)?$", "", piece)
    piece = re.sub(
        r"^(?!(?:date|number|place|type|time|year|country|state|unit|bill|cost|name|proof)\b)([\w]+)\s+(?:of|for|from)\s+(?:the\s+|all\s+|an?\s+)?\w+$",
        r"\1",
        piece.strip(),
        flags=re.IGNORECASE,
    )
    return piece.strip().rstrip("./|").strip()
