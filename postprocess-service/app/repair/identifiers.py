"""Rules on what components are called: a number and a name each, of its own."""

import re
from collections import Counter

from lxml import etree

from .markup import IDENTIFIER, Markup, line_of

_NOT_NAME = re.compile(r"[^A-Za-z0-9_$]+")


_MOSTLY = 0.8
"""Where fewer of a screen's components have a name, those without are its way: the engine asks for a number alone."""


def mend_identifiers(markup: Markup) -> None:
    named = _mostly_named(markup)
    _numbers(markup)
    _names(markup, named=named)


def _mostly_named(markup: Markup) -> bool:
    components = list(markup.components())
    attributes = markup.rules.identifiers
    numbered = all(item.get(attributes["attribute"]) for item in components)
    names = sum(bool(item.get(attributes["name"])) for item in components)
    return not numbered or names >= _MOSTLY * len(components)


def _numbers(markup: Markup) -> None:
    attribute = markup.rules.identifiers["attribute"]
    components = list(markup.components())
    written = [item.get(attribute, "") for item in components]
    highest = max((int(value) for value in written if value.isdecimal() and len(value) < 7), default=0)
    seen: set[str] = set()
    for element, value in zip(components, written, strict=True):
        if value.isdecimal() and len(value) < 7 and value not in seen:
            seen.add(value)
            continue
        highest += 1
        markup.notes.mended("id_numbered", line_of(element), old=value, new=str(highest))
        if value:
            element.set(attribute, str(highest))
        else:
            items = list(element.attrib.items())
            element.attrib.clear()
            for name, old in [(attribute, str(highest)), *items]:
                element.set(str(name), str(old))
        seen.add(str(highest))


def _names(markup: Markup, *, named: bool) -> None:
    attribute = markup.rules.identifiers["name"]
    taken = Counter(item.get(attribute, "") for item in markup.components())
    taken.update(list(markup.columns))
    taken.update(markup.pack.naming.reserved)
    seen = {*markup.columns, *markup.pack.naming.reserved}
    for element in markup.components():
        old = element.get(attribute, "")
        if old and old not in seen and IDENTIFIER.match(old):
            seen.add(old)
            continue
        if old in seen:
            new = _free(f"{markup.prefix_of(str(element.tag))}{old}" if old in markup.columns else old, taken)
            markup.notes.mended("name_made_unique", line_of(element), old=old, new=new)
        elif old:
            new = _free(_identifier(markup, element, old), taken)
            markup.notes.mended("name_form", line_of(element), old=old, new=new)
        elif not named:
            continue
        else:
            new = _free(_identifier(markup, element, _meaning(markup, element)), taken)
            markup.notes.mended("name_given", line_of(element), new=new)
        element.set(attribute, new)
        seen.add(new)
        taken[new] += 1


def _meaning(markup: Markup, element: etree._Element) -> str:
    link = element.get(markup.repairs.picklist.link, "")
    if link:
        return link.rsplit(":", maxsplit=1)[-1].lower()
    text = element.get("text", "").strip()
    word = markup.repairs.words.get(text.lower(), "")
    return word or _NOT_NAME.sub("_", text).strip("_").lower() or element.get(markup.rules.identifiers["attribute"], "")


def _identifier(markup: Markup, element: etree._Element, meaning: str) -> str:
    plain = _NOT_NAME.sub("_", meaning).strip("_")
    prefix = markup.prefix_of(str(element.tag))
    return plain if IDENTIFIER.match(plain) and element.get("name") else f"{prefix}{plain}"


def _free(name: str, taken: Counter[str]) -> str:
    if not taken[name]:
        return name
    number = 2
    while taken[f"{name}_{number}"]:
        number += 1
    return f"{name}_{number}"
