"""Clauses of Korean prose, and what each states: columns, search conditions, the upper or the lower part of a screen."""

import re
from dataclasses import dataclass, field
from typing import Literal

from ...vocabulary.field_names import HEAD, TERM
from ..attributes import is_attribute
from .tokens import Token
from .word_classes import MARK
from .words import WordReader

Role = Literal["columns", "conditions", "master", "detail", "required", "optional", "ignored", "key"]
CONDITIONS = re.compile(r"조건|검색|필터|filter|search", re.IGNORECASE)
"""What can only be searched by; what is said to be for 조회 may be what is shown."""
_ROLES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        "ignored",
        re.compile(
            r"버튼|기능|권한|탭|툴바|메뉴는|정렬은|단축키|테이블\s*명|화면\s*(?:명|ID|id)|프로그램\s*(?:명|ID)|제목은|이벤트|차트"
        ),
    ),
    (
        "conditions",
        re.compile(rf"{CONDITIONS.pattern}|조회\s*(?:영역|항목|부|필드|란|:)|^(?:상단\s*)?조회$", re.IGNORECASE),
    ),
    ("required", re.compile(r"필수")),
    ("optional", re.compile(r"선택\s*(?:입력|항목|사항|값|필드)|옵션|^선택$")),
    ("key", re.compile(r"^(?:기본|주|복합|프라이머리)?\s*키|^pk$|식별자", re.IGNORECASE)),
    ("detail", re.compile(r"디테일|상세|하위|자식|라인|하단|오른쪽|우측|아래|밑|detail|child|line", re.IGNORECASE)),
    ("master", re.compile(r"마스터|헤더|상위|부모|상단|왼쪽|좌측|^위|master|header|parent", re.IGNORECASE)),
)
_PLACE = re.compile(
    r"^(?:상단|하단|위쪽?|아래쪽?|왼쪽|오른쪽|좌측|우측|상위|하위|마스터|디테일|헤더|상세|라인|그리드|목록|리스트|결과|조회|검색|화면|표|테이블|입력|조건|필터|출력|표시|그|이|각|메인|서브|필수|데이터|주요|관리|본문|두번째|첫번째|1번|2번)$"
)
_OPENERS = re.compile(
    r"^(?P<noun>[가-힣A-Za-z0-9]*?(?:컬럼|칼럼|필드|항목|속성|그리드|목록|리스트|결과|조건|조회조건|검색조건|영역|화면|폼|페이지|팝업|게시판|순서|구성|입력값|데이터|열|표|테이블|관리|현황|조회|검색|등록|상세|하위|상위|상단|하단|아래|위|밑|왼쪽|오른쪽|좌측|우측|왼편|오른편|마스터|디테일|헤더|라인|내역|정보|대장|문항|칸|란|쪽|(?:조회|검색|상단|하단|목록|상세|입력)부|부분|필터))"
    r"(?:들)?(?P<ending>으로는|로는|에서는|에는|에선|엔|에서|에|은|는|인데|이고|으로|로|이|가)$"
)
_ORDER = re.compile(r"순서(?:는|로는|대로)")
"""`컬럼 순서는 사번, 이름`."""
_PART = re.compile(
    r"^(?:마스터|디테일|헤더|상세|라인|상위|하위|상단|하단|왼쪽|오른쪽|좌측|우측|위|아래|밑|그리드|목록|조건)"
)
_SIDE = re.compile(
    r"(?:왼쪽|오른쪽|좌측|우측|상단|하단|위쪽?|아래쪽?|마스터|디테일|헤더|라인)(?:그리드|목록|영역|화면)?"
)
_WEAK_ENDING = frozenset({"이", "가", "로", "으로", "에"})
_LEADING = re.compile(
    r"(?:컬럼|칼럼|필드|항목|속성|데이터|그리드|목록|리스트|결과|조건|영역|상위|하위|상단|하단|아래|위|밑|왼쪽|오른쪽|좌측|우측|쪽|마스터|디테일|헤더|라인|상세|부분|부)$"
)
"""What leads to a list with any particle: 그리드에, 결과로."""
_SEARCH_VERB = re.compile(r"^(?:검색|필터|서치|찾[을아고는]|찾기)|^조회\s*(?:조건|가능|할|하|되|된)|^조회$")
_CHOICE_VERB = re.compile(r"^(?:선택|골라|고르|검색|조회|찾|필터|입력)(?:하고|하면|해서|고$|면$|아서|서$)")
_ENTERED = re.compile(r"^(?:입력|넣)(?:하면|해서|으면|받아)$")
_ENTERED_TO_RUN = re.compile(r"^(?:입력|넣)(?:하고|고|한)$")
_RUN = re.compile(r"^(?:실행|조회|계산|검색|집계|산출|버튼)")
_GIVEN = re.compile(r"^(?:넣|지정하|설정하|주)고$")
"""`배차일자와 센터를 넣고 조회하면`."""
_PART_SAID = re.compile(r"(?:마스터|디테일|상위|하위|헤더|라인|상세|키|PK|필수|선택)(?:이?고|이?며)$", re.IGNORECASE)
_COPULA = re.compile(r"(?:이고|이며|이구요|이고요|인데|인데요|입니다|이에요|예요)$")


@dataclass(slots=True)
class Clause:
    """`label` is what stands in front of the list: words with a colon, or `그리드에는`. `closing`: the word that ended it."""

    tokens: list[Token] = field(default_factory=list)
    label: str = ""
    explicit: bool = False
    closing: str = ""
    following: str = ""
    """The word behind the closing one."""
    colon: bool = False
    sentence: int = 0

    @property
    def role(self) -> Role:
        label = self.label
        for role, pattern in _ROLES:
            if pattern.search(label):
                return role
        return "columns"


