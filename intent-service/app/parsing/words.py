"""Fields and entities stated in plain words, Korean and English, and where they stand in the prompt."""

import re
from dataclasses import dataclass, field
from itertools import accumulate

from ..language.korean import is_verbal
from ..language.word_lists import FUNCTION_NOUNS
from .declared import DeclaredEntity, DeclaredField, DeclaredModel
from .items import is_attribute, read_item

_MARK_KO = r"(?:컬럼|칼럼|필드|항목|속성|데이터\s*항목|입력\s*항목|조회\s*항목|입력\s*값|입력값|표시\s*항목|입력\s*필드|그리드\s*컬럼|테이블\s*컬럼|열|데이터)"
_MARK_EN = r"(?:fields?|columns?|attributes?|properties|data\s+items?|inputs?)"
_MARKED = re.compile(
    rf"(?:\[\s*{_MARK_KO}\s*\]|(?:{_MARK_KO})(?:들)?(?:\s*(?:목록|명|구성|정보))?\s*(?:(?:은|는|이|가|으로는|으로|로)\s*(?:다음과\s*같(?:아|아요|습니다|이)?|아래와\s*같(?:아|아요|습니다|이)?)?\s*[:：]?|[:：=\-])"
    rf"|\b(?:{_MARK_EN})\b\s*(?:are|is|should\s+be|include|including|such\s+as|of|named|[:：=\-])?\s*[:：]?)\s*",
    re.IGNORECASE,
)
_ENGLISH_LIST = re.compile(
    r"\b(?:to\s+(?:enter|record|capture|collect|input|track)|with|having|containing|contains|including|includes|showing|shows?|displaying|displays?|consisting\s+of|listing|has)\s+"
    r"(?:the\s+)?(?:following\s+)?(?:(?:fields?|columns?|attributes?|properties|inputs?)\b\s*(?:of|are|for)?\s*[:：]?\s*)?",
    re.IGNORECASE,
)
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
_GROUP = re.compile(
    r"(?P<name>[A-Za-z가-힣][\w가-힣]*(?: [A-Za-z가-힣][\w가-힣]*){0,2})\s*[(（](?P<inside>(?:[^()（）]|\([^()]*\)){3,2000})[)）]"
)
_BULLETS = re.compile(r"(?:^[ \t]*(?:[-*•·▪○]|\d{1,2}[.)])[ \t]+\S[^\n]*(?:\n|$)){2,}", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]*(?:[-*•·▪○]|\d{1,2}[.)])[ \t]+", re.MULTILINE)
_NOT_FIELDS = re.compile(
    r"^(?:아래|같은|다음|위|이런|저런|다음과|아래와|필요한|검색|조회|등록|수정|삭제|저장|추가|엑셀|버튼|그리드|팝업|목록|리스트|페이징|상세|검색\s*조건|조회\s*조건|화면|폼|기능|search|list|save|delete|add|edit|popup|grid|paging|crud|pagination|sorting|filter(?:s|ing)?|form|detail|buttons?|a\s.*|an\s.*|the\s.*)$",
    re.IGNORECASE,
)
_NOT_FIELD_END = re.compile(
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
_VERBAL = re.compile(r"(?:하고|해서|하여|하면|되게|되고|해줘|주세요|싶어|합니다|한다|하는|수정|저장|삭제|검색|조회)$")


@dataclass(slots=True)
class Spoken:
    """What plain words state. `spans` are the parts of the text that were used, for the other rules to leave out."""

    model: DeclaredModel = field(default_factory=DeclaredModel)
    spans: list[tuple[int, int]] = field(default_factory=list)


def read_words(text: str) -> Spoken:
    """Tries the forms from the most to the least explicit; the first that gives fields wins."""
    for reader in (_groups, _marked, _bullets, _before_verb, _english, _slashed, _run, _lines):
        spoken = reader(text)
        if spoken.model.entities:
            return spoken
    return Spoken()


def _groups(text: str) -> Spoken:
    """`주문(주문번호, 주문일)과 주문상세(순번, 상품)`: entities with their fields in brackets."""
    spoken = Spoken()
    groups = [match for match in _GROUP.finditer(text) if _states_entity(match)]
    outside = _without_spans(text, [match.span() for match in groups])
    first = _MARKED.search(text)
    if not groups or (first and first.start() < groups[0].start()) or _listed_outside(outside):
        return spoken
    for match in groups:
        fields = read_list(match["inside"])
        name = _group_name(match["name"])
        spoken.model.entities.append(DeclaredEntity(name=name, label="", fields=fields))
        start = match.start("inside") - 1
        spoken.spans.append((start, match.end()))
    return spoken


def _states_entity(match: re.Match[str]) -> bool:
    """Two fields or more in the bracket, and no attribute (`이름(필수, 50자)` is a field)."""
    parts = [part for part in _split(match["inside"]) if part.strip()]
    return len(parts) >= 2 and len(read_list(match["inside"])) >= 2 and not any(map(is_attribute, parts))


def _listed_outside(text: str) -> bool:
    """Whether commas stand around the brackets: then these describe items of a list."""
    return bool(re.search(r"[,，、](?!\s*§)|(?<!§)[,，、]", re.sub(r"§\s*[,，、]\s*§", "§", text)))


def _without_spans(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}§{text[end:]}"
    return text


def _group_name(text: str) -> str:
    """The last word before the bracket, without the verbs and particles that lead to it."""
    words = re.sub(r"^.*(?:for|of|manage|and|with|에\s|와\s|과\s|및\s)\s*", "", text.strip()) or text
    name = words.strip().split(" ")[-1] if re.search(r"[가-힣]", words) else words.strip()
    if (
        is_verbal(name)
        or name.lower() in FUNCTION_NOUNS
        or re.search(r"(?:줘|요|화면|페이지|폼)$|\bscreen$|\bpage$", name)
    ):
        return ""
    return name


def _marked(text: str) -> Spoken:
    """`컬럼은 사번, 이름, 부서`, `항목: …`, `fields: a, b and c`."""
    spoken = Spoken()
    for match in _MARKED.finditer(text):
        end, fields = _list_from(text, match.end())
        explicit = text[match.start() : match.end()].rstrip()[-1:] in ":：=]"
        single = explicit or re.search(r"하나|한\s*개|(?<!-)\bonly\b|\bsingle\b", text[match.end() : match.end() + 40])
        if len(fields) >= 2 or (len(fields) == 1 and single):
            spoken.model.entities.append(DeclaredEntity(name="", fields=fields))
            spoken.spans.append((match.start(), end))
            return spoken
    return spoken


_BRACKETED = re.compile(r"\s*(?:\[(?P<square>[^\[\]\n]{3,2000})\]|\{(?P<curly>[^{}\n]{3,2000})\})")
_SPACED = re.compile(r"\s*(?:(?:[가-힣]+|\w+_\w+)[ \t]+){2,29}(?:[가-힣]+|\w+_\w+)\s*")
_LEAD_IN = re.compile(
    r"[^,，\n]{0,60}?(?:줘|주세요|주십시오|해요|니다|화면|페이지|폼|목록|please|screen|page|form)\s*(?:[:：]|\s[-–—])\s*",
    re.IGNORECASE,
)
"""`항목으로 등록 화면 생성해 주세요 - …`: what is asked for stands before the list."""


def _list_from(text: str, start: int) -> tuple[int, list[DeclaredField]]:
    """The list that starts here: to the end of the sentence, or to the verb that closes it."""
    bracketed = _BRACKETED.match(text, start)
    if bracketed is not None:
        return bracketed.end(), read_list(bracketed["square"] or bracketed["curly"])
    lead = _LEAD_IN.match(text, start)
    start = lead.end() if lead else start
    stop = _STOP.search(text, start)
    end = stop.start() if stop else len(text)
    closing = _closing(text, start, end)
    if closing is not None:
        end = closing
    listed = text[start:end]
    listed = _SLASH_SCREEN.sub(r"\1", listed) if not re.search(r"[,，、]", listed) else listed
    if _SPACED.fullmatch(listed) and not any(is_verbal(word) or _NOT_FIELD_END.search(word) for word in listed.split()):
        listed = ",".join(listed.split())
    plain = re.fullmatch(r"\s*[\w가-힣 ]+(?:/[\w가-힣 ]+){1,}\s*", listed)
    return end, read_list(listed.replace("/", ",") if plain else listed)


def _closing(text: str, start: int, end: int) -> int | None:
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
    for part in _split(listed):
        pieces += _unjoin(part)
    fields: list[DeclaredField] = []
    seen: set[str] = set()
    cleaned = [_clean(_before_screen(piece.strip())) for piece in pieces]
    typed = sum(1 for text in cleaned if (item := read_item(text)) is not None and item.type is not None)
    for text in cleaned:
        item = read_item(text, typed=typed * 2 > len(cleaned))
        if item is None or _NOT_FIELDS.match(item.name) or _NOT_FIELD_END.search(item.name):
            continue
        if item.name.casefold() not in seen:
            seen.add(item.name.casefold())
            fields.append(item)
    return fields


def _split(listed: str) -> list[str]:
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


def _bullets(text: str) -> Spoken:
    """Lines that start with a dash or a number."""
    spoken = Spoken()
    for match in _BULLETS.finditer(text):
        lines = [line.strip() for line in _BULLET.split(match.group()) if line.strip()]
        fields = [item for item in map(read_item, lines) if item is not None]
        sentences = sum(1 for item in fields if _VERBAL.search(item.name) or _NOT_FIELD_END.search(item.name))
        if len(fields) >= 2 and len(fields) == len(lines) and sentences * 2 < len(fields):
            spoken.model.entities.append(DeclaredEntity(name="", fields=fields))
            spoken.spans.append(match.span())
            return spoken
    return spoken


_LIST_KO = re.compile(
    r"(?P<list>[A-Za-z가-힣][\w가-힣 ()/]*(?:\s*[,，、]\s*[A-Za-z가-힣][\w가-힣 ()/]*)+|[\w가-힣]+(?:와|과|이랑|랑)\s+[\w가-힣]+)"
)
_CLOSED_KO = re.compile(
    r"(?:을|를|이|가|으로|로|만|도)\s*(?:가진|가지는|갖는|갖춘|있는|포함한|포함하는|포함된|들어가는|들어간|들어있는|구성된|보여주는|보이는|표시하는|나오는|입력받는|입력하는|입력할|저장하는|관리하는|관리할|조회하는|등록하는|이루어진|보여|입력받아|담은|담는|기록하는|들어가야|있어야|필요해|필요하|필요합)"
    r"|\s+(?:있는|가진|갖는|들어간|들어가는|포함된|포함한|포함하는|나오는|보이는)\s"
    r"|\s*(?:컬럼|칼럼|필드|항목)(?:들)?(?:으로|로)\s"
    r"|\s*(?:컬럼|칼럼|필드|항목|정보)(?:들)?(?:을|를|이|가|으로|로)?\s*(?:가진|있는|포함|들어|구성|보여|관리|입력|표시|나오|조회)"
)


_OBJECT_END = re.compile(r"(?<=[가-힣)])[을를]\s+(?:[\w가-힣/-]+\s+){0,2}[\w가-힣/-]+$")
"""`주문과 주문상세를 마스터 디테일`로 보여주는: the list ends at its object's particle."""


def _before_verb(text: str) -> Spoken:
    """`이름, 전화번호, 주소를 관리하는 고객 화면`: a list that a verb closes."""
    spoken = Spoken()
    for match in _CLOSED_KO.finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in (".", "\n", "!", "?", ":")) + 1
        head = text[start : match.start()]
        if not re.search(r"[,，、]|[가-힣](?:와|과|이랑|랑)\s|/[^/]+/", head):
            continue
        subject = re.match(
            r"^.*?(?:(?:사용자|고객|직원|사원|회원|관리자|담당자|신청자|사람|사람들)(?:이|가)|에는|에서는|에서|에|은|는|화면을|화면)\s+(?=\S)",
            head,
        )
        offset = start + (subject.end() if subject and not re.search(r"[,，]", subject.group()) else 0)
        fields = read_list(_slashes(_OBJECT_END.sub("", text[offset : match.start()])))
        if len(fields) >= 2 and not any(_VERBAL.search(item.name) for item in fields):
            spoken.model.entities.append(DeclaredEntity(name="", fields=fields))
            spoken.spans.append((offset, match.end()))
            return spoken
    return spoken


