"""Finds what a prompt is about: archetypes by their names, else the noun in front of the screen's word."""

import re
from dataclasses import dataclass, replace

from ...language.korean import strip_functions
from ...language.text import Language
from ...language.word_lists import HEADS_ENGLISH, LEADS_ENGLISH, STOP_ENGLISH
from ...modelling.subject import Subject, subject_of
from ...vocabulary.lexicon import Lexicon
from .subject_phrases import phrase_of, stated_name
from .subject_tokens import Token, read_tokens

_ASIDE = re.compile(r"(?:에게|한테|에서|에|께|처럼|이든|든|님이|께서)$")
"""Who asks, where or how: no subject."""
_MADE = re.compile(r"^(?:만들|생성|작성|개발|구현)")
_VAGUE = frozenset({"업무", "작업"})
"""Subjects, but not in front of 화면, nor as a place: 업무 화면 and 업무에 쓸 화면 are any screen, 업무 관리 is about tasks."""
_ANY_SCREEN = frozenset(
    {"화면", "페이지", "폼", "팝업", "그리드", "screen", "page", "form", "popup", "grid", "web", "view"}
)
"""Words for a screen that say nothing of what it does: 고객사 현황 is about customers, 고객사 화면 may be anything."""
_DOES = re.compile(r"^(?:조회|관리|등록|입력|검색|확인|기록|신청|작성|접수|집계|정산)(?:하는|할|한|해서|하고)")
_DONE = re.compile(r"^(?:수정|삭제|조회|등록|변경|출력|검색|입력)$")
_OUR = frozenset({"our", "my", "us"})
_PLACE = re.compile(
    r"^(?:들어갈|들어가는|쓸|쓰는|쓰일|넣을|붙일|올릴|사용할|사용하는|이용할|이용하는|볼|띄울|보여줄|보낼|제출할|납품할|올릴)$"
)
_THEIRS = re.compile(r"\b(?P<owner>[a-z][\w-]*s) and their (?P<owned>[a-z][\w-]*s)\b", re.IGNORECASE)
_POINTERS = frozenset(
    {
        "이",
        "위",
        "위의",
        "아래",
        "아래의",
        "다음",
        "첨부",
        "첨부한",
        "해당",
        "이런",
        "this",
        "these",
        "following",
        "above",
        "attached",
    }
)
_SOURCES = frozenset(
    {"응답", "쿼리", "결과", "쿼리결과", "테이블", "ddl", "sql", "스키마", "클래스", "dto", "vo", "json", "yaml", "엔티티", "인터페이스", "타입", "구조", "명세", "명세서"}
    | {"정의서", "테이블정의서", "데이터", "샘플", "모델", "기준", "기반", "토대", "엑셀", "파일", "문서", "필드", "response", "query", "result", "schema", "class", "type", "interface", "json", "ddl"}
)  # fmt: skip
"""Where a data model may stand: 이 응답으로."""
_REGISTER = re.compile(
    r"(?:대장|명부|일지|장부|점검표|내역서|신청서|요청서|보고서|기록부|기록표|계획서|확인서|이력카드|일정표|배정표|집계표)$"
)
_VERBAL = re.compile(r"(?:줘|요|다|까|음|함|해|고|는|은|면|서|게|을|를)$")
_PARTS = frozenset({"details", "lines", "items", "rows", "entries", "children", "fields", "columns", "values", "names"})
"""Lower parts without a name of their own."""
_MAX_WINDOW = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject, with the words of the prompt that it takes (first, after the last)."""

    subject: Subject
    first: int
    last: int
    score: float


def find_subjects(prose: str, lexicon: Lexicon, language: Language, *, listed: bool = False) -> list[Subject]:
    """The subjects in their order of likelihood; empty where the prompt names nothing.

    `listed`: whether fields are stated beside the prose, which then may be their title alone.
    """
    stated = stated_name(prose)
    tokens = read_tokens(stated or prose, lexicon)
    candidates = _known(tokens, lexicon, language)
    if not candidates:
        candidates = _unknown(tokens, lexicon, language, listed=listed or bool(stated))
    if stated and not candidates:
        return find_subjects(prose.replace(stated, " ", 1), lexicon, language, listed=listed)
    ranked = sorted(candidates, key=lambda item: (-item.score, item.first))
    subjects: dict[str, Subject] = {}
    for item in ranked:
        phrase = phrase_of(tokens, item.first, item.last, lexicon) if not subjects and item.subject.archetype else ""
        subjects.setdefault(item.subject.name, replace(item.subject, phrase=phrase))
    owned = _owned(prose, lexicon, language) if len(subjects) == 1 else None
    if owned is not None and owned[0].name in subjects:
        subjects.setdefault(owned[1].name, owned[1])
    return list(subjects.values())


def _owned(prose: str, lexicon: Lexicon, language: Language) -> tuple[Subject, Subject] | None:
    """`playlists and their tracks`: two subjects, where the second is no field and no word of a screen's."""
    match = _THEIRS.search(prose)
    if match is None or lexicon.term(match["owned"]) is not None:
        return None
    owned, owner = match["owned"].lower(), subject_of(match["owner"], lexicon, language)
    if owned in HEADS_ENGLISH or owned in STOP_ENGLISH or owned in _PARTS:
        return None
    return owner, subject_of(owned, lexicon, language, 0.55)


