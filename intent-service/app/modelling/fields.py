"""Fields of the file format from what was stated and from the vocabulary."""

import re
from dataclasses import dataclass

from screenspec.data_model import Field

from ..language.text import Language
from ..parsing.declared import DeclaredField
from ..parsing.units import domain_of_unit
from ..vocabulary.entries import Domain, Term
from ..vocabulary.heads import domain_of_head
from ..vocabulary.lexicon import Lexicon
from ..vocabulary.naming import HANGUL, humanise, snake, split_identifier, unique

_COMMENT_VALUES = re.compile(r"^(?P<label>[^(（:\[]{1,40}?)\s*[(（:\[]\s*(?P<values>[^)）\]]+?)\s*[)）\]]?$")
_CODE_PAIR = re.compile(r"^\s*([A-Za-z0-9_]{1,10})\s*[:=.\-]\s*(\S.*?)\s*$")
_YN_NAME = re.compile(r"(?:^|_)(?:yn|flag|fl|flg)$")
_JOINED = re.compile(r"_|[a-z][A-Z]")
_TIMES = (["dtm"], ["dttm"], ["dtime"], ["datetime"], ["timestamp"])
MAX_LABEL = 200


@dataclass(frozen=True, slots=True)
class Known:
    """What the vocabulary knows about a field's name."""

    domain: Domain | None
    code_group: str | None
    term: Term | None


class FieldWriter:
    """Turns stated fields and terms into fields, in the language of the labels."""

    def __init__(self, lexicon: Lexicon, language: Language) -> None:
        self._lexicon = lexicon
        self._language = language

    def known(self, name: str) -> Known:
        """By the term, else by the last word of the name (…일자 is a date, …_amount an amount)."""
        term = self._lexicon.term(name) or self._lexicon.term_of_identifier(name)
        if term is not None:
            return Known(term.domain, term.code_group, term)
        head = domain_of_head(name)
        domain = self._lexicon.domains[head] if head else None
        return Known(domain, "YN" if head == "yn" else None, None)

    def stated(self, declared: DeclaredField, taken: set[str]) -> tuple[Field, list[tuple[str, str]], str | None]:
        """The field, its stated code values, and the code group that serves it where the vocabulary has one."""
        _values_from_comment(declared)
        name = unique(self.name(declared.name), taken)
        known = self.known(declared.name if HANGUL.search(declared.name) else name)
        kind, length, scale, shown = declared.type, declared.length, declared.scale, declared.format
        group = declared.code_group
        if kind is None:
            domain = self._domain(declared, known)
            kind, scale = ("code", None) if declared.values else (domain.type, domain.scale)
            length, group = length or domain.length, group or known.code_group
            shown = shown or domain.format
        elif kind == "date" and _holds_time(declared):
            kind = "datetime"
        elif kind == "string" and length == 1 and _YN_NAME.search(name):
            kind, group = "code", "USE_YN" if name in {"use_yn", "useyn"} else "YN"
        elif known.domain is not None and known.domain.type == kind:
            group, shown = group or known.code_group, shown or known.domain.format
            length = length or (known.domain.length if kind in {"string", "code"} else None)
        if kind == "code" and declared.values:
            group, length = None, length or max(len(code) for code, _ in declared.values)
        field = Field(
            name=name,
            label=self._label(declared, name),
            type=kind,
            length=length,
            scale=scale,
            required=declared.required or declared.key,
            key=declared.key,
            default=declared.default,
            format=shown,
            origin="stated",
        )
        return field, declared.values, group

    def _domain(self, declared: DeclaredField, known: Known) -> Domain:
        """What the name says; what has a unit is a number."""
        if declared.unit and (known.domain is None or known.domain.type in {"string", "text", "time"}):
            return self._lexicon.domains[declared.unit]
        return known.domain or self._lexicon.domains["name"]

    def name(self, text: str) -> str:
        """Identifiers keep their words; Korean and English names are translated."""
        found = self._lexicon.name_of(text) if HANGUL.search(text) else snake(split_identifier(text))
        return found or "field"

    def _label(self, declared: DeclaredField, name: str) -> str:
        """As stated; a column's name (`EMP_NO`, `empNo`) is turned into the language of the labels."""
        written = declared.name.strip()
        if declared.label.strip():
            return declared.label.strip()[:MAX_LABEL]
        if HANGUL.search(written):
            return written[:MAX_LABEL]
        if self._language != "ko":
            return (humanise(split_identifier(written)) or name)[:MAX_LABEL]
        if self._is_korean_as_it_is(written):
            return written[:MAX_LABEL]
        plain = humanise(split_identifier(written)) if _JOINED.search(written) else written
        return (self._lexicon.korean_label(name) or self._with_unit(name) or plain or name)[:MAX_LABEL]

    def _with_unit(self, name: str) -> str | None:
        """`weight_kg` is 무게(kg)."""
        *words, unit = split_identifier(name) or [""]
        known = self._lexicon.korean_label("_".join(words)) if words and domain_of_unit(unit) is not None else None
        return f"{known}({unit})" if known is not None else None

    def _is_korean_as_it_is(self, written: str) -> bool:
        """`URL`, `PM`, `e-mail`: what Koreans write in Latin letters, and no column's name."""
        if _JOINED.search(written) is None and not written.isalnum():
            return True
        term = self._lexicon.term(written)
        return term is not None and not written.islower() and written in {term.korean, *term.synonyms}

    def of_term(self, term: Term, *, key: bool = False, required: bool = False) -> Field:
        domain = term.domain
        return Field(
            name=term.column,
            label=term.korean if self._language == "ko" else humanise(term.english.split()),
            type=domain.type,
            length=domain.length,
            scale=domain.scale,
            format=domain.format,
            key=key,
            required=key or required,
        )


def _holds_time(declared: DeclaredField) -> bool:
    """`REG_DTM DATE`: a DATE of Oracle's has a time, and the column says so."""
    return split_identifier(declared.name)[-1:] in _TIMES or declared.label.strip().endswith("일시")


def _values_from_comment(declared: DeclaredField) -> None:
    """A comment such as `상태(01:대기, 02:진행)` states label and values."""
    if declared.values or not declared.label:
        return
    match = _COMMENT_VALUES.match(declared.label)
    if match is None:
        return
    pairs = [_CODE_PAIR.match(part) for part in re.split(r"\s*[,/;|]\s*", match["values"])]
    values = [(pair[1], pair[2]) for pair in pairs if pair]
    if len(values) >= 2 and len(values) == len(pairs):
        declared.label, declared.values = match["label"].strip(), values
        declared.type = "code"
