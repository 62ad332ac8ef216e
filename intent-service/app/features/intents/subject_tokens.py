"""A prompt as words: their stems, and which of them name no subject."""

import re
from dataclasses import dataclass

from ...language.korean import is_verbal, stem
from ...language.word_lists import FUNCTION_NOUNS, HEADS_ENGLISH, STOP_ENGLISH, STOP_KOREAN
from ...vocabulary.lexicon import Lexicon

_WORD = re.compile(r"[A-Za-z0-9가-힣][A-Za-z0-9가-힣_'-]*")
_TABLE_PREFIX = re.compile(r"^(?:tbl?|t)_(?=[A-Za-z]{2})", re.IGNORECASE)
_MAKING = re.compile(
    r"^(?:(?:만들어|맹글어|(?:생성|작성|개발|구현)해)(?:주|줘|달)|보여(?:주|줘|줄|달)|나오(?:게|고|는|면)|띄워(?:주|줘)|넣(?:고|어|은|는)|놓고|두고)"
)
_PARTICLE = re.compile(r"^(?:으?로|을|를|은|는|와|과|이랑|랑|하고|에서|에게|에는?|으로는|으로도|이나|까지|부터)$")
"""What is left of a word whose noun stood in a list."""
_COUNT = re.compile(r"^\d+\s*(?:개|칸|줄|행|열|건|가지|항목|컬럼|필드|cols?|columns?|rows?)")
"""`20개짜리`, `5열`."""
VAGUE = frozenset({"업무", "작업"})
"""Subjects, but not in front of 화면, nor as a place: 업무 화면 and 업무에 쓸 화면 are any screen, 업무 관리 is about tasks."""
OUR = frozenset({"our", "my", "us"})
_GLUED = re.compile(
    r"(?<=[가-힣]{2})(?=(?:만들|만드러|맹글|짜줘|짜주|부탁|생성해|보여줘|개발해|구현해|작성해|필요해|필요합))"
)


@dataclass(frozen=True, slots=True)
class Token:
    raw: str
    stem: str
    function: bool
    stop: bool
    joined: bool = True
    """Whether blanks alone stand between it and the word before."""


def read_tokens(prose: str, lexicon: Lexicon) -> list[Token]:
    tokens = []
    text = _GLUED.sub(" ", prose)
    end = 0
    for match in _WORD.finditer(text):
        found, between, end = match.group(), text[end : match.start()], match.end()
        raw = _TABLE_PREFIX.sub("", found)
        lowered = raw.lower()
        base = stem(lowered)
        english = raw.isascii()
        function = base in FUNCTION_NOUNS or (english and base in HEADS_ENGLISH)
        stop = (
            lowered in STOP_KOREAN
            or base in STOP_KOREAN
            or base.removesuffix("들") in STOP_KOREAN
            or _MAKING.match(raw) is not None
            or _PARTICLE.match(raw) is not None
            or (english and all(part in STOP_ENGLISH for part in lowered.split("-")))
            or base.isdigit()
            or _COUNT.match(lowered) is not None
            or (len(lowered) > 2 and lowered.endswith("별"))
            or (
                len(lowered) > 2
                and lowered.endswith("용")
                and lexicon.archetype(lowered) is None
                and lexicon.term(lowered) is None
            )
        )
        stop = stop and raw == found  # a table's name is no filler
        tokens.append(
            Token(
                raw,
                base if not english else lowered,
                function,
                stop or (not english and (is_verbal(base) or is_verbal(lowered)) and lexicon.archetype(base) is None),
                joined=not between.strip(" \t"),
            )
        )
    return tokens