def names_term(prose: str, lexicon: Lexicon) -> bool:
    """Whether a word of the prompt is a term of the vocabulary: 퇴사일도, `the phone`."""
    return any(len(token.stem) > 1 and lexicon.term(token.stem) is not None for token in read_tokens(prose, lexicon))


def _known(tokens: list[Token], lexicon: Lexicon, language: Language) -> list[Candidate]:
    """Archetypes named in the prompt, the longest name first."""
    found: list[Candidate] = []
    taken: set[int] = set()
    for size in range(_MAX_WINDOW, 0, -1):
        for first in range(len(tokens) - size + 1):
            span = range(first, first + size)
            if taken.intersection(span):
                continue
            following = tokens[first + size] if first + size < len(tokens) else None
            screen_follows = following is not None and following.stem in {"화면", "페이지"}
            if (
                following is not None
                and tokens[first + size - 1].raw.endswith(("에", "에서", "이", "가"))
                and _PLACE.match(following.raw)
            ):
                continue
            if first > 1 and tokens[first - 1].raw.lower() in _OUR and tokens[first - 2].raw.lower() == "for":
                continue
            text = _archetype_text(
                tokens[first : first + size],
                lexicon,
                screen_follows=screen_follows,
                followed=following is not None and following.function and following.stem not in _ANY_SCREEN,
            )
            if text is None:
                continue
            taken.update(span)
            score = _score(tokens, first, first + size)
            found.append(Candidate(subject_of(text, lexicon, language, score), first, first + size, score))
    return found


def _archetype_text(window: list[Token], lexicon: Lexicon, *, screen_follows: bool, followed: bool) -> str | None:
    """`followed`: whether a word stands behind that says what a screen does: 목록, management."""
    *heads, last = window
    if any(token.raw.endswith("별") for token in window) or any(_joins(token) for token in heads):
        return None
    if len(window) == 1 and last.stop and followed and lexicon.archetype(last.stem) is not None:
        return last.stem
    if len(window) == 1 and (last.stop or last.function or (last.raw in _VAGUE and screen_follows)):
        return None
    lead = " ".join(token.stem for token in heads)
    ends = strip_functions(last.stem) if not last.stem.isascii() else [last.stem]
    if last.raw.lower() not in ends:
        ends.append(last.raw.lower())
    for end in ends:
        text = f"{lead} {end}".strip()
        if lexicon.archetype(text) is not None and not (
            len(window) > 1 and window[0].stop and window[0].stem.isascii() and window[0].stem in {"the", "a"}
        ):
            return _as_written(window, text)
    return None


