"""The fields that an entity usually has: its archetype's, its lines', or what nearly every entity has."""

import re

from screenspec.data_model import Entity, Field

from ..language.text import Language
from ..vocabulary.entries import Archetype, ArchetypeField
from ..vocabulary.lexicon import Lexicon
from .codes import CodeGroups
from .fields import FieldWriter
from .keys import new_key
from .subject import Subject

_TRADE = re.compile(
    r"(?:주문|발주|수주|견적|구매|매입|판매|매출|납품|입고|출고|입출고|반품|배송|거래명세|세금계산|청구|송장|영수증|장바구니)(?:서|표|요청|의뢰|신청|등록|번호)?$"
    r"|(?:^|(?<!work)(?<!transport)_)(?:orders?|purchases?|quotations?|quotes?|estimates?|invoices?|sales?|receipts?|shipments?|returns?|carts?|bills?|goods_issue)"
    r"(?:_(?:requests?|requisitions?|slips?|forms?|statements?))?$"
)
"""Subjects whose lines are items with a price."""
_TRADE_LINE = ("품목명", "수량", "단가", "금액", "비고")
_LINE = ("구분", "설명", "일자", "비고")


class UsualFields:
    """Writes inferred entities; their code groups go to the model's."""

    def __init__(self, lexicon: Lexicon, language: Language, writer: FieldWriter, codes: CodeGroups) -> None:
        self._lexicon = lexicon
        self._language = language
        self._writer = writer
        self._codes = codes

    def entity(self, subject: Subject) -> Entity:
        archetype = subject.archetype
        fields = self._of_archetype(archetype, subject) if archetype else self._of_any(subject)
        return Entity(name=subject.name, label=subject.label, table=subject.name, fields=fields)

    def details(self, subject: Subject) -> Entity:
        """What stands below a subject: the details of its archetype, else lines; those of a trade have amounts."""
        archetype = subject.archetype
        child = self._lexicon.archetype_by_name.get(archetype.details[0]) if archetype and archetype.details else None
        label = f"{subject.label} 상세" if self._language == "ko" else f"{subject.label} detail"
        about = Subject(label, child.name if child else f"{subject.name[:55]}_detail", label, child)
        fields = self._of_archetype(child, about) if child else self._of_line(about, traded=_is_traded(subject))
        return Entity(name=about.name, label=about.label, table=about.name, fields=fields)

    def line_number(self, about: Subject) -> list[Field]:
        """What numbers the lines below a parent."""
        return self._written([ArchetypeField("순번", key=True, required=True)], about, set())

    def _of_archetype(self, archetype: Archetype, subject: Subject) -> list[Field]:
        fields = self._written(archetype.fields, subject, set())
        if not any(field.key for field in fields):
            fields.insert(0, new_key(subject.name, subject.label, {field.name for field in fields}))
        return fields

    def _of_any(self, subject: Subject) -> list[Field]:
        """An id, a name, a kind, a state, a description, a date."""
        name_label = f"{subject.label}명" if self._language == "ko" else f"{subject.label} name"
        taken: set[str] = set()
        fields = [
            new_key(subject.name, subject.label, taken),
            Field(name=f"{subject.name[:57]}_name", label=name_label[:200], length=100, required=True),
        ]
        usual = [ArchetypeField(term) for term in ("구분", "상태", "담당자", "설명", "등록일")]
        return fields + self._written(usual, subject, taken)

    def _of_line(self, about: Subject, *, traded: bool) -> list[Field]:
        items = [ArchetypeField("순번", key=True, required=True)]
        items += [ArchetypeField(name) for name in (_TRADE_LINE if traded else _LINE)]
        return self._written(items, about, set())

    def _written(
        self, items: list[ArchetypeField] | tuple[ArchetypeField, ...], subject: Subject, taken: set[str]
    ) -> list[Field]:
        return [field for item in items if (field := self._field(item, subject, taken)) is not None]

    def _field(self, item: ArchetypeField, subject: Subject, taken: set[str]) -> Field | None:
        if item.term == "#":
            key = new_key(subject.name, subject.label, taken)
            taken.add(key.name)
            return key
        term = self._lexicon.term(item.term)
        if term is None or term.column in taken:
            return None
        taken.add(term.column)
        field = self._writer.of_term(term, key=item.key, required=item.required)
        self._codes.attach(field, subject.name, [], item.code_group or term.code_group)
        return field


def _is_traded(subject: Subject) -> bool:
    return any(_TRADE.search(name) is not None for name in (subject.name, subject.text.strip()))
