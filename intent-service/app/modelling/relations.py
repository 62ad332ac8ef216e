"""Relations between entities: stated by foreign keys, or inferred from what stands together."""

from screenspec.data_model import Entity, Relation

from ..parsing.declared import DeclaredModel
from .fields import FieldWriter
from .keys import identifies_alone


def relate(parent: Entity, child: Entity) -> Relation:
    """The child gets the parent's key where it doesn't have it; a line's own key needs it beside it."""
    in_key = child.origin == "inferred" or not identifies_alone(child, parent)
    names: list[str] = []
    for key in [field for field in parent.fields if field.key]:
        own = next((field for field in child.fields if field.name == key.name), None)
        if own is None:
            foreign = key.model_copy(update={"origin": "inferred", "search": "none", "key": in_key})
            child.fields.insert(len(names), foreign)
        elif in_key:
            own.key = own.required = True
        names.append(key.name)
    return Relation(parent=parent.name, child=child.name, parent_fields=names, child_fields=names, origin="inferred")


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
