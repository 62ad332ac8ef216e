"""Rules on names in a script: reached by `this`, spelt as the markup spells them."""

from tree_sitter import Node

from .script_source import line_at
from .script_view import SELF, View

_MOSTLY = 3
"""Bare names to one that is reached by `this`: then bare names are the script's way."""


def mend_names(view: View) -> None:
    if view.around.is_popup or view.constructor is not None or not _mostly_bare(view):
        for node in view.source.nodes("identifier"):
            _bare(view, node)
    for node in view.source.nodes("member"):
        _member(view, node)


def _mostly_bare(view: View) -> bool:
    """Whether the script of an ordinary screen reaches the screen's objects by their bare names, which works there."""
    bare = [node for node in view.source.nodes("identifier") if view.source.text(node) in view.around.types]
    own = [node for node in view.source.nodes("member") if view.type_of(node) is not None]
    return len(bare) > _MOSTLY * len(own)


def _bare(view: View, node: Node) -> None:
    """A bare name that is the screen's becomes `this.name`."""
    name = view.source.text(node)
    if name in view.declared or not _is_read(node) or name in view.around.rules.globals:
        return
    is_object = name in view.around.types
    is_function = name in view.functions and _is_called(node)
    if not is_object and not is_function:
        return
    if view.constructor is not None and name == view.source.text(view.constructor.child_by_field_name("name")):
        return
    if view.is_inner(node):
        if view.around.is_popup:
            view.notes.flagged("self_in_function", line_at(node), name=name)
        return
    if not _in_function(node):
        return
    if view.edits.free(node.start_byte, node.start_byte):
        view.edits.replace(node.start_byte, node.start_byte, f"{SELF}.")
        view.notes.mended("self_added", line_at(node), name=name)


def _is_read(node: Node) -> bool:
    parent = node.parent
    if parent is None:
        return False
    return parent.type not in {
        "function_declaration", "formal_parameters", "variable_declarator", "labeled_statement", "catch_clause",
        "function_expression", "class_declaration", "continue_statement", "break_statement",
    } or (parent.type == "variable_declarator" and parent.child_by_field_name("name") != node)  # fmt: skip


def _is_called(node: Node) -> bool:
    parent = node.parent
    return parent is not None and parent.type == "call_expression" and parent.child_by_field_name("function") == node


def _in_function(node: Node) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.type in {"function_declaration", "function_expression", "arrow_function", "method_definition"}:
            return True
        parent = parent.parent
    return False


def _member(view: View, node: Node) -> None:
    """`this.name` that nothing has: the object or function that was meant."""
    inner, prop = node.child_by_field_name("object"), node.child_by_field_name("property")
    if inner is None or prop is None or inner.type != "this" or view.is_inner(node):
        return
    name = view.source.text(prop)
    known = view.known
    if name in known or name in view.around.rules.globals:
        if name in view.around.rules.globals and name not in known and view.edits.free(node.start_byte, node.end_byte):
            view.edits.replace(inner.start_byte, prop.start_byte, "")
            view.notes.mended("name_mended", line_at(node), old=f"{SELF}.{name}", new=name)
        return
    if _is_called(node):
        _function(view, prop, name, line_at(node))
        return
    found = view.known_name(name)
    if found is None or not view.edits.free(prop.start_byte, prop.end_byte):
        return
    if found.lower() == name.lower() or found.replace("_", "").lower() == name.replace("_", "").lower():
        view.notes.mended("name_mended", line_at(prop), old=name, new=found)
    elif not view.notes.may("name_mended", line_at(prop), old=name, new=found):
        return
    view.edits.replace(prop.start_byte, prop.end_byte, found)


def _function(view: View, prop: Node, name: str, line: int) -> None:
    """`this.name()` without such a function: a method of the screen, or a function of nearly that name."""
    lower = name.lower()
    screen = next(iter(view.around.rules.objects), None)
    if screen and (lower in view.around.methods(screen) or lower in view.around.repairs.methods.get(screen, {})):
        if view.edits.free(prop.start_byte, prop.start_byte):
            view.edits.replace(prop.start_byte, prop.start_byte, f"{screen}.")
            view.notes.mended("method_moved", line, name=name, new=screen)
        return
    same = [item for item in view.functions if item.lower().replace("_", "") == lower.replace("_", "")]
    if len(same) == 1 and view.edits.free(prop.start_byte, prop.end_byte):
        view.edits.replace(prop.start_byte, prop.end_byte, same[0])
        view.notes.mended("name_mended", line, old=name, new=same[0])
