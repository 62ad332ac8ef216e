"""Rules on references by name: what a field is bound to, what it lets choose, the tab order."""

import re

from lxml import etree

from .datasets import add_column
from .markup import Markup, drop, line_of
from .nearest import nearest

_EXPRESSION = re.compile(r"^(?:this\.|bind:|\{+|\$\{)?\s*([A-Za-z_]\w*)\s*(?:[:./>]|->)\s*([A-Za-z_]\w*)\s*\}*$")


def mend_links(markup: Markup) -> None:
    links, chooser = frozenset(markup.rules.links), markup.repairs.picklist.element
    for element in markup.elements():
        if element.tag == chooser:
            _choices(markup, element)
        if not links.isdisjoint(element.keys()):
            for attribute, separator in markup.rules.links.items():
                if element.get(attribute) is not None:
                    _link(markup, element, attribute, separator)
    _tab_orders(markup)


def _choices(markup: Markup, element: etree._Element) -> None:
    form = markup.repairs.picklist
    separator = markup.rules.links[form.link]
    link = element.get(form.link, "")
    if link and separator not in link and link in markup.seeded and not element.get(form.attribute):
        markup.notes.mended("picklist_from_link", line_of(element), old=link)
        element.set(form.attribute, _picklist(markup, link, []))
        element.attrib.pop(form.link)
    options = [item for item in element if isinstance(item.tag, str) and item.tag.lower() in form.choice_elements]
    if not options:
        return
    if not element.get(form.inline) and not element.get(form.attribute):
        pairs = [
            (
                item.get("value", item.get("code", "")),
                (item.text or item.get("text") or item.get("label") or "").strip(),
            )
            for item in options
        ]
        content = "\r\n".join(f"{code}:{label or code}" for code, label in pairs)
        element.set(form.inline, f"del=':' pos='0' style='1' content='{content.replace(chr(39), '')}'")
    for item in options:
        drop(item)
    markup.notes.mended("choices_from_children", line_of(element))


def _picklist(markup: Markup, dataset: str, named: list[str]) -> str:
    columns = markup.columns.get(dataset, [])
    defaults = list(markup.repairs.picklist.columns)
    wanted = [nearest(item, columns) or item for item in [*named, *defaults[len(named) :]]]
    for index, item in enumerate(wanted):
        if item not in columns and index < len(columns):
            wanted[index] = columns[index]
    return ":".join([dataset, *wanted[:2], ""])


def _is_right(markup: Markup, old: str, separator: str) -> bool:
    """Whether a field is bound to a dataset, or a column of one, as the framework writes it."""
    dataset, _, column = old.partition(separator)
    known = markup.columns.get(dataset)
    return known is not None and "." not in old and (column in known if column else old == dataset.strip())


def _link(markup: Markup, element: etree._Element, attribute: str, separator: str) -> None:
    if attribute != markup.repairs.picklist.attribute and _is_right(markup, element.get(attribute, ""), separator):
        return
    old, line = element.get(attribute, ""), line_of(element)
    if not old.strip():
        element.attrib.pop(attribute)
        markup.notes.mended("attribute_dropped", line, name=attribute)
        return
    is_list = attribute == markup.repairs.picklist.attribute
    plain = _EXPRESSION.match(old.strip()) if not is_list else None
    text = f"{plain[1]}{separator}{plain[2]}" if plain else old.strip().replace(".", separator)
    dataset, *columns = text.split(separator)
    named = [item for item in columns if item]
    found = dataset if dataset in markup.columns else nearest(dataset, markup.columns)
    if found is None and not named:
        found, named = _only_column(markup, element, dataset)
    if found is None:
        _lost(markup, element, attribute, old)
        return
    known = markup.columns[found]
    named = [item if item in known else nearest(item, known) or item for item in named]
    missing = [item for item in named if item not in known]
    if missing and is_list:
        named = _picklist(markup, found, []).split(separator)[1:3]
    elif missing and not add_column(markup, found, missing[0], line):
        return
    new = _picklist(markup, found, named) if is_list and len(columns) < 3 else separator.join([found, *named])
    new = new if not is_list or new.endswith(separator) else new + separator
    if is_list and len(columns) >= 3 and columns[2] and columns[2] not in named:
        return
    if new != old and (found == dataset or markup.notes.may("link_form", line, old=old, new=new)):
        if found == dataset:
            markup.notes.mended("link_form", line, old=old, new=new)
        element.set(attribute, new)


def _only_column(markup: Markup, element: etree._Element, name: str) -> tuple[str | None, list[str]]:
    """A bare column's name, where only one dataset that fields around it use has it."""
    owners = [dataset for dataset, columns in markup.columns.items() if name in columns]
    parent = element.getparent()
    link = markup.repairs.picklist.link
    near = {item.get(link, "").split(":")[0] for item in (parent if parent is not None else ())} | {
        parent.get(link, "") if parent is not None else ""
    }
    chosen = [item for item in owners if item in near] or owners
    return (chosen[0], [name]) if len(chosen) == 1 else (None, [])


def _lost(markup: Markup, element: etree._Element, attribute: str, old: str) -> None:
    line = line_of(element)
    if markup.notes.may("link_dropped", line, old=old):
        element.attrib.pop(attribute)
        markup.notes.flagged("link_lost", line, "error", name=element.get("name") or str(element.tag), old=old)


def _tab_orders(markup: Markup) -> None:
    form = markup.repairs.order
    ids = {str(item.get(markup.rules.identifiers["attribute"], "")) for item in markup.components()}
    for order in list(markup.root.iter(form.element)):
        info = order.get(form.attribute, "")
        kept = [part.strip() for part in info.split(",") if part.strip() in ids]
        new = ",".join(dict.fromkeys(kept))
        if new != info and info:
            order.set(form.attribute, new)
            markup.notes.mended("tab_order", line_of(order))
