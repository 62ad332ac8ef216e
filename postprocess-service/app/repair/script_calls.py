"""Rules on calls: methods by the object's type, arguments in the framework's order."""

from tree_sitter import Node

from .nearest import nearest
from .script_source import line_at
from .script_view import SELF, View


def mend_calls(view: View) -> None:
    for call in view.source.nodes("call"):
        function = call.child_by_field_name("function")
        arguments = call.child_by_field_name("arguments")
        if function is None or arguments is None or arguments.type != "arguments":
            continue
        if function.type == "identifier":
            _global(view, function, arguments)
        elif function.type == "member_expression":
            _member(view, function, arguments)


def _global(view: View, function: Node, arguments: Node) -> None:
    """A function of another framework that this one has as a method of the screen."""
    name = view.source.text(function)
    if name in view.functions or name in view.declared:
        return
    form = view.around.repairs.functions.get(name.lower())
    if form is None or view.is_inner(function):
        return
    _to_screen(view, function, arguments, form.method, submits=form.form == "submit")


def _to_screen(view: View, function: Node, arguments: Node, method: str, *, submits: bool) -> None:
    repairs = view.around.repairs
    old, line = view.source.text(function), line_at(function)
    if not view.edits.free(function.start_byte, arguments.end_byte):
        return
    if submits:
        transaction = _transaction_in(view, arguments)
        if transaction is None or not view.notes.may("method_renamed", line, old=old, new=method):
            return
        new = f'{SELF}.{repairs.submit.object}.{method}("{transaction}", {repairs.submit.asynchronous})'
        view.edits.replace(function.start_byte, arguments.end_byte, new)
        return
    view.edits.replace(function.start_byte, function.end_byte, f"{SELF}.{repairs.submit.object}.{method}")
    view.notes.mended("method_renamed", line, old=old, new=method)


def _transaction_in(view: View, arguments: Node) -> str | None:
    """The transaction that some argument names: by its id, by its URL, by a near name."""
    texts = [text for text in (view.string(node) for node in arguments.named_children) if text]
    told = view.around.transactions
    for text in texts:
        if text in told:
            return text
    for text in texts:
        hits = [name for name, words in told.items() if len(text) > 3 and text.lower().strip("/") in words]
        if len(hits) == 1:
            return hits[0]
    for text in texts:
        found = _named(view, text)
        if found:
            return found
    return next(iter(told)) if len(told) == 1 else None


def _named(view: View, text: str) -> str | None:
    """The transaction of that name, with or without its prefix."""
    rule = view.around.pack.naming.rules.get("transaction")
    prefix = rule.prefix if rule else ""
    return nearest(text, view.around.transactions, 0.8) or nearest(f"{prefix}{text}", view.around.transactions, 0.8)


def _member(view: View, function: Node, arguments: Node) -> None:
    target, prop = function.child_by_field_name("object"), function.child_by_field_name("property")
    if target is None or prop is None:
        return
    name = view.source.text(prop)
    kind = view.type_of(target)
    if kind is None:
        table = view.around.repairs.objects.get(view.source.text(target).removeprefix(f"{SELF}.").lower(), {})
        method = table.get(name.lower())
        if method and not view.is_inner(function):
            _to_screen(view, function, arguments, method, submits=method == view.around.repairs.submit.method)
        return
    if name not in view.around.methods(kind):
        _method(view, kind, target, prop, arguments)
        return
    _arguments(view, kind, name, target, arguments)


def _method(view: View, kind: str, target: Node, prop: Node, arguments: Node) -> None:
    name, line = view.source.text(prop), line_at(prop)
    known, lower = view.around.methods(kind), name.lower()
    if not view.edits.free(prop.start_byte, prop.end_byte):
        return
    if lower in known:
        view.edits.replace(prop.start_byte, prop.end_byte, lower)
        view.notes.mended("method_renamed", line, old=name, new=lower)
        return
    values = arguments.named_children
    for parent in view.around.chain(kind):
        fixed = view.around.repairs.fixed.get(parent, {}).get(lower)
        if fixed and not values and fixed[0] in known:
            if view.edits.free(prop.start_byte, arguments.end_byte):
                view.edits.replace(prop.start_byte, arguments.end_byte, f"{fixed[0]}({fixed[1]})")
                view.notes.mended("method_renamed", line, old=name, new=fixed[0])
            return
        inverted = view.around.repairs.inverted.get(parent, {}).get(lower)
        if inverted and len(values) == 1 and inverted in known:
            _inverted(view, prop, arguments, inverted)
            return
        new = view.around.repairs.methods.get(parent, {}).get(lower)
        if new and new in known:
            view.edits.replace(prop.start_byte, prop.end_byte, new)
            view.notes.mended("method_renamed", line, old=name, new=new)
            return
    _elsewhere(view, kind, target, prop, known)


def _inverted(view: View, prop: Node, arguments: Node, new: str) -> None:
    value = arguments.named_children[0]
    text = view.source.text(value)
    other = {"true": "false", "false": "true"}.get(text, f"!({text})")
    if view.edits.free(prop.start_byte, arguments.end_byte):
        view.edits.replace(prop.start_byte, arguments.end_byte, f"{new}({other})")
        view.notes.mended("method_inverted", line_at(prop), old=view.source.text(prop), new=new)


