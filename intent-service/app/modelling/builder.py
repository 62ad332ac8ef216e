"""Builds the data model of a request: stated entities exactly, everything else inferred."""

import re
from dataclasses import dataclass, field as attribute
from itertools import pairwise

from screenspec.data_model import DataModel, Entity, Field, Relation

from ..language.text import Language
from ..language.word_lists import words
from ..parsing.declared import DeclaredEntity, DeclaredField, DeclaredModel
from ..vocabulary.entries import Archetype, ArchetypeField
from ..vocabulary.lexicon import Lexicon
from ..vocabulary.naming import singular, split_identifier, unique
from . import search_conditions
from .codes import CodeGroups
from .fields import FieldWriter
from .keys import find_keys, new_key
from .subject import Subject, subject_of

MAX_FIELDS = 1_000
_IDENTIFIER = re.compile(r"(?:번호|코드|아이디|ID|명|이름|\s(?:name|nm|id|no|code|number|cd|key|seq))$", re.IGNORECASE)
_FILE_NAMES = words(
    "columns column cols col data table tables fields field list sheet sheet1 test sample export book book1 file model"
    " schema spec 컬럼 컬럼목록 테이블정의서 테이블 항목 목록 데이터 정의서 시트1 샘플 예시"
)
"""Names of files that say nothing about what is in them."""
_TABLE_PREFIXES = frozenset({"tb", "tbl", "t", "tm", "td", "th", "tn", "tc"})


@dataclass(slots=True)
class Built:
    """A model, and what has to be said about it: pairs of code and facts."""

    model: DataModel
    notes: list[tuple[str, dict[str, object]]] = attribute(default_factory=list)