def split_clauses(tokens: list[Token], reader: WordReader) -> list[Clause]:
    """Clauses end with sentences, with verbs that go on (…하고, …는데), and where another part is named."""
    clauses = [Clause()]
    sentence = 0
    for index, token in enumerate(tokens):
        current = clauses[-1]
        if token.kind == "end":
            sentence += 1
            clauses.append(Clause())
        elif token.kind == "dash":
            clauses.append(Clause(explicit=True))
        elif token.kind == "colon":
            clauses.append(_behind_colon(current))
        elif token.kind == "word" and _opens(tokens, index, current, reader):
            label = _opening_label(current, token)
            clauses.append(Clause(label=label, explicit=True))
        elif token.kind == "word" and _goes_on(token, reader):
            current.tokens.append(token)
            current.closing = token.text
            current.following = tokens[index + 1].text if index + 1 < len(tokens) else ""
            clauses.append(Clause())
        else:
            current.tokens.append(token)
        clauses[-1].sentence = sentence
    return [clause for clause in clauses if clause.tokens]


def _behind_colon(current: Clause) -> Clause:
    """The words in front of a colon, back to the last separator, name the clause that follows."""
    words: list[str] = []
    while current.tokens and current.tokens[-1].kind == "word" and len(words) < 6:
        words.insert(0, current.tokens.pop().text)
    return Clause(label=" ".join(words), explicit=True, colon=True)


def _opens(tokens: list[Token], index: int, current: Clause, reader: WordReader) -> bool:
    """Whether a word such as 그리드에는, 컬럼은, 하위에 leads to a list: something to list stands behind it."""
    word = tokens[index].text
    match = _OPENERS.match(word)
    if _ORDER.fullmatch(word) and index and MARK.match(tokens[index - 1].text):
        return True
    if _places(match, tokens[index + 1 :]):
        return True
    if not _lists(tokens[index + 1 :], reader, marked=MARK.match(word) is not None):
        return False
    if MARK.match(word) and (not current.tokens or word[-1:] in "은는"):
        return True
    part = match is not None and _PART.match(match["noun"]) is not None
    if match is None or (
        part is False and max(reader.names.strength(word), reader.names.strength(match["noun"])) >= HEAD
    ):
        return False
    return match["ending"] not in _WEAK_ENDING or _LEADING.search(match["noun"]) is not None


def _places(match: re.Match[str] | None, following: list[Token]) -> bool:
    """`오른쪽은 선택한 부서의 사번, 성명`: a part of the screen, and a list somewhere behind it."""
    if match is None or _SIDE.fullmatch(match["noun"]) is None or match["ending"] in _WEAK_ENDING - {"에"}:
        return False
    return any(token.kind == "separator" for token in following[:8])


def _lists(following: list[Token], reader: WordReader, *, marked: bool) -> bool:
    """Whether a name stands next, fillers aside."""
    for token in following[:3]:
        if token.kind != "word":
            return False
        if reader.is_filler(token.text) and not MARK.match(token.text):
            continue
        return not reader.ends_list(token.text) or (marked and reader.is_action(token.text))
    return False


def _opening_label(current: Clause, token: Token) -> str:
    """The opening word with the words of place before it, which leave the clause before: `하단 그리드에`."""
    words = [token.text]
    while current.tokens and current.tokens[-1].kind == "word" and _PLACE.match(current.tokens[-1].text):
        words.insert(0, current.tokens.pop().text)
    return " ".join(words)


def _goes_on(token: Token, reader: WordReader) -> bool:
    """`검색하고`, `나오고`, `…입사일이고`, `화면인데`: another clause follows."""
    if reader.is_connective(token.text):
        return True
    if reader.names.strength(token.text) == TERM:
        return False
    rule = re.sub(r"(?:이?고|이?며)$", "", token.text)
    if _PART_SAID.search(token.text):
        return True
    return _COPULA.search(token.text) is not None or (rule != token.text and is_attribute(rule))


def part_role(tail: list[str]) -> Role | None:
    """`그룹코드, 그룹명이 마스터고`: which part of the screen was listed."""
    word = tail[0] if tail else ""
    if re.match(r"(?:마스터|상위|헤더|부모)(?:이|로|에|고|인|$)", word):
        return "master"
    return "detail" if re.match(r"(?:디테일|하위|라인|자식)(?:이|로|에|고|인|$)", word) else None


def closing_role(last: Token, tail: list[str], closing: str) -> Role | None:
    """`…로 검색하고`, `…를 선택하고 조회하면`: what was listed is searched by. `last`: the list's last word."""
    follows = tail[0] if tail else closing
    if _SEARCH_VERB.match(follows) and (
        last.text.endswith(("로", "나")) or (follows.startswith("검색") and follows != "검색")
    ):
        return "conditions"
    if not tail and _GIVEN.match(closing) and last.text.endswith(("을", "를")):
        return "conditions"
    return "conditions" if not tail and _CHOICE_VERB.match(closing) and not closing.startswith("입력") else None


def is_entered(tail: list[str], clause: Clause) -> bool:
    """`…을 입력하면`, `…을 입력하고 실행버튼`: the list is entered for what is shown then."""
    word = tail[0] if tail else clause.closing
    if _ENTERED.match(word):
        return True
    return _ENTERED_TO_RUN.match(word) is not None and _RUN.match(clause.following) is not None
