"""Builds the data model of a request: stated entities exactly, everything else inferred."""

from collections.abc import Iterable
from dataclasses import dataclass, field as attribute

from screenspec.data_model import DataModel, Entity, Field, Relation

from ..language.text import Language
from ..parsing.declared import DeclaredEntity, DeclaredField, DeclaredModel
from ..vocabulary.entries import Archetype
from ..vocabulary.field_names import HEAD, TERM
from ..vocabulary.lexicon import Lexicon
from ..vocabulary.naming import HANGUL, unique
from . import search_conditions
from .codes import CodeGroups
from .entity_subjects import EntitySubjects
from .fields import FieldWriter
from .keys import find_keys, find_line_key, new_key
from .relations import main_first, relate, stated_relations
from .subject import Subject
from .usual_fields import UsualFields

MAX_FIELDS = 1_000
_TELLING = 3
"""Korean syllables that a name needs to stand for a longer one: 코드 and 구분 end too many."""


@dataclass(slots=True)
class Built:
    """A model, and what has to be said about it: pairs of code and facts."""

    model: DataModel
    notes: list[tuple[str, dict[str, object]]] = attribute(default_factory=list)


class ModelBuilder:
    """One use for each request. `conditions`: fields of lists that are said to be of conditions."""

    def __init__(self, lexicon: Lexicon, language: Language, conditions: Iterable[DeclaredField] = ()) -> None:
        self._lexicon = lexicon
        self._writer = FieldWriter(lexicon, language)
        self._codes = CodeGroups(lexicon, language)
        self._usual = UsualFields(lexicon, language, self._writer, self._codes)
        self._subjects = EntitySubjects(lexicon, language)
        self._listed = {item.name: item for item in conditions}
        self._notes: list[tuple[str, dict[str, object]]] = []

    def stated(
        self, declared: DeclaredModel, subject: Subject | None, searched: list[str], *, with_details: bool = False
    ) -> Built:
        """The model of stated entities. `subject` names a list of fields that has no name of its own.

        `with_details`: below a single one stands what usually does.
        """
        taken: set[str] = set()
        abouts: list[Subject] = []
        named: dict[str, Entity] = {}
        for item in declared.entities:
            abouts.append(self._subjects.of(item, subject, abouts))
            named[item.name.casefold()] = self._stated_or_usual(item, abouts[-1], taken)
        entities = list(named.values())
        relations = stated_relations(declared, named, self._writer)
        if not relations and len(entities) > 1 and not any(item.table for item in declared.entities):
            below = _pairs(entities, declared) if declared.stacked else [(entities[0], entities[1])]
            for (parent, child), item, about in zip(below, declared.entities[1:], abouts[1:], strict=False):
                relations.append(relate(parent, child))
                self._number_lines(child, relations[-1], item, about)
        if len(entities) == 1 and not declared.entities[0].table:
            self._add_searched(entities[0], searched, least=HEAD, shown=False)
            if with_details:
                entities.append(self._usual.details(abouts[0]))
                relations = [relate(*entities)]
        return self._built(main_first(entities, relations), relations, searched)

    def inferred(self, subject: Subject, searched: list[str], *, with_details: bool = False) -> Built:
        """The model of a subject about which nothing is stated."""
        entities, relations = [self._usual.entity(subject)], []
        if with_details:
            entities.append(self._usual.details(subject))
            relations = [relate(*entities)]
        self._add_searched(entities[0], searched)
        return self._built(entities, relations, searched)

    def below(self, parent: Subject, child: Subject | None, declared: DeclaredEntity, searched: list[str]) -> Built:
        """A parent about which nothing is stated, and its lines, whose fields are."""
        lines = self._usual.details(parent)
        upper = self._usual.entity(parent)
        lower = self._entity(declared, child or Subject(lines.label, lines.name, lines.label), {upper.name})
        self._add_searched(upper, searched)
        return self._built([upper, lower], [relate(upper, lower)], searched)

    def pair(self, parent: Subject, child: Subject, searched: list[str]) -> Built:
        """Two subjects of which the first is the parent."""
        entities = [self._usual.entity(parent), self._usual.entity(child)]
        return self._built(entities, [relate(*entities)], searched)

    def _built(self, entities: list[Entity], relations: list[Relation], searched: list[str]) -> Built:
        for entity in entities:
            search_conditions.choose(entity.fields, self._searched(searched, entity))
        used = {field.code_group for entity in entities for field in entity.fields}
        groups = [group for group_id, group in self._codes.groups.items() if group_id in used]
        return Built(DataModel(entities=entities, relations=relations, code_groups=groups), self._notes)

    def _stated_or_usual(self, declared: DeclaredEntity, about: Subject, taken: set[str]) -> Entity:
        """What is named alone, as a part of a screen, has what it usually has."""
        if declared.fields:
            return self._entity(declared, about, taken)
        usual = self._usual.entity(about)
        return usual.model_copy(update={"name": unique(usual.name, taken)})

    def _entity(self, declared: DeclaredEntity, about: Subject, taken: set[str]) -> Entity:
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

    def _stated_field(self, declared: DeclaredField, entity: str, names: set[str]) -> Field:
        field, values, known = self._writer.stated(declared, names)
        self._codes.attach(field, entity, values, known)
        return field

    def _number_lines(self, child: Entity, relation: Relation, declared: DeclaredEntity, about: Subject) -> None:
        """Lines whose key is found to be their parent's alone get one of their own beside it."""
        others = [field for field in child.fields if field.name not in relation.child_fields]
        if any(field.key for field in declared.fields) or any(field.key for field in others):
            return
        found = find_line_key(others, child.name)
        if found is not None:
            found.key = found.required = True
            return
        child.fields[0:0] = self._usual.line_number(about)

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

    def _add_searched(self, entity: Entity, wanted: list[str], *, least: int = TERM, shown: bool = True) -> None:
        """What the prompt asks to search by, and the entity has not: what is listed, or looks like a field.

        Not `shown`: beside columns that are stated, it is searched by alone.
        """
        taken = {field.name for field in entity.fields}
        for text in wanted:
            listed = self._listed.get(text)
            if not self._has(text, entity, listed) and (listed or self._lexicon.field_names.strength(text) >= least):
                declared = listed or DeclaredField(text)
                if search_conditions.is_period(text) and declared.bare:
                    declared = DeclaredField(text, type="date")
                field = self._stated_field(declared, entity.name, taken)
                field.shown = shown
                entity.fields.append(field)

    def _has(self, text: str, entity: Entity, listed: DeclaredField | None) -> bool:
        """Whether a field of the entity is meant; 기간(개월) is a number, and no date of a period."""
        counted = listed is not None and (listed.type or listed.unit) is not None
        if counted and search_conditions.is_period(text):
            return any(field.label.casefold() == text.casefold() for field in entity.fields)
        return self._meant(text, entity) is not None

    def _searched(self, wanted: list[str], entity: Entity) -> list[str]:
        """The names of the entity's fields that the prompt asks to search by."""
        found = (self._meant(text, entity) for text in wanted)
        return [field.name for field in found if field is not None]

    def _meant(self, text: str, entity: Entity) -> Field | None:
        """The field that is called so, else one whose name holds it (상태: 주문상태), or that means the same (dept).

        Else one that is called so in short (입찰공고명: 공고명), or the date of a period.
        """
        name, said = self._writer.name(text), text.casefold()
        exact = (item for item in entity.fields if item.label.casefold() == said or item.name == name)
        close = (
            item for item in entity.fields
            if said in item.label.casefold() or item.name.endswith(name) or item.name.startswith(f"{name}_")
            if item.name != f"{entity.name}_id"
        )  # fmt: skip
        term = self._writer.known(text).term
        same = (item for item in entity.fields if term is not None and self._writer.known(item.name).term is term)
        short = (
            item
            for item in entity.fields
            if len(item.label) >= _TELLING and HANGUL.search(said) and said.endswith(item.label)
        )
        found = next(exact, None) or next(close, None) or next(same, None)
        return found or next(short, None) or search_conditions.date_of_period(said, entity.fields)


def _pairs(entities: list[Entity], declared: DeclaredModel) -> list[tuple[Entity, Entity]]:
    """Each parent with what stands below it: the one before, but for those that stand beside that one."""
    pairs: list[tuple[Entity, Entity]] = []
    for index, child in enumerate(entities[1:], start=1):
        parent = pairs[-1][0] if declared.entities[index].beside and pairs else entities[index - 1]
        pairs.append((parent, child))
    return pairs
