"""Rules on handlers both ways: what is named exists, what exists is linked, what is missing is written if clear."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ..packs.repairs import Purpose
from .events import event_value, parameters_of
from .markup import Markup, line_of
from .nearest import nearest, plain
from .script_shape import add_function
from .script_view import SELF, View


@dataclass(frozen=True, slots=True)
class _Link:
    element: etree._Element
    event: str
    function: str


def mend_handlers(markup: Markup, view: View) -> None:
    """One round: links that the script lacks, then functions that nothing names."""
    links = list(_links(markup))
    linked = {link.function for link in links}
    written: set[str] = set()
    for link in links:
        if link.function in view.functions or link.function in view.members or link.function in written:
            continue
        found = _existing(markup, view, link, linked)
        if found is not None:
            if markup.notes.may("handler_renamed", line_of(link.element), old=link.function, new=found):
                link.element.set(link.event, event_value(markup, str(link.element.tag), link.event, found))
                linked.add(found)
            continue
        body = _body(markup, view, link)
        if body is None:
            _lost(markup, link)
        elif view.notes.may("handler_generated", None, name=link.function):
            add_function(view, link.function, parameters_of(markup, str(link.element.tag), link.event), body)
            written.add(link.function)
    _unlinked(markup, view, linked)
    _silent_buttons(markup, view, written)


def _links(markup: Markup) -> Iterator[_Link]:
    pattern, prefix = re.compile(markup.rules.event["pattern"]), markup.rules.event["prefix"]
    others: set[str] = set()
    for element in markup.elements():
        if others.issuperset(element.keys()):
            continue
        names = [str(item) for item in element.keys()]  # noqa: SIM118
        others.update(name for name in names if not name.startswith(prefix))
        for name in [name for name in names if name not in others]:
            match = pattern.match(element.get(name, ""))
            if match is not None:
                yield _Link(element, name, match["function"])


def _name(markup: Markup, element: etree._Element) -> str:
    return "screen" if element.tag == markup.repairs.document.head else element.get("name", "")


def _existing(markup: Markup, view: View, link: _Link, linked: set[str]) -> str | None:
    """The function that was meant: the one named by the rule, nearly the same, or the component's only one."""
    name = _name(markup, link.element)
    if f"{name}_{link.event}" in view.functions:
        return f"{name}_{link.event}"
    free = [item for item in view.functions if item not in linked]
    same = nearest(link.function, free, 0.9)
    if same is not None:
        return same
    own = [item for item in free if (name and plain(item).startswith(plain(name) + "on")) or _is_short(item, name)]
    return own[0] if len(own) == 1 and link.element.tag != markup.repairs.document.head else None


def _is_short(function: str, name: str) -> bool:
    return bool(name) and function.lower() in {
        f"{name}_click".lower(),
        f"{name}click".lower(),
        f"on_{name}".lower(),
        f"on{name}".lower(),
    }


def _lost(markup: Markup, link: _Link) -> None:
    """The engine passes such an event by: it stays as it is, and is said."""
    name, line = _name(markup, link.element) or str(link.element.tag), line_of(link.element)
    markup.notes.flagged("event_without_handler", line, element=name, name=link.event, function=link.function)


def _body(markup: Markup, view: View, link: _Link) -> list[str] | None:
    """What the handler has to do, where its name or its text tells."""
    repairs = view.around.repairs
    if link.element.tag == markup.repairs.document.head:
        return _screen_body(view, link.event)
    told = f"{link.function} {_name(markup, link.element)} {link.element.get('text', '')}".lower()
    purposes = [purpose for purpose in repairs.purposes.values() if any(word in told for word in purpose.words)]
    for purpose in purposes:
        body = _purpose_body(markup, view, purpose)
        if body is not None:
            return body
    return None


def _screen_body(view: View, event: str) -> list[str] | None:
    repairs = view.around.repairs
    if event == repairs.completed.event:
        return completed_body(view)
    search = repairs.purposes.get("search")
    found = _function_for(view, search) if search else None
    if event == repairs.destroyed.event:
        return [f"{SELF}.{found}();"] if found else None
    load = repairs.purposes.get("load")
    first = _function_for(view, load) if load else None
    if first:
        return [f"{SELF}.{first}();"]
    seeds = [line.format(dataset=name) for name in sorted(view.around.conditions) for line in repairs.seed]
    seeds += [f"{SELF}.{found}();"] if found else []
    return seeds or None