class ModelBuilder:
    """One use for each request."""

    def __init__(self, lexicon: Lexicon, language: Language) -> None:
        self._lexicon = lexicon
        self._language = language
        self._writer = FieldWriter(lexicon, language)
        self._codes = CodeGroups(lexicon, language)
        self._notes: list[tuple[str, dict[str, object]]] = []

    def stated(self, declared: DeclaredModel, subject: Subject | None, searched: list[str]) -> Built:
        """The model of stated entities. `subject` names a list of fields that has no name of its own."""
        taken: set[str] = set()
        named = {item.name.casefold(): self._entity(item, subject, taken) for item in declared.entities}
        entities = list(named.values())
        relations = self._stated_relations(declared, named)
        if not relations and len(entities) > 1 and not any(item.table for item in declared.entities):
            relations = [self._relate(parent, child) for parent, child in pairwise(entities[:2])]
        for entity in entities:
            search_conditions.choose(entity.fields, self._searched(searched, entity))
        return self._built(_main_first(entities, relations), relations)

    def inferred(self, subject: Subject, searched: list[str], *, with_details: bool = False) -> Built:
        """The model of a subject about which nothing is stated."""
        archetype = subject.archetype
        fields = self._archetype_fields(archetype, subject) if archetype else self._unknown_fields(subject)
        entity = Entity(name=subject.name, label=subject.label, table=subject.name, fields=fields)
        entities, relations = [entity], []
        if with_details:
            child = self._details(archetype, subject)
            relations = [self._relate(entity, child)]
            entities.append(child)
        for item in entities:
            search_conditions.choose(item.fields, self._searched(searched, item))
        return self._built(entities, relations)

    def pair(self, parent: Subject, child: Subject, searched: list[str]) -> Built:
        """Two subjects of which the first is the parent."""
        entities = [
            Entity(
                name=subject.name,
                label=subject.label,
                table=subject.name,
                fields=self._archetype_fields(subject.archetype, subject)
                if subject.archetype
                else self._unknown_fields(subject),
            )
            for subject in (parent, child)
        ]
        relations = [self._relate(*entities)]
        for item in entities:
            search_conditions.choose(item.fields, self._searched(searched, item))
        return self._built(entities, relations)

    def _built(self, entities: list[Entity], relations: list[Relation]) -> Built:
        used = {field.code_group for entity in entities for field in entity.fields}
        groups = [group for group_id, group in self._codes.groups.items() if group_id in used]
        return Built(DataModel(entities=entities, relations=relations, code_groups=groups), self._notes)

    def _entity(self, declared: DeclaredEntity, subject: Subject | None, taken: set[str]) -> Entity:
        about = self._subject_of(declared, subject)
        entity_name = unique(about.name, taken)
        names: set[str] = set()
        fields = [self._stated_field(item, entity_name, names) for item in declared.fields[:MAX_FIELDS]]
        entity = Entity(
            name=entity_name,
            label=(declared.label or about.label)[:200],
            table=declared.table or entity_name,
            fields=fields,
            origin="stated",
        )
        self._ensure_key(entity, about.archetype, names)
        return entity

    def _subject_of(self, declared: DeclaredEntity, subject: Subject | None) -> Subject:
        if not declared.name:
            return subject or self._subject_of_key(declared)
        if subject is not None and not declared.table and declared.name.casefold() in _FILE_NAMES:
            return subject
        parts = split_identifier(declared.name)
        if declared.table and len(parts) > 1 and parts[0] in _TABLE_PREFIXES:
            parts = parts[1:]
        if parts and declared.name.isascii():
            text = " ".join(parts)
            korean = self._lexicon.korean_label(text) if self._language == "ko" else None
            about = subject_of(text, self._lexicon, self._language)
            archetype = about.archetype
            label = declared.label or (archetype.korean[0] if archetype and self._language == "ko" else korean) or ""
            name = about.name if archetype is None else "_".join([*parts[:-1], singular(parts[-1])])
            return Subject(text, name, label or about.label, archetype)
        return subject_of(declared.name, self._lexicon, self._language)

    def _subject_of_key(self, declared: DeclaredEntity) -> Subject:
        """`송장번호` and `employee_id` tell what a list without a name is about."""
        for field in declared.fields[:1]:
            stem = _IDENTIFIER.sub("", " ".join(split_identifier(field.name)) or field.name).strip()
            stem = stem if stem != field.name else ""
            if stem and self._lexicon.archetype(stem) is not None:
                return subject_of(stem, self._lexicon, self._language)
        return subject_of("item", self._lexicon, self._language)

    def _stated_field(self, declared: DeclaredField, entity: str, names: set[str]) -> Field:
        field, values, known = self._writer.stated(declared, names)
        self._codes.attach(field, entity, values, known)
        return field

    def _ensure_key(self, entity: Entity, archetype: Archetype | None, names: set[str]) -> None:
        if any(field.key for field in entity.fields):
            return
        known = tuple(
            term.column
            for item in (archetype.fields if archetype else ())
            if item.key and (term := self._lexicon.term(item.term)) is not None
        )
        found = find_keys(entity.fields, entity.name, known)
        for field in found:
            field.key = field.required = True
        if found:
            names_found = ", ".join(field.name for field in found)
            self._notes.append(("key_inferred", {"entity": entity.label, "field": names_found}))
            return
        key = new_key(entity.name, entity.label, names)
        entity.fields.insert(0, key)
        self._notes.append(("key_added", {"entity": entity.label, "field": key.name}))

    def _archetype_fields(self, archetype: Archetype, subject: Subject) -> list[Field]:
        taken: set[str] = set()
        fields = []
        for item in archetype.fields:
            field = self._archetype_field(item, subject, taken)
            if field is not None:
                fields.append(field)
        if not any(field.key for field in fields):
            fields.insert(0, new_key(subject.name, subject.label, taken))
        return fields

    def _archetype_field(self, item: ArchetypeField, subject: Subject, taken: set[str]) -> Field | None:
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

    def _unknown_fields(self, subject: Subject) -> list[Field]:
        """What nearly every business entity has: an id, a name, a kind, a state, a description, a date."""
        taken: set[str] = set()
        name_label = f"{subject.label}명" if self._language == "ko" else f"{subject.label} name"
        fields = [
            new_key(subject.name, subject.label, taken),
            Field(name=f"{subject.name[:57]}_name", label=name_label[:200], length=100, required=True),
        ]
        for term_name in ("구분", "상태", "담당자", "설명", "등록일"):
            field = self._archetype_field(ArchetypeField(term_name), subject, taken)
            if field is not None:
                fields.append(field)
        return fields

    def _details(self, archetype: Archetype | None, subject: Subject) -> Entity:
        child = self._lexicon.archetype_by_name.get(archetype.details[0]) if archetype and archetype.details else None
        label = f"{subject.label} 상세" if self._language == "ko" else f"{subject.label} detail"
        about = Subject(label, child.name if child else f"{subject.name[:55]}_detail", label, child)
        fields = self._archetype_fields(child, about) if child else self._line_fields(about)
        return Entity(name=about.name, label=about.label, table=about.name, fields=fields)

    def _line_fields(self, about: Subject) -> list[Field]:
        taken: set[str] = set()
        items = [ArchetypeField("순번", key=True, required=True)]
        items += [ArchetypeField(name) for name in ("품목명", "수량", "단가", "금액", "비고")]
        return [field for item in items if (field := self._archetype_field(item, about, taken)) is not None]

    def _relate(self, parent: Entity, child: Entity) -> Relation:
        """The child gets the parent's key where it doesn't have it: a key needs it."""
        names: list[str] = []
        for key in [field for field in parent.fields if field.key]:
            if not any(field.name == key.name for field in child.fields):
                foreign = key.model_copy(
                    update={"origin": "inferred", "search": "none", "key": child.origin == "inferred"}
                )
                child.fields.insert(len(names), foreign)
            names.append(key.name)
        return Relation(
            parent=parent.name, child=child.name, parent_fields=names, child_fields=names, origin="inferred"
        )

    def _stated_relations(self, declared: DeclaredModel, named: dict[str, Entity]) -> list[Relation]:
        relations = []
        for item in declared.entities:
            child = named[item.name.casefold()]
            for reference in item.references:
                parent = named.get(reference.parent.casefold())
                if parent is None or parent is child:
                    continue
                child_fields = [self._writer.name(name) for name in reference.fields]
                parent_fields = [self._writer.name(name) for name in reference.parent_fields]
                parent_fields = parent_fields or [field.name for field in parent.fields if field.key]
                if child_fields and len(child_fields) == len(parent_fields):
                    relations.append(
                        Relation(
                            parent=parent.name,
                            child=child.name,
                            parent_fields=parent_fields,
                            child_fields=child_fields,
                            origin="stated",
                        )
                    )
        return relations

    def _searched(self, wanted: list[str], entity: Entity) -> list[str]:
        """The names of the entity's fields that the prompt asks to search by."""
        found = []
        for text in wanted:
            name = self._writer.name(text)
            field = next((item for item in entity.fields if item.label == text or item.name == name), None)
            field = field or next(
                (item for item in entity.fields if text in item.label or item.name.endswith(name)), None
            )
            if field is not None:
                found.append(field.name)
        return found


def _main_first(entities: list[Entity], relations: list[Relation]) -> list[Entity]:
    """The entity that the screen is about comes first: a parent that is nobody's child, where there are relations."""
    children = {relation.child for relation in relations}
    parents = {relation.parent for relation in relations} - children
    if not parents or entities[0].name in parents:
        return entities
    main = next(entity for entity in entities if entity.name in parents)
    return [main, *(entity for entity in entities if entity is not main)]
