"""Relations between entities: stated by foreign keys, or inferred from what stands together."""

from screenspec.data_model import Entity, Field, Relation

from ..parsing.declared import DeclaredModel
from ..vocabulary.naming import HANGUL
from .fields import FieldWriter
from .keys import identifies_alone, is_plain


def relate(parent: Entity, child: Entity) -> Relation:
    """The child gets the parent's key where it doesn't have it; a line's own key needs it beside it."""
    in_key = child.origin == "inferred" or not identifies_alone(child, parent)
    keys = [field for field in parent.fields if field.key]
    names: list[str] = []
    for key in keys:
        foreign = _reference(key, parent)
        own = next((field for field in child.fields if field.name == foreign.name), None)
        if own is None:
            foreign.key = in_key
            child.fields.insert(len(names), foreign)
        elif in_key:
            own.key = own.required = True
        names.append(foreign.name)
    return Relation(
        parent=parent.name,
        child=child.name,
        parent_fields=[key.name for key in keys],
        child_fields=names,
        origin="inferred",
    )


def _reference(key: Field, parent: Entity) -> Field:
    """The field that refers to a key; `code` and `id` would be taken for the child's own."""
    names = {"name": key.name, "label": key.label}
    if is_plain(key.name):
        space = "" if HANGUL.search(parent.label) else " "
        names = {"name": f"{parent.name[:55]}_{key.name}", "label": f"{parent.label[:190]}{space}{key.label}"}
    return key.model_copy(update={**names, "origin": "inferred", "search": "none"})


def stated_relations(declared: DeclaredModel, named: dict[str, Entity], writer: FieldWriter) -> list[Relation]:
    """`named`: the entities by the names that the source gives them."""
    relations = []
    for item in declared.entities:
        child = named[item.name.casefold()]
        for reference in item.references:
            parent = named.get(reference.parent.casefold())
            if parent is None or parent is child:
                continue
            child_fields = [writer.name(name) for name in reference.fields]
            parent_fields = [writer.name(name) for name in reference.parent_fields]
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


def main_first(entities: list[Entity], relations: list[Relation]) -> list[Entity]:
    """The entity that the screen is about comes first: a parent that is nobody's child, where there are relations."""
    children = {relation.child for relation in relations}
    parents = {relation.parent for relation in relations} - children
    if not parents or entities[0].name in parents:
        return entities
    main = next(entity for entity in entities if entity.name in parents)
    return [main, *(entity for entity in entities if entity is not main)]
