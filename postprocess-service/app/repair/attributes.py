"""Rules on attributes and their values: real names, numbers for words, colours, fonts, text in elements."""

import re
from functools import partial
from typing import cast

from lxml import etree

from .markup import Markup, ValueForm, line_of, rename_attribute
from .nearest import nearest

_HEX = re.compile(r"^(?:#|0x)?([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$")
_RGB = re.compile(r"^rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})")
_LONG_NUMBER = 7
_NUMBER = re.compile(r"^\s*(-?\d{1,6})(?:\.\d+)?\s*(?:px|pt|em)?\s*$")


_NONE: frozenset[str] = frozenset()


def mend_attributes(markup: Markup) -> None:
    for element in markup.elements():
        tag = str(element.tag)
        if markup.known(tag):
            if not markup.passed.get(tag, _NONE).issuperset(element.keys()):
                _names(markup, element)
            if element.text:
                _text_content(markup, element)
            _values(markup, element)


def _names(markup: Markup, element: etree._Element) -> None:
    tag = str(element.tag)
    known = markup.pack.components.elements[tag]
    allowed = _allowed(markup, tag)
    passed = markup.passed.setdefault(tag, set(allowed))
    event = markup.rules.event["prefix"]
    own = markup.repairs.element_attributes.get(tag, {})
    grammar_own = _reserved_children(markup, element)
    for old in [str(name) for name in element.attrib]:
        lower = old.lower()
        if old in passed:
            continue
        if old in grammar_own or lower.startswith(event) or lower in markup.repairs.events:
            passed.add(old)
            continue
        new = own.get(lower) or (None if known.structure else markup.repairs.attributes.get(lower))
        if new is None and lower in allowed:
            new = lower
        certain = new is not None
        if new is None and old in markup.pack.components.attribute_names:
            continue
        new = new or nearest(lower, allowed, 0.88)
        if new is None or new not in allowed:
            continue
        _rename(markup, element, old, new, certain=certain)


def _allowed(markup: Markup, tag: str) -> frozenset[str]:
    """The attributes that an element may have, but for events."""
    if tag not in markup.allowed:
        known = markup.pack.components.elements[tag]
        shared = () if known.structure else markup.pack.components.shared_attributes
        markup.allowed[tag] = frozenset((*known.attributes, *shared, *markup.rules.links))
    return markup.allowed[tag]


def _reserved_children(markup: Markup, element: etree._Element) -> set[str]:
    """Attributes that another rule reads."""
    tag, grid, forms = str(element.tag), markup.repairs.grid_column, markup.repairs.transaction
    if tag == grid.column:
        return {str(name) for name in element.attrib}
    if tag == markup.rules.transaction["element"]:
        return {name for name in map(str, element.attrib) if name.lower() in {*forms.inputs, *forms.outputs}}
    return set()


def _rename(markup: Markup, element: etree._Element, old: str, new: str, *, certain: bool) -> None:
    line = line_of(element)
    if element.get(new) is not None:
        if element.get(new) == element.get(old) or old.lower() in {"id", "title", "label", "value"}:
            return
        markup.notes.mended("attribute_dropped", line, name=old)
        element.attrib.pop(old)
        return
    if certain:
        markup.notes.mended("attribute_renamed", line, old=old, new=new)
    elif not markup.notes.may("attribute_renamed", line, old=old, new=new):
        return
    rename_attribute(element, old, new)


def _text_content(markup: Markup, element: etree._Element) -> None:
    text = (element.text or "").strip()
    attribute = markup.repairs.text_content.get(str(element.tag))
    if text and attribute and not element.get(attribute):
        markup.notes.mended("text_content", line_of(element), name=attribute)
        element.set(attribute, text)
        element.text = None


def _values(markup: Markup, element: etree._Element) -> None:
    tag = str(element.tag)
    forms = markup.forms.setdefault(tag, {})
    for name, value in cast("list[tuple[str, str]]", element.items()):
        form, right = forms.get(name) or forms.setdefault(name, _form(markup, tag, name))
        if value in right or (form is _as_it_is and not value.endswith("px")):
            continue
        new, rule = form(value)
        if new == value:
            right.add(value)
            continue
        line = line_of(element)
        element.set(name, new)
        if rule == "value_form":
            markup.notes.mended(rule, line, name=name, old=value, new=new)
        else:
            markup.notes.mended(rule, line, old=value, new=new)


