"""Subjects that the vocabulary doesn't know: the nouns in front of a screen's word, behind `for`, in front of a list."""

import re

from ...language.korean import strip_functions
from ...language.word_lists import HEADS_ENGLISH, LEADS_ENGLISH, words as word_list
from .subject_tokens import OUR, VAGUE, Token

_ASIDE = re.compile(r"(?:에게|한테|에서|에|께|처럼|이든|든|님이|께서)$")
"""Who asks, where or how: no subject."""
_MADE = re.compile(r"^(?:만들|생성|작성|개발|구현)")
_DOES = re.compile(r"^(?:조회|관리|등록|입력|검색|확인|기록|신청|작성|접수|집계|정산)(?:하는|할|한|해서|하고)")
_DONE = re.compile(r"^(?:수정|삭제|조회|등록|변경|출력|검색|입력)$")
_POINTERS = word_list("이 위 위의 아래 아래의 다음 첨부 첨부한 해당 이런 this these following above attached")
_SOURCES = word_list(
    """
    응답 쿼리 결과 쿼리결과 테이블 스키마 클래스 엔티티 인터페이스 타입 구조 명세 명세서 정의서 테이블정의서 데이터 샘플 모델 기준 기반 토대 엑셀 파일 문서 필드
    ddl sql dto vo json yaml response query result schema class type interface
    """
)
"""Where a data model may stand: 이 응답으로."""
_REGISTER = re.compile(
    r"(?:대장|명부|일지|장부|점검표|내역서|신청서|요청서|보고서|기록부|기록표|계획서|확인서|이력카드|일정표|배정표|집계표)$"
)
_VERBAL = re.compile(r"(?:줘|요|다|까|음|함|해|고|는|은|면|서|게|을|를)$")
Nouns = tuple[list[str], int, int]
"""Words, the first token, behind the last."""


def find_nouns(tokens: list[Token], *, listed: bool) -> Nouns | None:
    """What is shown or managed. `listed`: whether fields are stated beside the prose, which then may be their title."""
    tokens = _without_sources(tokens)
    finders = [_before_head, _behind_lead, _before_making, _object, _before_verb, _history, _register]
    for find in [*finders, _title] if listed else finders:
        found = find(tokens)
        if found is not None:
            return found
    return None


def _before_head(tokens: list[Token]) -> Nouns | None:
    for index, token in enumerate(tokens):
        if not (token.function or _compound(token)) or (token.raw.isascii() and token.raw.lower() not in HEADS_ENGLISH):
            continue
        first = index
        while (
            first > 0 and _belongs(tokens, first - 1) and index - first < 3 and not _ASIDE.search(tokens[first - 1].raw)
        ):
            first -= 1
        words = [item.stem for item in tokens[first:index]]
        if _compound(token):
            words.append(strip_functions(token.stem)[-1])
        if words:
            return words, first, index
    return None


def _behind_lead(tokens: list[Token]) -> Nouns | None:
    for index, token in enumerate(tokens[:-1]):
        if token.raw.lower() in LEADS_ENGLISH and (lead := _after_lead(tokens, index)):
            return lead, index, index + 1
    return None


def _before_making(tokens: list[Token]) -> Nouns | None:
    for index, token in enumerate(tokens[1:], start=1):
        if _MADE.match(token.raw) and _noun(tokens[index - 1]) and not _ASIDE.search(tokens[index - 1].raw):
            return [tokens[index - 1].stem], index - 1, index
    return None


def _object(tokens: list[Token]) -> Nouns | None:
    """`커피 원두를 볼 수 있는 화면`: what the screen's verb is about."""
    for index, token in enumerate(tokens):
        if token.raw.isascii() or not token.raw.endswith(("을", "를")) or token.raw == token.stem or not _noun(token):
            continue
        first = index
        while (
            first > 0
            and index - first < 2
            and _noun(tokens[first - 1])
            and tokens[first - 1].raw == tokens[first - 1].stem
        ):
            first -= 1
        return [item.stem for item in tokens[first : index + 1]], first, index + 1
    return None


def _before_verb(tokens: list[Token]) -> Nouns | None:
    """`전기 사용량 조회하는 화면`: nouns in front of what the screen does, without a particle."""
    for index, token in enumerate(tokens[1:], start=1):
        first = index
        while (
            first > 0
            and index - first < 2
            and _noun(tokens[first - 1])
            and tokens[first - 1].raw == tokens[first - 1].stem
        ):
            first -= 1
        if first < index and _DOES.match(token.raw):
            return [item.stem for item in tokens[first:index]], first, index
    return None


def _history(tokens: list[Token]) -> Nouns | None:
    """`수정 이력 조회`: what was done is what is kept."""
    for index, token in enumerate(tokens[1:], start=1):
        if token.stem == "이력" and _DONE.match(tokens[index - 1].stem):
            return [tokens[index - 1].stem, token.stem], index - 1, index + 1
    return None


def _without_sources(tokens: list[Token]) -> list[Token]:
    """`이 응답으로`, `아래 쿼리 결과를`, `this type`: what the prompt brings along is no subject."""
    sources: set[int] = set()
    for index, token in enumerate(tokens):
        pointed = index > 0 and (tokens[index - 1].raw.lower() in _POINTERS or index - 1 in sources)
        if pointed and token.stem.lower() in _SOURCES:
            sources.add(index)
    return [token for index, token in enumerate(tokens) if index not in sources]


def _register(tokens: list[Token]) -> Nouns | None:
    """`공문 접수대장`, `정기 점검표`: what is kept in a register."""
    for index, token in enumerate(tokens):
        if _REGISTER.search(token.stem) and _noun(token):
            first = index
            while first > 0 and tokens[first].joined and _noun(tokens[first - 1]) and index - first < 2:
                first -= 1
            return [item.stem for item in tokens[first : index + 1]], first, index + 1
    return None


def _title(tokens: list[Token]) -> Nouns | None:
    """`성적처리 - 학번, 성명`: the nouns in front of a list."""
    after = 0
    while after < len(tokens) and after < 3 and _noun(tokens[after]) and (after == 0 or tokens[after].joined):
        after += 1
    plain = after and not _VERBAL.search(tokens[after - 1].raw)
    return ([item.stem for item in tokens[:after]], 0, after) if plain else None


def _belongs(tokens: list[Token], index: int) -> bool:
    """Whether a word belongs to the noun in front of a screen's word; 구내식당 이용, 방제 작업, API 키 with the one before."""
    token = tokens[index]
    if _noun(token):
        return True
    behind = index > 0 and _noun(tokens[index - 1]) and tokens[index - 1].raw.lower() == tokens[index - 1].stem
    weak = token.stem in VAGUE or token.stem in {"이용", "사용"} or (len(token.stem) == 1 and not token.stop)
    return behind and weak and token.raw == token.stem and not token.raw.isdigit()


def _compound(token: Token) -> bool:
    """`붕어빵관리화면`: a noun with function nouns behind it, written as one word."""
    return not token.function and not token.stop and not token.stem.isascii() and len(strip_functions(token.stem)) > 1


def _noun(token: Token) -> bool:
    return (
        not token.stop
        and not token.function
        and not token.raw.isdigit()
        and len(token.stem) > (0 if token.stem.isascii() else 1)
        and token.stem not in VAGUE
    )


def _after_lead(tokens: list[Token], index: int) -> list[str]:
    words: list[str] = []
    for token in tokens[index + 1 : index + 5]:
        if token.raw.lower() in OUR:
            break
        if token.raw.lower() in {"the", "a", "an", "all"} and not words:
            continue
        if not _noun(token):
            break
        words.append(token.stem)
    return words
