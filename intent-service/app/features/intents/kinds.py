"""The kind of a prompt: a screen to make, a change to one, a question, or something that can't be served."""

import re
from dataclasses import dataclass

from ...language.word_lists import FUNCTION_NOUNS, HEADS_ENGLISH, STOP_ENGLISH, STOP_KOREAN
from .kind_patterns import (
    ALTERED,
    ASKING,
    ATTACK,
    COMPARED,
    CREATE,
    CREATED,
    GUARDED,
    HARM,
    INJECTION,
    LEFT_OPEN,
    MADE_SO,
    MODIFY,
    NO_TOPIC,
    ORDERED,
    PARTS,
    PLEADING,
    POINTING,
    POLITE,
    QUESTION,
    SCREEN,
    STRONG_POINTING,
    STRONG_SCREEN,
    TOPIC,
    WISH,
)
from .schemas import Kind

_SHORT = 6
"""Words of `make it blue`, which says nothing but the change."""
_NO_SUBJECTS = STOP_ENGLISH | HEADS_ENGLISH | STOP_KOREAN | FUNCTION_NOUNS
_COUNT = re.compile(r"\d+(?:개|칸|줄|행|열|가지)?(?:짜리)?(?:의|로|에)?$")


@dataclass(frozen=True, slots=True)
class Signals:
    """What beside the prose tells the kind."""

    has_model: bool
    has_subject: bool
    known_subject: bool
    has_base: bool
    has_history: bool
    names_term: bool = False
    """Whether a word of the prompt is one of the vocabulary, or points at what a screen has."""


@dataclass(frozen=True, slots=True)
class Verdict:
    kind: Kind
    confidence: float
    why: str
    """Key of the reason: `attack`, `off_topic`, `nonsense`, `how_to`, `change`, `make`, `model`."""


def classify(prose: str, signals: Signals) -> Verdict:
    """By rule, from the surest sign to the weakest."""
    if _is_attack(prose):
        return Verdict("unsupported", 0.95, "attack")
    if ALTERED.search(prose) and not CREATED.search(prose):
        return Verdict("modify", 0.8, "change")
    if _is_change(prose, signals):
        return Verdict("modify", 0.93 if signals.has_base else 0.8, "change")
    if _is_question(prose, signals):
        if TOPIC.search(prose) and not NO_TOPIC.search(prose):
            return Verdict("question", 0.93, "how_to")
        return Verdict("unsupported", 0.9, "off_topic")
    return _made_or_nothing(prose, signals)


def _made_or_nothing(prose: str, signals: Signals) -> Verdict:
    """Of what is neither an attack, a change nor a question."""
    screen, create = SCREEN.search(prose), CREATE.search(prose)
    if signals.has_model:
        return Verdict("generate", 0.97, "model")
    if NO_TOPIC.search(prose) and not STRONG_SCREEN.search(prose):
        return Verdict("unsupported", 0.92, "off_topic")
    if screen and (create or signals.has_subject):
        return Verdict("generate", 0.96 if signals.known_subject else 0.8, "make")
    if create and signals.known_subject:
        return Verdict("generate", 0.75, "make")
    if STRONG_SCREEN.search(prose):
        return Verdict("generate", 0.7, "make")
    if screen and _names_nothing(prose):
        return Verdict("generate", 0.6, "make")
    if create and LEFT_OPEN.search(prose):
        return Verdict("generate", 0.5, "make")
    if screen and signals.names_term:
        return Verdict("generate", 0.55, "make")
    if signals.known_subject and len(prose.split()) <= 8:
        return Verdict("generate", 0.6, "make")
    if signals.has_base and signals.names_term:
        return Verdict("modify", 0.6, "change")
    return Verdict("unsupported", 0.5, "off_topic" if len(prose.split()) > 1 else "nonsense")


def _names_nothing(prose: str) -> bool:
    """`some kind of list`, `컬럼 20개짜리 그리드`: a screen's word, and words that mean nothing here."""
    words = [word.strip(".,!~").lower() for word in prose.split()]
    return len(words) > 1 and all(word in _NO_SUBJECTS or _COUNT.match(word) for word in words)


