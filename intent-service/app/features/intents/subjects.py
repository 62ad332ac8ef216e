"""Finds what a prompt is about: archetypes by their names, else the noun in front of the screen's word."""

import re
from dataclasses import dataclass, replace

from ...language.korean import strip_functions
from ...language.text import Language
from ...language.word_lists import HEADS_ENGLISH, LEADS_ENGLISH, STOP_ENGLISH
from ...modelling.subject import Subject, subject_of
from ...vocabulary.lexicon import Lexicon
from .subject_nouns import find_nouns
from .subject_phrases import phrase_of, stated_name
from .subject_tokens import OUR, VAGUE, Token, read_tokens

_ANY_SCREEN = frozenset(
    {"화면", "페이지", "폼", "팝업", "그리드", "screen", "page", "form", "popup", "grid", "web", "view"}
)
"""Words for a screen that say nothing of what it does: 고객사 현황 is about customers, 고객사 화면 may be anything."""
_PLACE = re.compile(
    r"^(?:들어갈|들어가는|쓸|쓰는|쓰일|넣을|붙일|올릴|사용할|사용하는|이용할|이용하는|볼|띄울|보여줄|보낼|제출할|납품할|올릴)$"
)
_THEIRS = re.compile(r"\b(?P<owner>[a-z][\w-]*s) and their (?P<owned>[a-z][\w-]*s)\b", re.IGNORECASE)
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
            if first > 1 and tokens[first - 1].raw.lower() in OUR and tokens[first - 2].raw.lower() == "for":
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
    if len(window) == 1 and (last.stop or last.function or (last.raw in VAGUE and screen_follows)):
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
    found = find_nouns(tokens, listed=listed)
    if found is None:
        return []
    words, first, last = found
    return [Candidate(subject_of(" ".join(words), lexicon, language, 0.55), first, last, 0.55)]
