"""What words say about a field: `필수`, `100자 이내`, `숫자 8자리`, `varchar(20) not null`, and the ending behind."""

from dataclasses import dataclass

from ...vocabulary.field_names import TERM, FieldNames
from ...vocabulary.naming import HANGUL
from ..attributes import apply_attribute, is_attribute
from ..declared import DeclaredField
from .words import Word

_LEADS = frozenset(
    {"최대", "최소", "길이", "길이는", "소수점", "소수", "not", "primary", "unique", "기본값", "기본값은", "최대길이"}
)
"""Words that say something only with the next."""
_BEFORE_RULES = frozenset({"not", "primary"})
_TRAILERS = frozenset({"이내", "이하", "까지", "입력", "입력값", "항목", "필수값", "형식", "타입", "형"})


@dataclass(frozen=True, slots=True)
class Rules:
    """`count`: how many words they take; `closed`: whether an ending closes the list behind them."""

    texts: tuple[str, ...]
    count: int
    closed: bool

    def apply(self, field: DeclaredField) -> None:
        for text in self.texts:
            apply_attribute(field, text)


def is_rule(word: Word, names: FieldNames) -> bool:
    """Whether a word alone describes a field and names none."""
    if HANGUL.search(word.stem) and names.strength(word.stem) == TERM:
        return False
    return (
        word.raw.lower() in _BEFORE_RULES or is_attribute(word.raw) or (bool(word.ending) and is_attribute(word.stem))
    )


def read_rules(words: list[Word], *, predicate: bool) -> Rules | None:
    """The rules at the start of the words. `predicate`: behind a topic, where 날짜 and 숫자 are types too."""
    texts: list[str] = []
    index = 0
    while index < len(words):
        taken, text, ending = _at(words, index, predicate=predicate or bool(texts))
        if not taken:
            break
        texts.append(text)
        index += taken
        if ending:
            return Rules(tuple(texts), index, ending == "close")
    if texts and index < len(words) and words[index].stem in _TRAILERS:
        return Rules(tuple(texts), index + 1, bool(words[index].ending))
    return Rules(tuple(texts), index, False) if texts else None


def _at(words: list[Word], index: int, *, predicate: bool) -> tuple[int, str, str]:
    """How many words one rule takes, its text, and the ending behind it."""
    word = words[index]
    if index + 1 < len(words):
        following = words[index + 1]
        for text, ending in ((f"{word.raw} {following.raw}", ""), (f"{word.raw} {following.stem}", following.ending)):
            if (word.raw.lower() in _LEADS or predicate or is_attribute(word.raw)) and _states(text, predicate=True):
                return 2, text, ending
    if _states(word.raw, predicate=predicate):
        return 1, word.raw, ""
    if word.ending and _states(word.stem + word.group, predicate=predicate):
        return 1, word.stem + word.group, word.ending
    return 0, "", ""


def _states(text: str, *, predicate: bool) -> bool:
    return apply_attribute(DeclaredField(""), text) if predicate else is_attribute(text)
