"""Reads a screen's markup, safely, into the facts that the checks compare."""

from dataclasses import dataclass, field

from lxml import etree

from ..packs.model import Components, Pack, XmlChecks


@dataclass(slots=True)
class Handler:
    element: str
    event: str
    function: str
    line: int


@dataclass(slots=True)
class XmlFacts:
    """Names that a screen declares. `controls` maps a component's name to its element."""

    datasets: dict[str, set[str]] = field(default_factory=dict)
    transactions: set[str] = field(default_factory=set)
    controls: dict[str, str] = field(default_factory=dict)
    handlers: list[Handler] = field(default_factory=list)


class UnsafeDocumentError(ValueError):
    """The document brings a document type with it."""


def parse_xml(text: str) -> etree._Element:
    """The root element; no entity is resolved, nothing is fetched.

    Raises `etree.XMLSyntaxError`, `UnsafeDocumentError`.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(text.removeprefix("\ufeff").encode(), parser)
    if str(getattr(root.getroottree().docinfo, "doctype", "")):
        raise UnsafeDocumentError
    return root


def line_of(element: etree._Element) -> int | None:
    """Where an element stands in its document."""
    line: object = element.sourceline
    return line if isinstance(line, int) else None


def split_list(text: str, separator: str) -> list[str]:
    """Parts between separators that don't stand in quotation marks."""
    if not any(separator in quoted for quoted in text.split('"')[1::2]):
        return text.split(separator) if text else []
    parts: list[str] = []
    part: list[str] = []
    quoted = False
    for character in text:
        if character == '"':
            quoted = not quoted
        if character == separator and not quoted:
            parts.append("".join(part))
            part = []
        else:
            part.append(character)
    return [*parts, "".join(part)] if text else []


def facts_of(text: str, pack: Pack) -> XmlFacts | None:
    """What a screen's markup declares; None where it can't be read, or the pack has no markup."""
    if pack.checks.xml is None:
        return None
    try:
        return read_facts(parse_xml(text), pack.checks.xml, pack.components)
    except (etree.XMLSyntaxError, UnsafeDocumentError, ValueError):
        return None


def read_facts(root: etree._Element, rules: XmlChecks, components: Components) -> XmlFacts:
    facts = XmlFacts()
    grammar = rules.dataset
    for element in root.iter(grammar.element):
        columns = split_list(element.get(grammar.columns, ""), grammar.separator)
        names = {split_list(column, grammar.part_separator)[0] for column in columns if column}
        facts.datasets[element.get(grammar.id, "")] = names
    for element in root.iter(rules.transaction["element"]):
        facts.transactions.add(element.get(rules.transaction["id"], ""))
    attribute = rules.identifiers["name"]
    for element in root.iter(*components.component_tags) if components.component_tags else ():
        if name := element.get(attribute):
            facts.controls[name] = str(element.tag)
    return facts
