"""The vocabulary with its indexes: look-ups in Korean, English and abbreviations, and translation between them."""

import re
from functools import cached_property, lru_cache

from ..language.word_lists import FUNCTION_NOUNS, HEADS_ENGLISH, LEADS_ENGLISH, STOP_ENGLISH
from .compounds import parted
from .entries import Archetype, Domain, StandardCodeGroup, Term, Word
from .field_names import FieldNames
from .field_spelling import FieldSpeller
from .loader import Entries, load_entries
from .naming import HANGUL, humanise, singular, snake, split_identifier
from .romanise import romanise
from .spelling import Speller


def squeeze(text: str) -> str:
    """The form in which Korean and English names are compared: lower case, no spaces, no marks."""
    return "".join(character for character in text.lower() if character.isalnum())


_TELLING = 3
"""Syllables in front of a known last word that a misspelt name needs: 거레처코드, and not 수조번호."""


class Lexicon:
    """Read-only after construction; shared by all requests."""

    def __init__(self, entries: Entries) -> None:
        self.entries = entries
        self.domains: dict[str, Domain] = entries.domains
        self.code_groups: dict[str, StandardCodeGroup] = entries.code_groups
        self._terms: dict[str, Term] = {}
        self._by_abbreviation: dict[str, Term] = {}
        self._by_korean_word: dict[str, Word] = {}
        self._by_english_word: dict[str, Word] = {}
        self._by_word_abbreviation: dict[str, Word] = {}
        self._archetypes: dict[str, Archetype] = {}
        self.archetype_by_name = {archetype.name: archetype for archetype in entries.archetypes}
        self._index()
        self._longest_word = max(map(len, self._by_korean_word))
        self.translate = lru_cache(maxsize=4096)(self._translate)

    @cached_property
    def field_names(self) -> FieldNames:
        return FieldNames(self)

    @cached_property
    def _speller(self) -> Speller:
        subjects = [name for archetype in self.entries.archetypes for name in archetype.english]
        words = {part for name in subjects for part in name.split()} | HEADS_ENGLISH
        korean = {name for archetype in self.entries.archetypes for name in archetype.korean}
        known = {part for term in self.entries.terms for part in term.english.split()} | set(self._by_english_word)
        return Speller(words, korean, known | STOP_ENGLISH | LEADS_ENGLISH | FUNCTION_NOUNS)

    def mended(self, text: str) -> str:
        """The text with misspelt names of screens' subjects put right."""
        return self._speller.mended(text)

    @cached_property
    def _field_speller(self) -> FieldSpeller:
        terms = self.entries.terms
        english = {part for term in terms for part in term.english.split()} | set(self._by_english_word)
        return FieldSpeller((name for term in terms for name in (term.korean, *term.synonyms)), english)

    def mended_field(self, name: str) -> str:
        """A field's name put right where only its mended form is known; else as it is."""
        if self._knows(name):
            return name
        size = next((size for size in (4, 3, 2, 1) if name[-size:] in self._by_korean_word), 0)
        if HANGUL.search(name) and len(name) - size < _TELLING:
            return name
        nearest = self._field_speller.nearest(name)
        return nearest if nearest is not None and self._knows(nearest) else name

    def _knows(self, name: str) -> bool:
        if self.term(name) is not None:
            return True
        return self.is_made_of_words(name) if HANGUL.search(name) else self.korean_label(name) is not None

    @cached_property
    def _foreign(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, sorted(self.entries.foreign, key=len, reverse=True))))

    def in_english(self, text: str) -> str:
        """A text in Japanese or Chinese with the words that the vocabulary knows in English."""
        return self._foreign.sub(lambda match: f" {self.entries.foreign[match.group()]} ", text)

    @classmethod
    def load(cls) -> "Lexicon":
        return cls(load_entries())

    def _index(self) -> None:
        for term in self.entries.terms:
            for name in (term.korean, term.english, *term.synonyms):
                self._terms.setdefault(squeeze(name), term)
            self._by_abbreviation.setdefault(term.abbreviation, term)
        for word in self.entries.words:
            self._by_korean_word.setdefault(word.korean, word)
            self._by_english_word.setdefault(word.english, word)
            self._by_word_abbreviation.setdefault(word.abbreviation.lower(), word)
        for archetype in self.entries.archetypes:
            self._archetypes.setdefault(squeeze(archetype.name), archetype)
        for archetype in self.entries.archetypes:
            for name in (*archetype.korean, *archetype.english):
                self._archetypes.setdefault(squeeze(name), archetype)

    def term(self, name: str) -> Term | None:
        """The term of a Korean or English name, or of a synonym."""
        return self._terms.get(squeeze(name))

    def archetype(self, name: str) -> Archetype | None:
        """The archetype of a Korean or English name (plural too), or of an alias."""
        key = squeeze(name)
        found = self._archetypes.get(key)
        if found is None and key.isascii():
            found = self._archetypes.get(singular(key)) or self._archetypes.get(squeeze("".join(self._expanded([key]))))
        return found

    def term_of_identifier(self, name: str) -> Term | None:
        """The term behind a column's name in any convention, abbreviated or not."""
        words = split_identifier(name)
        term = self._terms.get("".join(words)) or self._by_abbreviation.get("_".join(words).upper())
        if term is None and words:
            term = self._terms.get("".join(self._expanded(words)))
        return term

    def _expanded(self, words: list[str]) -> list[str]:
        """Abbreviations written out: `emp no` is `employee number`."""
        expanded = []
        for word in words:
            known = None if word in self._by_english_word else self._by_word_abbreviation.get(word)
            expanded.append(known.english if known else word)
        return expanded

    def korean_label(self, name: str) -> str | None:
        """A Korean label for an identifier; None where a part of it is not known."""
        term = self.term_of_identifier(name)
        if term is not None:
            return term.korean
        words = split_identifier(name)
        parts = [self._by_english_word.get(word) or self._by_word_abbreviation.get(word) for word in words]
        if not words or not all(parts):
            return None
        return "".join(part.korean for part in parts if part)

    def english_label(self, name: str) -> str:
        """An English label for an identifier or a Korean name."""
        known = self.term(name)
        if known is not None:
            return humanise(known.english.split())
        if HANGUL.search(name):
            return humanise(self.translate(name))
        term = self.term_of_identifier(name)
        words = split_identifier(name)
        return humanise(term.english.split() if term else self._expanded(words))

    def name_of(self, text: str) -> str:
        """A framework-free column name for a Korean or English name; empty where no letter is left."""
        term = self.term(text)
        if term is not None:
            return term.column
        if HANGUL.search(text):
            return snake(part for chunk in text.split() for part in self._field_words(chunk))
        return snake(split_identifier(text))

    def _field_words(self, chunk: str) -> list[str]:
        """English words for a part of a field's name: 과제 beside 출석 is an assignment, and no project."""
        if self.is_made_of_words(chunk):
            return self._segments(chunk)
        return [part for word in self.translate(chunk) for part in split_identifier(word)]

    def abbreviation_of(self, text: str) -> str:
        """`EMP_NO` for 사원번호, employeeNumber and employee_number."""
        term = self.term(text) or (None if HANGUL.search(text) else self.term_of_identifier(text))
        if term is not None:
            return term.abbreviation
        words = self.translate(text) if HANGUL.search(text) else tuple(split_identifier(text))
        shortened = []
        for word in words:
            known = self._by_english_word.get(word)
            shortened.append(known.abbreviation if known else word.upper())
        return "_".join(shortened)

    def _translate(self, korean: str) -> tuple[str, ...]:
        """English words for a Korean compound: known words first, the rest in Latin letters."""
        words: list[str] = []
        for chunk in korean.split():
            term = self._terms.get(squeeze(chunk))
            archetype = self._archetypes.get(squeeze(chunk))
            if archetype is not None:
                words += archetype.words.split()
            elif term is not None:
                words += term.english.lower().split()
            else:
                words += self._segments(chunk)
        return tuple(word for word in words if word)

    def translate_words(self, korean: str) -> tuple[str, ...]:
        """As `translate`, by words alone: 과제 is an assignment, whatever archetype it belongs to."""
        return tuple(part for chunk in korean.split() for part in self._segments(chunk) if part)

    def _segments(self, chunk: str) -> list[str]:
        """Known words in English, the rest in Latin letters.

        All of it in Latin letters where the known parts are but syllables (참석인 and 원): no name is half and half.
        """
        parts = self._parted(chunk)
        whole = any(word is None for _, word in parts) and not any(word and len(text) > 1 for text, word in parts)
        english = [romanise(chunk)] if whole else [word.english if word else romanise(text) for text, word in parts]
        return [part for text in english for part in split_identifier(text)]

    def is_word(self, korean: str) -> bool:
        return korean in self._by_korean_word

    def is_made_of_words(self, chunk: str) -> bool:
        """Whether known words cover a Korean compound without a rest."""
        return bool(chunk) and all(word is not None for _, word in self._parted(chunk))

    def _parted(self, chunk: str) -> list[tuple[str, Word | None]]:
        return parted(chunk, self._by_korean_word, self._longest_word)
