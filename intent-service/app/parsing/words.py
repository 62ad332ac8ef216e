"""Fields and entities stated in plain words, Korean and English, and where they stand in the prompt."""

import re

from ..language.korean import is_verbal
from ..language.word_lists import FUNCTION_NOUNS
from .declared import DeclaredEntity, Spoken
from .items import is_attribute
from .lists import VERBAL, list_from, read_list, split_items
from .runs import bullets, name_lines, run_of_nouns, slashed

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
_GROUP = re.compile(
    r"(?P<name>[A-Za-z가-힣][\w가-힣]*(?: [A-Za-z가-힣][\w가-힣]*){0,2})\s*[(（](?P<inside>(?:[^()（）]|\([^()]*\)){3,2000})[)）]"
)


def read_words(text: str) -> Spoken:
    """Tries the forms from the most to the least explicit; the first that gives fields wins."""
    for reader in (_groups, _marked, bullets, _before_verb, _english, slashed, run_of_nouns, name_lines):
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
    parts = [part for part in split_items(match["inside"]) if part.strip()]
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
        end, fields = list_from(text, match.end())
        explicit = text[match.start() : match.end()].rstrip()[-1:] in ":：=]"
        single = explicit or re.search(r"하나|한\s*개|(?<!-)\bonly\b|\bsingle\b", text[match.end() : match.end() + 40])
        if len(fields) >= 2 or (len(fields) == 1 and single):
            spoken.model.entities.append(DeclaredEntity(name="", fields=fields))
            spoken.spans.append((match.start(), end))
            return spoken
    return spoken


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
        if len(fields) >= 2 and not any(VERBAL.search(item.name) for item in fields):
            spoken.model.entities.append(DeclaredEntity(name="", fields=fields))
            spoken.spans.append((offset, match.end()))
            return spoken
    return spoken


def _slashes(text: str) -> str:
    """`제목/내용/작성자` is a list too, where nothing else separates."""
    return text if re.search(r"[,，、(]", text) else text.replace("/", ",")


def _english(text: str) -> Spoken:
    """`with name, phone and address`."""
    spoken = Spoken()
    for match in _ENGLISH_LIST.finditer(text):
        end, fields = list_from(text, match.end())
        listed = re.search(r",|\band\b", text[match.end() : end])
        marked = re.search(r"field|column|attribute|propert", match.group(), re.IGNORECASE)
        if (listed and len(fields) >= 2) or (marked and fields):
            spoken.model.entities.append(DeclaredEntity(name="", fields=fields))
            spoken.spans.append((match.start(), end))
            return spoken
    return spoken