def _form(markup: Markup, tag: str, name: str) -> tuple[ValueForm, set[str]]:
    """How the values of an attribute are read, and those that were right; attributes read alike share these."""
    repairs = markup.repairs
    words = repairs.values.get(f"{tag}.{name}") or repairs.values.get(name)
    if words is not None:
        return partial(_pixels_or, partial(_word, words, _plain_form(markup, name)[0])), set()
    return _plain_form(markup, name)


def _plain_form(markup: Markup, name: str) -> tuple[ValueForm, set[str]]:
    repairs, shared = markup.repairs, markup.forms.setdefault("", {})
    if name in repairs.booleans.attributes:
        return partial(_pixels_or, partial(_boolean, repairs.booleans.values)), set()
    if name in repairs.numbers:
        return _number, set()
    if name.endswith(repairs.colours.suffixes):
        return shared.setdefault("colour_form", (partial(_pixels_or, partial(_colour, markup)), set()))
    if name.endswith(repairs.fonts.attribute):
        return shared.setdefault("font_form", (partial(_pixels_or, partial(_font, markup)), set()))
    return shared.setdefault("", (_as_it_is, set()))


def _as_it_is(value: str) -> tuple[str, str]:
    """Of an attribute that says anything: a number of pixels alone is read."""
    return _number(value) if value.endswith("px") else (value, "")


def _pixels_or(form: ValueForm, value: str) -> tuple[str, str]:
    return (match[1], "value_form") if value.endswith("px") and (match := _NUMBER.match(value)) else form(value)


def _word(words: dict[str, str], form: ValueForm, value: str) -> tuple[str, str]:
    meant = words.get(value.strip().lower())
    return (meant, "value_form") if meant is not None and value not in words.values() else form(value)


def _boolean(words: dict[str, str], value: str) -> tuple[str, str]:
    return words.get(value.strip().lower(), value), "value_form"


def _number(value: str) -> tuple[str, str]:
    match = None if value.isdecimal() and len(value) < _LONG_NUMBER else _NUMBER.match(value)
    return (match[1] if match else value), "value_form"


def _colour(markup: Markup, value: str) -> tuple[str, str]:
    return _colour_meant(markup, value), "colour_form"


def _colour_meant(markup: Markup, value: str) -> str:
    """Red, green and blue as the framework writes them: 00BBGGRR. Eight digits that begin with 00 are right."""
    plain = value.strip().lower()
    if plain in markup.repairs.colours.names:
        plain = markup.repairs.colours.names[plain]
    rgb = _RGB.match(plain)
    if rgb:
        plain = "".join(f"{min(int(part), 255):02x}" for part in rgb.groups())
    match = _HEX.match(plain)
    if match is None:
        return value
    digits = match[1]
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) == 8:
        if digits.startswith("00") and len(plain) == 8:
            return value
        if not (digits.lower().startswith("ff") or digits.startswith("00")):
            return value
        digits = digits[2:]
    return f"00{digits[4:6]}{digits[2:4]}{digits[0:2]}".upper()


def _font(markup: Markup, value: str) -> tuple[str, str]:
    form = markup.repairs.fonts
    parts = [part.strip().strip("'\"") for part in value.split(",")]
    family = form.names.get(parts[0].lower(), parts[0])
    rest = parts[1 : form.parts] + form.defaults[len(parts[1 : form.parts]) :]
    sized = [re.sub(r"(?i)(?:px|pt)$", "", rest[0]), *rest[1:]]
    flags = ["1" if part.lower() in {"bold", "true"} else "0" if not part.isdigit() else part for part in sized[1:]]
    new = ",".join([family, sized[0] if sized[0].isdigit() else form.defaults[0], *flags])
    return new if parts[0] else value, "font_form"
