"""What a stated entity is about: by its own name, by what the prompt is about, by its fields."""

import re
from dataclasses import replace

from ..language.text import Language
from ..language.word_lists import words
from ..parsing.declared import DeclaredEntity
from ..vocabulary.lexicon import Lexicon
from ..vocabulary.naming import singular, split_identifier
from .subject import Subject, own_name, subject_of

_IDENTIFIER = re.compile(r"(?:번호|코드|아이디|ID|명|이름|\s(?:name|nm|id|no|code|number|cd|key|seq))$", re.IGNORECASE)
_FILE_NAMES = words(
    "columns column cols col data table tables fields field list sheet sheet1 test sample export book book1 file model"
    " schema spec 컬럼 컬럼목록 테이블정의서 테이블 항목 목록 데이터 정의서 시트1 샘플 예시"
)
"""Names of files that say nothing about what is in them."""
_WRAPPERS = words("items rows records record results result content contents payload body response")
"""Members of a response that hold its data."""
_TABLE_PREFIXES = frozenset({"tb", "tbl", "t", "tm", "td", "th", "tn", "tc"})
_TYPE_SUFFIXES = frozenset({"dto", "vo", "entity", "bean", "response", "res", "request", "req"})
"""Last words of classes that say what the class is for: PatientTransferDto."""
_LOWER_PART = frozenset({"상세", "디테일", "라인", "내역", "detail", "details", "line", "lines"})
_UPPER_PART = frozenset({"헤더", "마스터", "기본", "기본정보", "header", "headers", "master", "head"})
_ITEMS = frozenset({"품목", "항목", "명세", "item", "items", "rows", "entries"})
"""The lower part's name, where the upper part is called by its place or known to have lines."""
_LOOKED_AT = 3
"""How many of the first fields may tell what a list is about."""


class EntitySubjects:
    """Finds the subjects of one model's entities; no two get the same name where their words differ."""

    def __init__(self, lexicon: Lexicon, language: Language) -> None:
        self._lexicon = lexicon
        self._language = language

    def of(self, declared: DeclaredEntity, subject: Subject | None, before: list[Subject]) -> Subject:
        """`subject`: what the prompt is about; `before`: the entities that stand before this one."""
        found = self._of(declared, subject, before)
        if any(found.name == other.name and found.text != other.text for other in before):
            return own_name(found, self._lexicon)
        return found

    def _of(self, declared: DeclaredEntity, subject: Subject | None, before: list[Subject]) -> Subject:
        if not declared.name:
            return subject or self._of_fields(declared)
        if not before and subject is not None and declared.name.lower() in _UPPER_PART:
            return subject
        if before and self._is_lower_part(declared.name.lower(), subject, before[0]):
            return self._lower_part(before[0])
        unsaid = declared.name.casefold() in _FILE_NAMES or (not before and declared.name.casefold() in _WRAPPERS)
        if unsaid and not declared.table:
            return subject or self._of_fields(declared)
        if split_identifier(declared.name) and declared.name.isascii():
            return self._of_identifier(declared, subject, before)
        return subject_of(declared.name, self._lexicon, self._language)

    def _is_lower_part(self, name: str, subject: Subject | None, upper: Subject) -> bool:
        lines = upper is subject or (upper.archetype is not None and bool(upper.archetype.details))
        return name in _LOWER_PART or (name in _ITEMS and lines)

    def _of_identifier(self, declared: DeclaredEntity, subject: Subject | None, before: list[Subject]) -> Subject:
        parts = self._telling(declared)
        text = " ".join(parts)
        about = subject_of(text, self._lexicon, self._language)
        archetype = about.archetype
        name = about.name if archetype is None else "_".join([*parts[:-1], singular(parts[-1])])
        label = declared.label or self._label(text, about, subject, before)
        return Subject(text, name, label or about.label, archetype)

    def _telling(self, declared: DeclaredEntity) -> list[str]:
        """The words of a table's or a class's name that say what it is about."""
        parts = split_identifier(declared.name)
        if declared.table and len(parts) > 1 and parts[0] in _TABLE_PREFIXES:
            parts = parts[1:]
        plain = "_" not in declared.name and not declared.name.isupper()
        while plain and len(parts) > 1 and parts[-1] in _TYPE_SUFFIXES and not self._lexicon.archetype(" ".join(parts)):
            parts = parts[:-1]
        return parts

    def _label(self, text: str, about: Subject, subject: Subject | None, before: list[Subject]) -> str:
        """In Korean the archetype's, else what the prose calls it, else its words' translation."""
        if self._language != "ko":
            return ""
        if about.archetype is not None:
            return about.archetype.korean[0]
        korean = self._lexicon.korean_label(text) or ""
        if subject is None:
            return korean
        return korean or f"{before[0].label} 상세" if before else subject.label

    def _lower_part(self, upper: Subject) -> Subject:
        """The part below 주문: 주문 상세."""
        child = upper.archetype.details[0] if upper.archetype and upper.archetype.details else ""
        label = f"{upper.label} 상세" if self._language == "ko" else f"{upper.label} detail"
        archetype = self._lexicon.archetype_by_name.get(child)
        return Subject(label, archetype.name if archetype else f"{upper.name[:55]}_detail", label, archetype)

    def _of_fields(self, declared: DeclaredEntity) -> Subject:
        """`송장번호`, `사번` and `employee_id` tell what a list without a name is about; `우편번호` is one itself."""
        for field in declared.fields[:_LOOKED_AT]:
            term = self._lexicon.term(field.name) or self._lexicon.term_of_identifier(field.name)
            names = [" ".join(split_identifier(field.name)) if field.name.isascii() else field.name]
            names += [term.korean] if term is not None else []
            for name in names:
                stem = _IDENTIFIER.sub("", name).strip()
                about = next((text for text in (stem, name) if text and self._lexicon.archetype(text)), None)
                if stem != name and about is not None:
                    return subject_of(about, self._lexicon, self._language)
        return self._of_identifying(declared.fields[0].name)

    def _of_identifying(self, name: str) -> Subject:
        """`pickupId` is about pickups, 날짜 about nothing that has a name."""
        text = " ".join(split_identifier(name)) if name.isascii() else name
        stem = _IDENTIFIER.sub("", text).strip()
        if len(stem) > 1 and stem != text and not stem.isdigit():
            found = subject_of(stem, self._lexicon, self._language)
            korean = self._lexicon.korean_label(stem) if self._language == "ko" and stem.isascii() else None
            return replace(found, label=korean or found.label)
        label = "자료" if self._language == "ko" else "Record"
        return Subject("", "record", label)