def _slashes(text: str) -> str:
    """`제목/내용/작성자` is a list too, where nothing else separates."""
    return text if re.search(r"[,，、(]", text) else text.replace("/", ",")


_SLASHED = re.compile(r"(?<![\w/(.:])[A-Za-z가-힣][\w가-힣]*(?:[/|·][A-Za-z가-힣][\w가-힣]*){2,}(?![\w/])")
_WHOLE_LINE = re.compile(r"^[ \t]*(\S[^\n]{0,40}?)[ \t]*$")


def _slashed(text: str) -> Spoken:
    """`품목코드/품목명/단가/수량 입력하는 화면`: three names and more with slashes between."""
    spoken = Spoken()
    for match in _SLASHED.finditer(text):
        fields = read_list(re.sub(r"[/|·]", ",", match.group()))
        if len(fields) >= 3 and len(fields) == len(re.findall(r"[/|·]", match.group())) + 1:
            spoken.model.entities.append(DeclaredEntity(name="", fields=_without_particle(fields, text[match.end() :])))
            spoken.spans.append(match.span())
            break
    return spoken


def _without_particle(fields: list[DeclaredField], following: str) -> list[DeclaredField]:
    """The last name loses the particle that leads to a verb: `수량을 입력하는`."""
    last = fields[-1]
    if following[:1].isspace():
        last.name = re.sub(r"(?<=[가-힣]{2})(?:을|를|으로|로)$", "", last.name)
    return fields