def _purpose_body(markup: Markup, view: View, purpose: Purpose) -> list[str] | None:
    function = _function_for(view, purpose)
    if function is not None:
        return [f"{SELF}.{function}();"]
    submit = view.around.repairs.submit
    if purpose.transaction:
        hits = [
            name for name, words in view.around.transactions.items() if any(word in words for word in purpose.words)
        ]
        if len(hits) == 1:
            return [f'{SELF}.{submit.object}.{submit.method}("{hits[0]}", {submit.asynchronous});']
    if purpose.body is None:
        return None
    grids = [item.get("name", "") for item in markup.root.iter(markup.repairs.grid_column.element)]
    if "{grid}" in purpose.body:
        return [purpose.body.format(grid=grids[0])] if len(grids) == 1 and grids[0] else None
    return [purpose.body] if view.around.closes else None


def _function_for(view: View, purpose: Purpose) -> str | None:
    """The screen's function for a purpose: no handler itself, and without parameters."""
    found = []
    for name, node in view.functions.items():
        parts = re.split(r"_|(?<=[a-z])(?=[A-Z])", name)
        parameters = node.child_by_field_name("parameters")
        plain_call = parameters is None or not parameters.named_children
        if "_on_" not in name and plain_call and any(part.lower() in purpose.words for part in parts):
            found.append(name)
    return found[0] if len(found) == 1 else None


def completed_body(view: View) -> list[str]:
    """A callback that says failures, and what was saved."""
    form, messages = view.around.repairs.completed, view.around.pack.messages_in(view.notes.language)
    alert = f"{SELF}.{view.around.repairs.submit.object}.alert"
    lines = [
        f"if ({form.result} != 1) {{",
        f'\t{alert}("{messages[form.fails]}" + ({form.message} ? "\\n" + {form.message} : ""));',
        "\treturn;",
        "}",
    ]
    search = (
        _function_for(view, view.around.repairs.purposes["search"])
        if "search" in view.around.repairs.purposes
        else None
    )
    for name in sorted(view.around.saving):
        lines += [f'if ({form.map} == "{name}") {{', f'\t{alert}("{messages[form.saved]}");']
        lines += [f"\t{SELF}.{search}();"] if search else []
        lines += ["}"]
    return lines


def _unlinked(markup: Markup, view: View, linked: set[str]) -> None:
    """Functions named after a component and its event, that no attribute names."""
    by_name = {_name(markup, item): item for item in markup.components() if item.get("name")}
    head = markup.head()
    if head is not None:
        by_name["screen"] = head
    for function in view.functions:
        if function in linked or "_on" not in function:
            continue
        name, _, suffix = function.partition("_on")
        element = by_name.get(name)
        if element is None:
            continue
        tag = str(element.tag)
        event = _event_of(markup, tag, f"on{suffix}")
        if event is None or element.get(event) is not None:
            continue
        element.set(event, event_value(markup, tag, event, function))
        markup.notes.mended("handler_linked", line_of(element), name=function)


def _event_of(markup: Markup, tag: str, written: str) -> str | None:
    known = markup.pack.components.elements[tag].events
    lower = written.lower()
    if lower in known:
        return lower
    new = markup.repairs.element_events.get(tag, {}).get(lower) or markup.repairs.events.get(lower)
    return new if new in known else None


def _silent_buttons(markup: Markup, view: View, written: set[str]) -> None:
    """A button that does nothing, and whose text says what it is for."""
    event = str(markup.pack.manifest.options.get("button_event", ""))
    for element in [item for item in markup.components() if str(item.tag) in markup.repairs.pressed]:
        known = markup.pack.components.elements[str(element.tag)].events
        if event not in known or any(name in known for name in map(str, element.attrib)):
            continue
        name = element.get("name", "")
        function = f"{name}_{event}"
        body = _body(markup, view, _Link(element, event, function))
        if body is None or function in written or function in view.functions:
            continue
        if view.notes.may("handler_generated", None, name=function):
            add_function(view, function, parameters_of(markup, str(element.tag), event), body)
            element.set(event, event_value(markup, str(element.tag), event, function))
            written.add(function)
