"""Rules on members read or written as fields, where the framework has methods."""

from tree_sitter import Node

from .script_source import line_at
from .script_view import View


def mend_properties(view: View) -> None:
    for node in view.source.nodes("member"):
        _property(view, node)


def _property(view: View, node: Node) -> None:
    target, prop, parent = node.child_by_field_name("object"), node.child_by_field_name("property"), node.parent
    if target is None or prop is None or parent is None:
        return
    if parent.type == "call_expression" and parent.child_by_field_name("function") == node:
        return
    kind = view.type_of(target)
    if kind is None:
        return
    lower = view.source.text(prop).lower()
    found = next(
        (
            table[lower]
            for name in view.around.chain(kind)
            if lower in (table := view.around.repairs.properties.get(name, {}))
        ),
        None,
    )
    if found is None:
        return
    getter, setter = found
    if parent.type == "assignment_expression" and parent.child_by_field_name("left") == node:
        _write(view, prop, parent, setter)
    elif parent.type not in {"update_expression", "augmented_assignment_expression"} and view.edits.free(
        prop.start_byte, prop.end_byte
    ):
        view.notes.mended("property_as_method", line_at(prop), old=view.source.text(prop), new=getter)
        view.edits.replace(prop.start_byte, prop.end_byte, f"{getter}()")


def _write(view: View, prop: Node, assignment: Node, setter: str | None) -> None:
    right = assignment.child_by_field_name("right")
    if setter is None or right is None or not view.edits.free(prop.start_byte, right.end_byte):
        return
    view.notes.mended("property_as_method", line_at(prop), old=view.source.text(prop), new=setter)
    view.edits.replace(prop.start_byte, right.start_byte, f"{setter}(")
    view.edits.replace(right.end_byte, right.end_byte, ")")