def _lines(text: str) -> Spoken:
    """Three lines and more that hold nothing but a name each."""
    spoken = Spoken()
    position = 0
    run: list[tuple[int, int, DeclaredField]] = []
    for line in [*text.splitlines(keepends=True), ""]:
        match = _WHOLE_LINE.match(line.rstrip("\n"))
        item = read_item(match[1]) if match and not re.search(r"[.!?]$", match[1]) else None
        named = item is not None and len(item.name.split()) <= 3 and not _NOT_FIELD_END.search(item.name)
        if item is not None and named and not _VERBAL.search(item.name) and not re.search(r"줘$|요$", item.name):
            run.append((position, position + len(line), item))
        elif len(run) >= 3:
            break
        else:
            run = []
        position += len(line)
    if len(run) >= 3:
        spoken.model.entities.append(DeclaredEntity(name="", fields=[item for _, _, item in run]))
        spoken.spans.append((run[0][0], run[-1][1]))
    return spoken


_SEARCHED = re.compile(
    r"(?:조회|검색)\s*조건\s*[(（](?P<inside>[^()（）]+)[)）]\s*[,，]?|(?:조회|검색)\s*조건(?:으로는|으로|은|는|에|이|:|：)?\s*[:：]?\s*(?P<after>[^.\n!?]+)"
    r"|\b(?:search(?:able|ed|ing)?|filter(?:ed|able)?)\s+(?:by|on|with)\s+(?P<english>[^.\n!?]+)"
    r"|(?P<before>[\w가-힣]+(?:(?:\s*[,，]\s*|와\s|과\s)[\w가-힣]+)*)(?:으로|로)\s+(?:검색|조회|찾)(?:하|할|해|되|이|을)",
    re.IGNORECASE,
)