def _is_attack(prose: str) -> bool:
    if INJECTION.search(prose) or HARM.search(prose):
        return True
    return bool(ATTACK.search(prose)) and not (STRONG_SCREEN.search(prose) and GUARDED.search(prose))


def _is_change(prose: str, signals: Signals) -> bool:
    wished = signals.has_base and ((PARTS.search(prose) and WISH.search(prose)) or MADE_SO.search(prose))
    if not MODIFY.search(prose) and not wished:
        return False
    new = re.search(
        r"(?:화면|페이지|팝업|폼)(?:을|를|도|하나|\s)*\s*(?:새로\s*)?(?:만들|생성|짜|개발|구현|작성)|\b(?:create|build|generate|develop|design)\b|\bmake\s+(?:me\s+)?an?\b|\bnew\s+(?:screen|page|form)\b",
        prose,
        re.IGNORECASE,
    )
    if STRONG_POINTING.search(prose) and not _question_form(prose):
        return True
    if new or (signals.has_model and not signals.has_base):
        return False
    if signals.has_base or signals.has_history:
        return bool(
            PARTS.search(prose) or POINTING.search(prose) or not STRONG_SCREEN.search(prose)
        ) and not _question_form(prose)
    if STRONG_SCREEN.search(prose) or _question_form(prose):
        return False
    parts = PARTS.search(prose) is not None
    if parts and ORDERED.search(prose):
        return True
    pointed = POINTING.search(prose) is not None and len(prose.split()) <= _SHORT
    return (parts or pointed) and not signals.known_subject


def _question_form(prose: str) -> bool:
    if re.match(r"\s*(?:how|what|why|which|where|when)\b", prose, re.IGNORECASE):
        return True
    if ORDERED.search(prose):
        return False
    return bool(QUESTION.search(prose)) and not re.search(
        r"만들어|생성해|주세요|\b(?:please|make|create|add|remove|change)\b", prose, re.IGNORECASE
    )


def asks_plainly(prose: str) -> bool:
    """Whether it asks for knowledge by its words alone, and for nothing to be made."""
    return COMPARED.search(prose) is not None and CREATE.search(prose) is None


def _is_question(prose: str, signals: Signals) -> bool:
    if asks_plainly(prose):
        return True
    if signals.has_model:
        return False
    asked = QUESTION.search(prose)
    if signals.known_subject and STRONG_SCREEN.search(prose) and POLITE.search(prose) and not ASKING.search(prose):
        return False
    if re.search(r"어떻게|어케|어떡", prose) and not re.search(r"줘|주세요|주실|부탁", prose):
        return True
    if not asked:
        return bool(PLEADING.search(prose)) and not CREATE.search(prose) and not STRONG_SCREEN.search(prose)
    made = re.search(
        r"(?:화면|페이지|폼|팝업|프로그램|게시판)(?:도|을|를|은|는)?\s*(?:하나\s*)?(?:만들|개발|생성|구현)\s*수\s*있|(?:화면|페이지|폼|팝업|그리드|목록|프로그램|게시판|UI)[^.?]{0,20}(?:만들어|생성해|짜|개발해|구현해|작성해|그려|뽑아|부탁|필요)(?!.{0,12}(?:방법|어떻게|하려면|려면))"
        r"|만들어\s*(?:줘|주세요|주실|줄\s*수|달라|줄래)|\b(?:can|could|would|will)\s+you\s+(?:please\s+)?(?:make|create|build|generate|write|design|give)|\b(?:could|can|may)\s+(?:i|we)\s+(?:get|have|see)\b|\bis\s+it\s+possible\s+to\s+(?:have|get|make|create)\b|\b(?:create|make|build|generate)\s+(?:me\s+)?an?\b(?!.{0,60}\?)",
        prose,
        re.IGNORECASE,
    )
    return not made or re.match(r"\s*(?:how|what|why|which|where)\b", prose, re.IGNORECASE) is not None
