"""Rules on the callback of transactions: there is one, its branches name transactions, each save has one."""

from tree_sitter import Node

from .events import event_value, parameters_of
from .handlers import completed_body
from .markup import Markup, line_of
from .nearest import nearest
from .script_shape import add_function
from .script_source import line_at
from .script_view import SELF, View


def mend_callbacks(markup: Markup, view: View) -> None:
    form = view.around.repairs.completed
    head = markup.head()
    function = view.functions.get(form.function)
    if function is not None:
        for switch in view.source.nodes("switch"):
            if function.start_byte <= switch.start_byte < function.end_byte:
                _branches(view, switch)
        return
    if head is None or head.get(form.event) is not None or not _submits(view):
        return
    if view.notes.may("callback_generated", None, name=form.function):
        tag = str(head.tag)
        add_function(view, form.function, parameters_of(markup, tag, form.event), completed_body(view))
        head.set(form.event, event_value(markup, tag, form.event, form.function))
        markup.notes.mended("handler_linked", line_of(head), name=form.function)


def _submits(view: View) -> bool:
    method = view.around.repairs.submit.method.encode()
    return method in view.source.code and bool(view.around.saving)


def _branches(view: View, switch: Node) -> None:
    form = view.around.repairs.completed
    value, body = switch.child_by_field_name("value"), switch.child_by_field_name("body")
    if value is None or body is None or view.source.text(value).strip("() ") != form.map:
        return
    known = view.around.transactions
    named: set[str] = set()
    for case in [item for item in body.named_children if item.type == "switch_case"]:
        label = case.child_by_field_name("value")
        text = view.string(label)
        if text is None or label is None:
            return
        found = text if text in known else nearest(text, known, 0.8) or _prefixed(view, text)
        wrong = found is not None and found != text and view.edits.free(label.start_byte, label.end_byte)
        if wrong and view.notes.may("transaction_named", line_at(label), old=text, new=found or text):
            view.edits.replace(label.start_byte, label.end_byte, f'"{found}"')
        named.add(found or text)
    missing = [
        name for name in sorted(view.around.saving) if name not in named and f'"{name}"'.encode() in view.source.code
    ]
    if any(item.type == "switch_default" for item in body.named_children) or not missing:
        return
    _add(view, body, missing)


def _prefixed(view: View, text: str) -> str | None:
    rule = view.around.pack.naming.rules.get("transaction")
    return nearest(f"{rule.prefix}{text}", view.around.transactions, 0.8) if rule else None


def _add(view: View, body: Node, missing: list[str]) -> None:
    messages, form = view.around.pack.messages_in(view.notes.language), view.around.repairs.completed
    margin = "\t" * (2 if view.constructor is not None else 1)
    text = ""
    for name in missing:
        if not view.notes.may("callback_branch", line_at(body), name=name):
            return
        said = f'{SELF}.{view.around.repairs.submit.object}.alert("{messages[form.saved]}");'
        text += f'{margin}case "{name}":\n{margin}\t{said}\n{margin}\tbreak;\n'
    line_start = view.source.code.rfind(b"\n", 0, body.end_byte - 1) + 1
    view.edits.replace(line_start, line_start, text)