def read_searched(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The fields to search by, where the prompt says so, and where it does."""
    match = _SEARCHED.search(text)
    if match is None:
        return [], []
    listed = match["inside"] or match["after"] or match["english"] or re.sub(r"으$", "", match["before"])
    closing = _closing(listed, 0, len(listed))
    names = [item.name for item in read_list(listed[:closing] if closing else listed)]
    return names, [] if match["before"] else [match.span()]


_LEAD = re.compile(
    r"^.*(?:화면|폼|페이지|목록|팝업|인데|는데|건데|에는|에|은|는|:|：)(?:인데|으로|로|에는|에|은|는|을)?\s*[:：]?\s+(?=\S)",
    re.DOTALL,
)
_TAIL = re.compile(
    r"(?:(?:이|가|을|를)\s+[가-힣A-Za-z]+(?:에서|에|으로|로)|이|가|을|를|은|는|으로|로|도|만)?\s+(?:하고|하며|해서|하는|보이|가집|갖|나타|출력|넣|두|이렇게|이런|순으로|형태|정도|컬럼|칼럼|항목|필드|화면|필요|있어|들어가|나오|보여|표시|해줘|만들|구성|으로|관리|입력|조회|저장)[\s\S]*$|(?<=\))\s*(?:으로|로|을|를|이|가)\s[\s\S]*$"
)


def _run(text: str) -> Spoken:
    """A run of short nouns behind a colon, or three and more with commas: `…화면인데 품목코드, 품목명, 비고 이렇게`."""
    spoken = Spoken()
    position = 0
    for segment in re.split(r"((?<=[.!?])\s+|\n+)", text):
        start, position = position, position + len(segment)
        colon = re.search(r"[:：]\s*|\s[-–—]\s+", segment)
        separated = re.search(r"[,，、][^,，、]+[,，、]", segment) or (colon and re.search(r"\s/\s.+\s/\s", segment))
        if not separated or not (colon or re.search(r"[가-힣]", segment)):
            continue
        offset = _run_start(segment, colon)
        body = _TAIL.sub("", segment[offset:])
        listed = re.sub(r"\s/\s", ", ", body) if not re.search(r"[,，、]", body) else body
        fields = read_list(listed)
        pieces = [piece for piece in _split(listed) if piece.strip()]
        if (
            len(fields) >= 3
            and len(fields) * 4 >= len(pieces) * 3
            and not any(_VERBAL.search(item.name) for item in fields)
        ):
            spoken.model.entities.append(DeclaredEntity(name="", fields=fields))
            spoken.spans.append((start + offset, start + offset + len(body)))
            return spoken
    return spoken


def _run_start(segment: str, colon: re.Match[str] | None) -> int:
    """Where the list begins: behind the colon, or behind what leads to its first word."""
    comma = re.search(r"[,，、]", segment)
    if colon is not None and (comma is None or colon.start() < comma.start()):
        return colon.end()
    if comma is not None and re.search(r"(?:화면|폼|페이지|목록|팝업)\s*$", segment[: comma.start()]):
        return comma.end()
    lead = _LEAD.match(segment[: comma.start()]) if comma else None
    return lead.end() if lead else 0


def _english(text: str) -> Spoken:
    """`with name, phone and address`."""
    spoken = Spoken()
    for match in _ENGLISH_LIST.finditer(text):
        end, fields = _list_from(text, match.end())
        listed = re.search(r",|\band\b", text[match.end() : end])
        marked = re.search(r"field|column|attribute|propert", match.group(), re.IGNORECASE)
        if (listed and len(fields) >= 2) or (marked and fields):
            spoken.model.entities.append(DeclaredEntity(name="", fields=fields))
            spoken.spans.append((match.start(), end))
            return spoken
    return spoken
