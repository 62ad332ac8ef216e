"""What a screen is about: an archetype of the vocabulary, or a noun that it doesn't know."""

from dataclasses import dataclass, replace

from ..language.text import Language
from ..vocabulary.entries import Archetype
from ..vocabulary.lexicon import Lexicon
from ..vocabulary.naming import HANGUL, humanise, singular, snake, split_identifier

MAX_IN_FULL = 45
"""Letters of an entity's name that is made of all words: longer ones are no help."""


@dataclass(frozen=True, slots=True)
class Subject:
    """`text` is how the prompt calls it; `name` is its framework-free name."""

    text: str
    name: str
    label: str
    archetype: Archetype | None = None
    confidence: float = 1.0
    phrase: str = ""
    """What the prompt calls it with all words that belong to it: 출장비 정산."""


def subject_of(text: str, lexicon: Lexicon, language: Language, confidence: float = 1.0) -> Subject:
    """The subject of a noun: the archetype's name where there is one, else the noun translated."""
    archetype = lexicon.archetype(text)
    if archetype is not None:
        label = _label(text, archetype, language)
        return Subject(text, archetype.name, label, archetype, confidence)
    if HANGUL.search(text):
        words = list(lexicon.translate(text))
        if len(words) > 1 and words[-1] == "name" and not text.endswith(("명", "이름")):
            words.pop()  # 사업장 is a field's name too: the workplace's
        label = text.strip() if language == "ko" else humanise(words)
    else:
        words = split_identifier(text)
        words = [*words[:-1], singular(words[-1])] if words else []
        label = humanise(words) if text.islower() or language == "en" else text.strip()
    name = snake(part for word in words for part in split_identifier(word)) or "item"
    return Subject(text, name, label or "Item", None, confidence)


def _label(text: str, archetype: Archetype, language: Language) -> str:
    if language == "ko":
        return text.strip() if HANGUL.search(text) or not text.islower() else archetype.korean[0]
    return humanise(archetype.words.split())


def in_full(subject: Subject, lexicon: Lexicon, language: Language, *, stated: bool) -> Subject:
    """The subject named by all words that the prompt says of it; what is known of it stays.

    `stated`: whether its fields are; then 자재 불출 요청서 is no 자재, for the last word says what it is.
    """
    if not subject.phrase:
        return subject
    words = _singular_end(subject.phrase.lower().split())
    label = subject.phrase if language == "ko" else humanise(words)
    before, _, behind = subject.phrase.partition(subject.text)
    own = subject.name.split("_")
    leading = [word for word in _in_words(before, lexicon) if word not in own]
    korean = HANGUL.search(subject.phrase) is not None
    name = snake([*leading, *own, *_in_words(behind, lexicon)] if korean else words)
    archetype = None if stated and behind.strip() else subject.archetype
    name = name if len(name) <= MAX_IN_FULL else subject.name
    return replace(subject, name=name, label=label, archetype=archetype)


def _in_words(text: str, lexicon: Lexicon) -> list[str]:
    """English words for what stands beside an archetype's name, by terms and words alone."""
    if not HANGUL.search(text):
        return _singular_end(split_identifier(text))
    found: list[str] = []
    for chunk in text.split():
        term = None if lexicon.is_made_of_words(chunk) else lexicon.term(chunk)
        found += term.column.split("_") if term is not None else lexicon.translate_words(chunk)
    return found


def _singular_end(words: list[str]) -> list[str]:
    return [*words[:-1], singular(words[-1])] if words else []


def own_name(subject: Subject, lexicon: Lexicon) -> Subject:
    """The subject under its own words, where its archetype's name is another's already: 과제 beside 프로젝트."""
    words = lexicon.translate_words(subject.text) if HANGUL.search(subject.text) else split_identifier(subject.text)
    return replace(subject, name=snake(part for word in words for part in split_identifier(word)) or subject.name)


def parent_first(subjects: list[Subject]) -> list[Subject]:
    """The first two in the other order where the second is known to have the first as its details."""
    if len(subjects) < 2 or not (subjects[0].archetype and subjects[1].archetype):
        return subjects
    first, second, *rest = subjects
    swapped = second.archetype is not None and first.name in second.archetype.details
    return [second, first, *rest] if swapped else subjects


def has_as_lines(parent: Subject, child: Subject) -> bool:
    """Whether `items` below a parent are its own lines (발주 품목) and not the item master."""
    return child.name == "item" and parent.archetype is not None and bool(parent.archetype.details)


def default_subject(lexicon: Lexicon, language: Language) -> Subject:
    """What is made where the prompt names nothing: the archetype `task`."""
    archetype = lexicon.archetype_by_name["task"]
    label = archetype.korean[1] if language == "ko" else humanise(archetype.words.split())
    return Subject("", archetype.name, label, archetype, 0.3)