def _joins(token: Token) -> bool:
    """`발주와 품목`: two things, and not one of two words."""
    return token.raw != token.stem and token.raw.endswith(("와", "과"))


def _as_written(window: list[Token], text: str) -> str:
    """ASCII names keep their capitals: `Task 관리`."""
    raw = " ".join(token.raw for token in window)
    return raw[: len(text)] if raw.lower().startswith(text) else text


def _score(tokens: list[Token], first: int, after: int) -> float:
    """Nearer to a screen's word is better; early is better; a Korean possessive or 별 leads to another noun."""
    score = 0.9 - 0.01 * first
    following = tokens[after] if after < len(tokens) else None
    if following is not None and following.function:
        score += 0.08
    if tokens[after - 1].stem != tokens[after - 1].raw.lower() and tokens[after - 1].raw.endswith("의"):
        score -= 0.1
    leading = tokens[first - 1] if first else None
    if leading is not None and leading.raw.lower() in LEADS_ENGLISH:
        score += 0.05
    return round(min(max(score, 0.3), 0.99), 3)


def _unknown(tokens: list[Token], lexicon: Lexicon, language: Language, *, listed: bool) -> list[Candidate]:
    """The nouns in front of the screen's word, or behind `for`, `of`, `manage`; what is shown or managed."""
    tokens = _without_sources(tokens)
    finders = [_before_head, _behind_lead, _before_making, _object, _before_verb, _history, _register]
    for find in [*finders, _title] if listed else finders:
        found = find(tokens)
        if found is not None:
            words, first, last = found
            return [Candidate(subject_of(" ".join(words), lexicon, language, 0.55), first, last, 0.55)]
    return []


def _before_head(tokens: list[Token]) -> tuple[list[str], int, int] | None:
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


def _behind_lead(tokens: list[Token]) -> tuple[list[str], int, int] | None:
    for index, token in enumerate(tokens[:-1]):
        if token.raw.lower() in LEADS_ENGLISH and (lead := _after_lead(tokens, index)):
            return lead, index, index + 1
    return None


def _before_making(tokens: list[Token]) -> tuple[list[str], int, int] | None:
    for index, token in enumerate(tokens[1:], start=1):
        if _MADE.match(token.raw) and _noun(tokens[index - 1]) and not _ASIDE.search(tokens[index - 1].raw):
            return [tokens[index - 1].stem], index - 1, index
    return None


def _object(tokens: list[Token]) -> tuple[list[str], int, int] | None:
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


def _before_verb(tokens: list[Token]) -> tuple[list[str], int, int] | None:
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


def _history(tokens: list[Token]) -> tuple[list[str], int, int] | None:
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


def _register(tokens: list[Token]) -> tuple[list[str], int, int] | None:
    """`공문 접수대장`, `정기 점검표`: what is kept in a register."""
    for index, token in enumerate(tokens):
        if _REGISTER.search(token.stem) and _noun(token):
            first = index
            while first > 0 and tokens[first].joined and _noun(tokens[first - 1]) and index - first < 2:
                first -= 1
            return [item.stem for item in tokens[first : index + 1]], first, index + 1
    return None


def _title(tokens: list[Token]) -> tuple[list[str], int, int] | None:
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
    weak = token.stem in _VAGUE or token.stem in {"이용", "사용"} or (len(token.stem) == 1 and not token.stop)
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
        and token.stem not in _VAGUE
    )


def _after_lead(tokens: list[Token], index: int) -> list[str]:
    words: list[str] = []
    for token in tokens[index + 1 : index + 5]:
        if token.raw.lower() in _OUR:
            break
        if token.raw.lower() in {"the", "a", "an", "all"} and not words:
            continue
        if not _noun(token):
            break
        words.append(token.stem)
    return words
