"""Rules on events in markup: names that the element has, values in the framework's form with its parameters."""

import re

from lxml import etree

from ..packs.model import event_text
from .markup import Markup, line_of, rename_attribute
from .nearest import nearest

_CAMEL_EVENT = re.compile(r"on[A-Z]")
_FUNCTION = re.compile(r"(?:this\.)?([A-Za-z_$][A-Za-z0-9_$]*)\s*(?:\([^)]*\))?\s*;?\s*$")


def mend_events(markup: Markup) -> None:
    prefix = markup.rules.event["prefix"]
    plain: set[str] = set()
    for element in markup.elements():
        known = markup.pack.components.elements.get(str(element.tag))
        if known is None or plain.issuperset(element.keys()):
            continue
        names = [str(item) for item in element.keys() if item not in plain]  # noqa: SIM118
        events = [name for name in names if _is_event(markup, name, prefix)]
        plain.update(name for name in names if name not in events)
        for name in events:
            current = _name(markup, element, name, known.events)
            _value(markup, element, current)


def _is_event(markup: Markup, name: str, prefix: str) -> bool:
    lower = name.lower()
    return lower.startswith(prefix) or lower in markup.repairs.events or bool(_CAMEL_EVENT.match(name))


def event_value(markup: Markup, tag: str, event: str, function: str) -> str:
    """The value that links a function to an event."""
    return event_text(markup.rules.event, function, parameters_of(markup, tag, event))


def parameters_of(markup: Markup, tag: str, event: str) -> str:
    known = markup.pack.components.event_parameters
    return known.get(f"{tag}.{event}", known.get(event, "objInst"))


def _name(markup: Markup, element: etree._Element, name: str, events: list[str]) -> str:
    if name in events or not events:
        return name
    repairs, tag = markup.repairs, str(element.tag)
    lower = name.lower()
    new = repairs.element_events.get(tag, {}).get(lower)
    new = new or next(
        (item for item in events if item == lower or item.replace("_", "") == lower.replace("_", "")), None
    )
    new = new or repairs.events.get(lower)
    certain = new in events
    new = new if certain else nearest(lower, events)
    if new is None or new not in events:
        return name
    if element.get(new) is not None:
        markup.notes.mended("attribute_dropped", line_of(element), name=name)
        element.attrib.pop(name)
        return new
    if certain:
        markup.notes.mended("event_renamed", line_of(element), old=name, new=new)
    elif not markup.notes.may("event_renamed", line_of(element), old=name, new=new):
        return name
    rename_attribute(element, name, new)
    return new


def _value(markup: Markup, element: etree._Element, name: str) -> None:
    old = element.get(name)
    if old is None:
        return
    tag, known = str(element.tag), markup.pack.components.event_parameters
    match = re.match(markup.rules.event["pattern"], old)
    parameters = known.get(f"{tag}.{name}", known.get(name))
    if match is not None and (parameters is None or match["parameters"] == parameters):
        return
    found = _FUNCTION.search(old.rsplit(":", maxsplit=1)[-1].strip())
    if found is None:
        return
    new = event_value(markup, tag, name, found[1])
    if new != old:
        element.set(name, new)
        markup.notes.mended("event_form", line_of(element), name=name)