def _elsewhere(view: View, kind: str, target: Node, prop: Node, known: frozenset[str]) -> None:
    """A method of another object, or one of nearly that name."""
    name, line = view.source.text(prop), line_at(prop)
    lower = name.lower()
    owner = view.around.repairs.moved.get(kind, {}).get(lower)
    if owner and view.edits.free(target.start_byte, prop.end_byte):
        reached = owner if owner in view.around.rules.globals else f"{SELF}.{owner}"
        view.edits.replace(target.start_byte, prop.end_byte, f"{reached}.{lower}")
        view.notes.mended("method_moved", line, name=name, new=owner)
        return
    found = nearest(lower, known, 0.88) if owner is None else None
    if found and view.notes.may("method_renamed", line, old=name, new=found):
        view.edits.replace(prop.start_byte, prop.end_byte, found)


def _arguments(view: View, kind: str, name: str, target: Node, arguments: Node) -> None:
    values = arguments.named_children
    repairs = view.around.repairs
    if name in repairs.row_first.get(kind, []) and len(values) >= 2:
        _row_first(view, kind, name, values, arguments)
    if kind == repairs.submit.object and name == repairs.submit.method:
        _submit(view, values, arguments)
    for rule in view.around.rules.arguments:
        if rule.refers == "column" and rule.type == kind and rule.method == name and rule.position < len(values):
            _column(view, target, values[rule.position])
    if name == repairs.popup.opens and kind == repairs.submit.object:
        _popup(view, name, values, arguments)


def _row_first(view: View, kind: str, name: str, values: list[Node], arguments: Node) -> None:
    first, second = view.string(values[0]), view.string(values[1])
    if first is not None and second is None and view.edits.free(values[0].start_byte, values[1].end_byte):
        new = f"{view.source.text(values[1])}, {view.source.text(values[0])}"
        view.edits.replace(values[0].start_byte, values[1].end_byte, new)
        view.notes.mended("arguments_order", line_at(arguments), name=name)
        return
    by_name = view.around.repairs.by_name.get(kind, {}).get(name)
    prop = arguments.prev_sibling.child_by_field_name("property") if arguments.prev_sibling is not None else None
    if by_name and second is not None and prop is not None and view.edits.free(prop.start_byte, prop.end_byte):
        view.edits.replace(prop.start_byte, prop.end_byte, by_name)
        view.notes.mended("method_by_name", line_at(prop), old=name, new=by_name)


def _submit(view: View, values: list[Node], arguments: Node) -> None:
    submit, line = view.around.repairs.submit, line_at(arguments)
    name = view.string(values[0]) if values else None
    if name is not None and name not in view.around.transactions and view.around.transactions:
        found = _transaction_in(view, arguments)
        if found and view.edits.free(values[0].start_byte, values[0].end_byte):
            if view.notes.may("transaction_named", line, old=name, new=found):
                view.edits.replace(values[0].start_byte, values[0].end_byte, f'"{found}"')
            return
    if len(values) == 1 and view.edits.free(values[0].end_byte, values[0].end_byte):
        view.edits.replace(values[0].end_byte, values[0].end_byte, f", {submit.asynchronous}")
        view.notes.mended("arguments_filled", line, name=submit.method)
    elif len(values) > 2 and view.edits.free(values[1].start_byte, values[-1].end_byte):
        view.edits.replace(values[1].start_byte, values[-1].end_byte, submit.asynchronous)
        view.notes.mended("arguments_filled", line, name=submit.method)


def _column(view: View, target: Node, value: Node) -> None:
    name = view.string(value)
    dataset = view.source.text(target).removeprefix(f"{SELF}.")
    known = view.around.columns.get(dataset)
    if name is None or not known or name in known:
        return
    found = nearest(name, known)
    free = view.edits.free(value.start_byte, value.end_byte)
    if found and free and view.notes.may("column_named", line_at(value), old=name, new=found):
        view.edits.replace(value.start_byte, value.end_byte, f'"{found}"')


def _popup(view: View, name: str, values: list[Node], arguments: Node) -> None:
    """All arguments of the call that opens a popup, told by what each of those given looks like."""
    popup, line = view.around.repairs.popup, line_at(arguments)
    if len(values) >= 2 and (url := view.string(values[1])) is not None:
        right = view.around.popup_urls.get(url.rsplit("/", maxsplit=1)[-1].split(".")[0])
        if right and right != url and view.edits.free(values[1].start_byte, values[1].end_byte):
            view.edits.replace(values[1].start_byte, values[1].end_byte, f'"{right}"')
            view.notes.mended("popup_url", line, old=url, new=right)
            return
    if len(values) >= popup.arguments - 1 or not values:
        return
    texts = [view.source.text(value) for value in values]
    strings = [text for value, text in zip(values, texts, strict=True) if value.type == "string"]
    numbers = [text for value, text in zip(values, texts, strict=True) if value.type == "number"]
    others = [
        text
        for value, text in zip(values, texts, strict=True)
        if value.type not in {"string", "number", "true", "false"}
    ]
    url = next((text for text in strings if "/" in text), None)
    if url is None or not view.edits.free(values[0].start_byte, values[-1].end_byte):
        return
    rest = [text for text in strings if text != url]
    label = url.strip("\"'").rsplit("/", maxsplit=1)[-1]
    filled = {
        **popup.fixed,
        0: rest[0] if rest else f'"{label}"',
        1: url,
        2: rest[1] if len(rest) > 1 else (rest[0] if rest else f'"{label}"'),
    }
    filled[7], filled[8] = (numbers[-2], numbers[-1]) if len(numbers) >= 2 else (popup.width, popup.height)
    filled[12] = others[-1] if others else popup.fixed[12]
    if view.notes.may("arguments_filled", line, name=name):
        view.edits.replace(
            values[0].start_byte, values[-1].end_byte, ", ".join(filled[index] for index in range(popup.arguments))
        )
