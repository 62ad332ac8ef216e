"""Rules on a script's shape: nothing runs at the top level, a popup is a constructor, functions can be added."""

import re

from tree_sitter import Node

from .script_source import Source, line_at
from .script_view import SELF, View

_TAB = "\t"


def add_function(view: View, name: str, parameters: str, body: list[str]) -> None:
    """Writes a function of the screen: at the end, or as a member of the constructor."""
    code = view.source.code
    if view.constructor is not None:
        block = view.constructor.child_by_field_name("body")
        end = block.end_byte - 1 if block is not None else len(code)
        lines = [f"{SELF}.{name} = function ({parameters})", "{", *(_TAB + line for line in body), "};"]
        text = "\n" + "".join(f"{_TAB}{line}\n" for line in lines)
    else:
        end = len(code)
        gap = "" if code.endswith(b"\n") or not code else "\n"
        lines = [f"function {name}({parameters})", "{", *(_TAB + line for line in body), "}"]
        text = gap + ("\n" if code.strip() else "") + "".join(f"{line}\n" for line in lines)
    view.edits.replace(end, end, text)


def add_to_body(view: View, function: Node, lines: list[str], *, first: bool) -> None:
    """Puts statements into a function, at its start or its end."""
    body = function.child_by_field_name("body")
    if body is None:
        return
    margin = _TAB * (2 if view.constructor is not None else 1)
    text = "".join(f"\n{margin}{line}" for line in lines)
    if first:
        view.edits.replace(body.start_byte + 1, body.start_byte + 1, text)
    else:
        outer = margin[:-1]
        view.edits.replace(body.end_byte - 1, body.end_byte - 1, text.removeprefix("\n" + outer) + "\n" + outer)


def mend_top_level(view: View) -> None:
    """Statements at the top level run before there are components: they belong into the load handler."""
    source, load = view.source, view.around.repairs.load
    moved = [node for node in source.tree.root_node.named_children if _runs_too_early(view, node)]
    if not moved or view.constructor is not None:
        return
    lines: list[str] = []
    for node in moved:
        lines += [line.strip() if index == 0 else line for index, line in enumerate(source.text(node).split("\n"))]
    if not view.notes.may("top_level_moved", line_at(moved[0]), name=load):
        return
    for node in moved:
        view.edits.replace(node.start_byte, node.end_byte, "")
    if load in view.functions:
        add_to_body(view, view.functions[load], lines, first=False)
    else:
        add_function(view, load, "", lines)


def _runs_too_early(view: View, node: Node) -> bool:
    if node.type != "expression_statement" or not node.named_children:
        return False
    inner = node.named_children[0]
    if inner.type != "call_expression":
        return False
    function = inner.child_by_field_name("function")
    if function is None or function.type not in {"identifier", "member_expression"}:
        return False
    name = view.source.text(function).removeprefix(f"{SELF}.")
    return name.split(".")[0] in {*view.functions, *view.around.types}


def constructor_name(directory: str, screen_id: str) -> str:
    return f"{directory.strip('/').replace('/', '_')}_{screen_id}".lstrip("_")


def as_popup(view: View) -> str | None:
    """The script as a constructor named after its path; None where it is right, or is no popup."""
    around, popup = view.around, view.around.repairs.popup
    if (
        not around.is_popup
        or around.pack.manifest.options.get(popup.option) != popup.constructor
        or not around.screen_id
    ):
        return None
    wanted = constructor_name(around.directory, around.screen_id)
    if view.constructor is not None:
        name = view.constructor.child_by_field_name("name")
        old = view.source.text(name)
        if name is None or old == wanted:
            return None
        view.notes.mended("popup_constructor_renamed", line_at(name), old=old, new=wanted)
        code = view.source.code
        return (code[: name.start_byte] + wanted.encode() + code[name.end_byte :]).decode(errors="replace")
    if not view.functions or not view.notes.may("popup_form", 1, name=wanted):
        return None
    return _wrapped(view.source, wanted)


def _wrapped(source: Source, name: str) -> str:
    code = source.code
    for node in reversed(source.tree.root_node.named_children):
        if node.type != "function_declaration":
            continue
        parts = [node.child_by_field_name(part) for part in ("name", "parameters")]
        if parts[0] is None or parts[1] is None:
            continue
        head = f"{SELF}.{source.text(parts[0])} = function ".encode()
        code = code[: node.end_byte] + b";" + code[node.end_byte :]
        code = code[: node.start_byte] + head + code[parts[1].start_byte :]
    text = code.decode(errors="replace").strip("\n")
    shifted = "\n".join(_TAB + line if line.strip() else line for line in text.split("\n"))
    return f"function {name}()\n{{\n{re.sub(r'[ ]+$', '', shifted)}\n}}\n"
