"""Reads the vocabulary from its YAML files: one file for each business area, and the shared ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .entries import Archetype, ArchetypeField, Domain, StandardCode, StandardCodeGroup, Term, Word

DATA = Path(__file__).parents[2] / "data"
_VOWELS = frozenset("aeiou")


class VocabularyError(Exception):
    """An entry of the vocabulary is malformed; the message names file and entry."""


@dataclass(frozen=True, slots=True)
class Entries:
    """All entries as read, in the order of the files."""

    domains: dict[str, Domain]
    words: list[Word]
    terms: list[Term]
    code_groups: dict[str, StandardCodeGroup]
    archetypes: list[Archetype]
    foreign: dict[str, str]
    """Words of other languages, and what they are in English."""


def load_entries(folder: Path = DATA) -> Entries:
    """Reads `domains.yaml`, `words.yaml`, `code_groups.yaml`, `foreign_words.yaml` and `areas/*.yaml`."""
    domains = {
        name: Domain(id=name, **(members or {})) for name, members in _read(folder / "domains.yaml")["domains"].items()
    }
    words = [_word(line) for line in _lines(_read(folder / "words.yaml")["words"])]
    groups = {group.id: group for group in map(_code_group, _lines(_read(folder / "code_groups.yaml")["code_groups"]))}
    abbreviations = {word.english: word.abbreviation for word in reversed(words)}
    terms: list[Term] = []
    archetypes: list[Archetype] = []
    for path in sorted((folder / "areas").glob("*.yaml")):
        document = _read(path)
        area = path.stem
        terms += [_term(line, area, domains, abbreviations) for line in _lines(document.get("terms", ""))]
        archetypes += [_archetype(line, area) for line in _lines(document.get("archetypes", ""))]
    return Entries(domains, words, terms, groups, archetypes, _read(folder / "foreign_words.yaml"))


def _read(path: Path) -> dict[str, Any]:
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if not isinstance(document, dict):
        raise VocabularyError(f"{path.name}: not a mapping")
    return document


def _lines(text: str) -> Iterator[str]:
    """Entries of a block: one a line, or several with semicolons between."""
    for line in text.splitlines():
        for part in line.split(";"):
            if part.strip() and not part.lstrip().startswith("#:"):
                yield part.strip()


def _columns(line: str, least: int) -> list[str]:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) < least:
        raise VocabularyError(f"{line!r}: {least} columns expected")
    return parts


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _word(line: str) -> Word:
    korean, english, abbreviation = _columns(line, 3)[:3]
    return Word(korean, english, abbreviation)


def _term(line: str, area: str, domains: dict[str, Domain], abbreviations: dict[str, str]) -> Term:
    korean, english, kind = _columns(line, 3)[:3]
    domain, _, group = kind.partition(":")
    if domain not in domains:
        raise VocabularyError(f"{area}: {korean}: no domain {domain!r}")
    first, *synonyms = _names(korean)
    name, *more = _names(english)
    return Term(
        korean=first,
        english=name,
        abbreviation="_".join(abbreviations.get(word) or abbreviate(word) for word in name.lower().split()),
        domain=domains[domain],
        code_group=group or ("YN" if domain == "yn" else None),
        synonyms=(*synonyms, *more),
        area=area,
    )


def abbreviate(word: str) -> str:
    """The abbreviation of a word that no standard word covers: its consonants, at most four letters."""
    plain = "".join(character for character in word.upper() if character.isalnum())
    if len(plain) <= 4:
        return plain
    return (plain[0] + "".join(character for character in plain[1:] if character.lower() not in _VOWELS))[:4]


def _code_group(line: str) -> StandardCodeGroup:
    group_id, korean, english, values = _columns(line, 4)[:4]
    return StandardCodeGroup(group_id, korean, english, tuple(_code(value) for value in _names(values)))


def _code(text: str) -> StandardCode:
    code, _, labels = text.partition("=")
    korean, _, english = labels.partition("/")
    return StandardCode(code.strip(), korean.strip(), english.strip() or korean.strip())


def _archetype(line: str, area: str) -> Archetype:
    name, korean, english, fields, *rest = _columns(line, 4)
    return Archetype(
        name=name,
        korean=_names(korean),
        english=_names(english),
        fields=tuple(_archetype_field(text) for text in _names(fields)),
        details=_names(rest[0]) if rest else (),
        area=area,
    )


def _archetype_field(text: str) -> ArchetypeField:
    """`사번*` a key, `성명!` required, `상태=ORDER_STATUS` with a code group, `#` the entity's own id."""
    term, _, group = text.partition("=")
    key = term.endswith("*") or term == "#"
    required = key or term.endswith("!")
    return ArchetypeField(
        term=term.rstrip("*!") if term != "#" else term, key=key, required=required, code_group=group or None
    )
