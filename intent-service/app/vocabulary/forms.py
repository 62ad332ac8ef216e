"""A name in all its forms, whichever it is given in: 사원번호, employeeNumber, EMP_NO; and as a framework writes it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .lexicon import Lexicon
from .naming import pascal, split_identifier


@dataclass(frozen=True, slots=True)
class NameForms:
    """`korean` is None where a part of the name is not in the vocabulary."""

    korean: str | None
    english: str
    snake: str
    camel: str
    abbreviation: str


@dataclass(frozen=True, slots=True)
class NamingRule:
    """How a framework writes a name: the case of its words, and what stands before them."""

    case: str = "snake"
    prefix: str = ""

    def apply(self, snake_name: str) -> str:
        words = split_identifier(snake_name)
        if self.case == "upper_snake":
            return self.prefix + "_".join(words).upper()
        if self.case == "pascal":
            return self.prefix + pascal(words)
        if self.case == "camel":
            return self.prefix + camel(words)
        return self.prefix + "_".join(words)


def camel(words: list[str]) -> str:
    return "".join([*words[:1], *(word.capitalize() for word in words[1:])])


def forms_of(name: str, lexicon: Lexicon) -> NameForms:
    """The forms of a Korean, English or abbreviated name, in any convention."""
    term = lexicon.term(name) or (lexicon.term_of_identifier(name) if name.isascii() else None)
    snake = term.column if term is not None else lexicon.name_of(name)
    words = split_identifier(snake)
    korean = name if not name.isascii() else lexicon.korean_label(name)
    return NameForms(
        korean=term.korean if term is not None else korean,
        english=lexicon.english_label(name),
        snake=snake,
        camel=camel(words),
        abbreviation=lexicon.abbreviation_of(name),
    )


def naming_rule(pack: Path, thing: str) -> NamingRule:
    """The rule of a pack's `naming.yaml` for a kind of thing (`column`); snake case where it says nothing."""
    path = pack / "naming.yaml"
    document: Any = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else None
    rules = document.get("rules") if isinstance(document, dict) else None
    rule = rules.get(thing) if isinstance(rules, dict) else None
    if not isinstance(rule, dict):
        return NamingRule()
    return NamingRule(case=str(rule.get("case", "snake")), prefix=str(rule.get("prefix", "")))
