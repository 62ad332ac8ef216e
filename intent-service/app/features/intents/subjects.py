"""Finds what a prompt is about: archetypes by their names, else the noun in front of the screen's word."""

import re
from dataclasses import dataclass

from ...language.korean import FUNCTION_NOUNS, is_verbal, stem, strip_functions
from ...language.text import Language
from ...modelling.subject import Subject, subject_of
from ...vocabulary.lexicon import Lexicon

_WORD = re.compile(r"[A-Za-z0-9가-힣][A-Za-z0-9가-힣_'-]*")
_STOP_KO = frozenset(
    [
        "그",
        "이",
        "저",
        "좀",
        "하나",
        "새",
        "새로",
        "새로운",
        "간단한",
        "간단하게",
        "간단히",
        "예쁜",
        "빨리",
        "빠르게",
        "제발",
        "그냥",
        "우리",
        "우리의",
        "나",
        "내",
        "제",
        "저희",
        "회사",
        "안녕하세요",
        "안녕",
        "혹시",
        "다음",
        "아래",
        "위",
        "같은",
        "이런",
        "그런",
        "어떤",
        "수",
        "것",
        "거",
        "게",
        "걸",
        "건",
        "때",
        "등",
        "및",
        "그리고",
        "또는",
        "있는",
        "없는",
        "있고",
        "바로",
        "한",
        "번",
        "번에",
        "한번에",
        "한꺼번에",
        "여러",
        "건",
        "모두",
        "전체",
        "모든",
        "각",
        "각각",
        "만들어줘",
        "만들어",
        "만들기",
        "만든",
        "생성해줘",
        "생성",
        "생성해",
        "필요",
        "필요해",
        "필요해요",
        "필요합니다",
        "짜줘",
        "부탁",
        "부탁해",
        "부탁해요",
        "부탁드립니다",
        "부탁드려요",
        "해줘",
        "해주세요",
        "주세요",
        "줘",
        "개발",
        "개발해줘",
        "구현",
        "구현해줘",
        "작성",
        "작성해줘",
        "작성해주세요",
        "원해",
        "원해요",
        "싶어",
        "싶어요",
        "싶습니다",
        "클릭",
        "클릭하면",
        "선택",
        "선택하면",
        "누르면",
        "열리는",
        "뜨는",
        "나오는",
        "보이는",
        "보여주는",
        "볼",
        "할",
        "하는",
        "되는",
        "되게",
        "가능한",
        "가능하게",
        "위한",
        "대한",
        "관련",
        "관한",
        "통해",
        "이용",
        "이용한",
        "사용",
        "기본",
        "기본적인",
        "표준",
        "일반",
        "자동",
        "오른쪽",
        "왼쪽",
        "상단",
        "하단",
        "위쪽",
        "아래쪽",
        "행",
        "열",
        "행을",
        "버튼",
        "조건",
        "조회조건",
        "검색조건",
        "엑셀",
        "다운로드",
        "업로드",
        "페이징",
        "신규",
        "컬럼",
        "칼럼",
        "필드",
        "항목",
        "아래쪽에",
        "코드",
        "소스",
        "xml",
        "js",
        "프레임워크",
        "웹",
        "모바일",
        "업무용",
        "사내",
        "직접",
        "편하게",
        "쉽게",
        "해당",
        "별",
        "별로",
        "형태",
        "방식",
        "구조",
        "스타일",
        "팝업으로",
        "그리드로",
        "마스터",
        "디테일",
        "마스터디테일",
        "헤더",
        "라인",
        "급해요",
        "급함",
        "테이블",
        "조회용",
        "관리용",
        "입력용",
        "등록용",
        "수정용",
        "샘플",
        "예제",
        "예시",
        "요",
        "please",
        "pls",
        "a",
        "an",
        "the",
    ]
)
_STOP_EN = frozenset(
    [
        "a",
        "an",
        "the",
        "i",
        "we",
        "you",
        "me",
        "my",
        "our",
        "us",
        "need",
        "want",
        "would",
        "like",
        "to",
        "please",
        "make",
        "create",
        "build",
        "generate",
        "design",
        "write",
        "develop",
        "implement",
        "give",
        "get",
        "can",
        "could",
        "should",
        "new",
        "simple",
        "basic",
        "quick",
        "screen",
        "page",
        "form",
        "view",
        "popup",
        "dialog",
        "list",
        "grid",
        "table",
        "crud",
        "ui",
        "for",
        "of",
        "with",
        "that",
        "which",
        "where",
        "and",
        "or",
        "in",
        "on",
        "at",
        "by",
        "from",
        "it",
        "its",
        "is",
        "are",
        "be",
        "all",
        "so",
        "one",
        "this",
        "these",
        "those",
        "then",
        "shows",
        "show",
        "showing",
        "display",
        "displays",
        "displaying",
        "let",
        "lets",
        "users",
        "user's",
        "user",
        "can't",
        "save",
        "saving",
        "saves",
        "edit",
        "edits",
        "editing",
        "editable",
        "add",
        "adding",
        "update",
        "updating",
        "delete",
        "deleting",
        "remove",
        "search",
        "searching",
        "searchable",
        "select",
        "selecting",
        "choose",
        "choosing",
        "pick",
        "picking",
        "picker",
        "register",
        "registration",
        "registering",
        "management",
        "manage",
        "managing",
        "manager",
        "maintain",
        "maintaining",
        "maintenance",
        "browse",
        "view",
        "viewing",
        "inquiry",
        "inquire",
        "lookup",
        "read-only",
        "readonly",
        "master",
        "detail",
        "details",
        "form",
        "data",
        "entry",
        "input",
        "web",
        "app",
        "application",
        "module",
        "thing",
        "something",
        "some",
        "any",
        "just",
        "only",
        "inline",
        "at",
        "once",
        "batch",
        "bulk",
        "popups",
        "window",
        "modal",
        "filter",
        "filters",
        "where",
        "there",
        "using",
        "use",
        "sql",
        "following",
        "framework",
        "code",
        "react",
        "java",
        "javascript",
        "xml",
        "quickly",
        "asap",
        "hi",
        "hello",
        "hey",
        "thanks",
        "thank",
        "let's",
        "inside",
        "open",
        "opens",
        "when",
        "click",
        "clicking",
        "clicked",
        "row",
        "rows",
        "double",
        "each",
        "below",
        "above",
        "next",
        "beside",
        "side",
        "bottom",
        "top",
        "left",
        "right",
        "directly",
    ]
)
_HEADS_EN = frozenset(
    [
        "screen",
        "page",
        "form",
        "view",
        "popup",
        "dialog",
        "list",
        "grid",
        "table",
        "crud",
        "ui",
        "management",
        "maintenance",
        "registration",
        "picker",
        "inquiry",
        "editor",
        "lookup",
        "module",
        "entry",
        "search",
    ]
)
_LEADS_EN = frozenset(
    [
        "for",
        "of",
        "manage",
        "managing",
        "manages",
        "maintain",
        "register",
        "registering",
        "edit",
        "editing",
        "browse",
        "list",
        "lists",
        "search",
        "searching",
        "view",
        "viewing",
        "add",
        "enter",
        "entering",
        "all",
        "show",
        "shows",
        "showing",
        "display",
        "displaying",
    ]
)
_MAX_WINDOW = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject, with the words of the prompt that it takes (first, after the last)."""

    subject: Subject
    first: int
    last: int
    score: float


@dataclass(frozen=True, slots=True)
class Token:
    raw: str
    stem: str
    function: bool
    stop: bool


def find_subjects(prose: str, lexicon: Lexicon, language: Language) -> list[Subject]:
    """The subjects in their order of likelihood; empty where the prompt names nothing."""
    tokens = _tokens(prose)
    candidates = _known(tokens, lexicon, language)
    if not candidates:
        candidates = _unknown(tokens, lexicon, language)
    ranked = sorted(candidates, key=lambda item: (-item.score, item.first))
    return list({item.subject.name: item.subject for item in reversed(ranked)}.values())[::-1]


def _tokens(prose: str) -> list[Token]:
    tokens = []
    for raw in _WORD.findall(prose):
        lowered = raw.lower()
        base = stem(lowered)
        english = raw.isascii()
        function = base in FUNCTION_NOUNS or (english and base in _HEADS_EN)
        stop = (
            lowered in _STOP_KO
            or base in _STOP_KO
            or (english and all(part in _STOP_EN for part in lowered.split("-")))
            or base.isdigit()
        )
        tokens.append(Token(raw, base if not english else lowered, function, stop or (not english and is_verbal(base))))
    return tokens


def _known(tokens: list[Token], lexicon: Lexicon, language: Language) -> list[Candidate]:
    """Archetypes named in the prompt, the longest name first."""
    found: list[Candidate] = []
    taken: set[int] = set()
    for size in range(_MAX_WINDOW, 0, -1):
        for first in range(len(tokens) - size + 1):
            span = range(first, first + size)
            if taken.intersection(span):
                continue
            text = _archetype_text(tokens[first : first + size], lexicon)
            if text is None:
                continue
            taken.update(span)
            score = _score(tokens, first, first + size)
            found.append(Candidate(subject_of(text, lexicon, language, score), first, first + size, score))
    return found


def _archetype_text(window: list[Token], lexicon: Lexicon) -> str | None:
    *heads, last = window
    if any(token.raw.endswith("별") for token in window):
        return None
    if len(window) == 1 and (last.stop or last.function):
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
    if leading is not None and leading.raw.lower() in _LEADS_EN:
        score += 0.05
    return round(min(max(score, 0.3), 0.99), 3)


def _unknown(tokens: list[Token], lexicon: Lexicon, language: Language) -> list[Candidate]:
    """The nouns in front of the screen's word, or behind `for`, `of`, `manage`."""
    for index, token in enumerate(tokens):
        if not (token.function or _compound(token)) or (token.raw.isascii() and token.raw.lower() not in _HEADS_EN):
            continue
        first = index
        while first > 0 and _noun(tokens[first - 1]) and index - first < 3:
            first -= 1
        words = [item.stem for item in tokens[first:index]]
        if _compound(token):
            words.append(strip_functions(token.stem)[-1])
        if words:
            return [Candidate(subject_of(" ".join(words), lexicon, language, 0.7), first, index, 0.7)]
    for index, token in enumerate(tokens[:-1]):
        if token.raw.lower() in _LEADS_EN and _after_lead(tokens, index):
            lead = _after_lead(tokens, index)
            return [Candidate(subject_of(" ".join(lead), lexicon, language, 0.65), index, index + 1, 0.65)]
    return []


def _compound(token: Token) -> bool:
    """`붕어빵관리화면`: a noun with function nouns behind it, written as one word."""
    return not token.function and not token.stop and not token.stem.isascii() and len(strip_functions(token.stem)) > 1


def _noun(token: Token) -> bool:
    return (
        not token.stop
        and not token.function
        and not token.raw.isdigit()
        and len(token.stem) > (0 if token.stem.isascii() else 1)
    )


def _after_lead(tokens: list[Token], index: int) -> list[str]:
    words: list[str] = []
    for token in tokens[index + 1 : index + 5]:
        if token.raw.lower() in {"the", "a", "an", "all", "our", "my"} and not words:
            continue
        if not _noun(token):
            break
        words.append(token.stem)
    return words
