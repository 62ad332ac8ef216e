"""Checks a screen's markup: structure, known names, unique ids, and every reference by name."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from lxml import etree

from ..packs.model import Pack, XmlChecks
from .model import Diagnostic, finding
from .xml_facts import Handler, UnsafeDocumentError, XmlFacts, line_of, parse_xml, read_facts, split_list

MAX_FINDINGS = 300


def check_xml(text: str, pack: Pack, language: str) -> tuple[list[Diagnostic], XmlFacts | None]:
    """What is wrong with the markup, and its facts where it can be read."""
    rules = pack.checks.xml
    try:
        root = parse_xml(text)
    except UnsafeDocumentError:
        return [finding("document_type", language, line=1)], None
    except etree.XMLSyntaxError as error:
        return [finding("not_well_formed", language, line=error.lineno, detail=error.msg or "")], None
    if rules is None:
        return [], None
    facts = read_facts(root, rules, pack.components)
    checker = _XmlChecker(root, rules, pack, facts, language)
    return list(islice(checker.run(), MAX_FINDINGS)), facts


class _XmlChecker:
    def __init__(self, root: etree._Element, rules: XmlChecks, pack: Pack, facts: XmlFacts, language: str) -> None:
        self._root = root
        self._rules = rules
        self._components = pack.components
        self._facts = facts
        self._language = language
        self._event = re.compile(rules.event["pattern"])
        self._number, self._name = rules.identifiers["attribute"], rules.identifiers["name"]
        self._ids: set[str] = set()
        self._names: set[str] = set()

    def run(self) -> Iterator[Diagnostic]:
        for name in self._rules.once:
            if len(list(self._root.iter(name))) != 1:
                yield finding("element_count", self._language, line=1, name=name)
        grammars = {self._rules.dataset.element: self._dataset, self._rules.member.element: self._member}
        own, links = self._components.own_attributes, frozenset(self._rules.links)
        for element in self._root.iter(etree.Element):
            tag = str(element.tag)
            known = self._components.elements.get(tag)
            if known is None:
                yield finding("unknown_element", self._language, line=line_of(element), name=tag)
                continue
            if not known.structure and not self._identified(element):
                yield from self._identifiers(element)
            names = element.keys()
            if not own[tag].issuperset(names) or not links.isdisjoint(names):
                yield from self._special(element, own[tag], names)
            if tag in grammars:
                yield from grammars[tag](element)

    def _special(
        self, element: etree._Element, allowed: Collection[str], names: Sequence[str | bytes]
    ) -> Iterator[Diagnostic]:
        """The attributes that need a look."""
        links = self._rules.links
        for name in map(str, names):
            if name in links and self._is_linked(element.get(name, ""), links[name]):
                continue
            if name not in allowed or name in links:
                yield from self._attribute(element, name, element.get(name, ""), allowed)

    def _is_linked(self, value: str, separator: str) -> bool:
        """Whether the dataset and the columns are there that an attribute names."""
        dataset, *columns = value.split(separator)
        known = self._facts.datasets.get(dataset)
        return known is not None and known.issuperset(filter(None, columns))

    def _identified(self, element: etree._Element) -> bool:
        """Whether the element has a number of its own, and a name of its own or none."""
        number, name = element.get(self._number), element.get(self._name)
        if not number or number in self._ids or name in self._names:
            return False
        self._ids.add(number)
        if name:
            self._names.add(name)
        return True

    def _identifiers(self, element: etree._Element) -> Iterator[Diagnostic]:
        for key, seen in ((self._number, self._ids), (self._name, self._names)):
            value = element.get(key)
            if not value and key == self._name:
                continue  # the engine makes one up
            if not value:
                yield finding(
                    "missing_identifier", self._language, line=line_of(element), element=str(element.tag), name=key
                )
            elif value in seen:
                yield finding("duplicate_identifier", self._language, line=line_of(element), name=value)
            else:
                seen.add(value)

    def _attribute(
        self, element: etree._Element, name: str, value: str, allowed: Collection[str]
    ) -> Iterator[Diagnostic]:
        tag, line = str(element.tag), line_of(element)
        if name.startswith(self._rules.event["prefix"]):
            yield from self._handler(tag, name, value, line)
        elif name in self._rules.links:
            yield from self._link(value, self._rules.links[name], line)
        elif name not in allowed:
            yield finding("unknown_attribute", self._language, line=line, severity="warning", element=tag, name=name)

    def _handler(self, tag: str, name: str, value: str, line: int | None) -> Iterator[Diagnostic]:
        if name not in self._components.elements[tag].events:
            yield finding("unknown_event", self._language, line=line, element=tag, name=name)
        match = self._event.match(value)
        if match is None:
            yield finding("bad_event", self._language, line=line, name=name)
        else:
            self._facts.handlers.append(Handler(tag, name, match["function"], line or 0))

    def _link(self, value: str, separator: str, line: int | None) -> Iterator[Diagnostic]:
        dataset, *columns = value.split(separator)
        known = self._facts.datasets.get(dataset)
        if known is None:
            yield finding("unknown_dataset", self._language, line=line, name=dataset)
            return
        for column in columns:
            if column and column not in known:
                yield finding("unknown_column", self._language, line=line, dataset=dataset, name=column)

    def _dataset(self, element: etree._Element) -> Iterator[Diagnostic]:
        grammar = self._rules.dataset
        items = split_list(element.get(grammar.columns, ""), grammar.separator)
        if not items or any(len(split_list(item, grammar.part_separator)) < grammar.parts for item in items):
            yield finding("bad_list", self._language, line=line_of(element), name=grammar.columns)

    def _member(self, element: etree._Element) -> Iterator[Diagnostic]:
        grammar, line = self._rules.member, line_of(element)
        dataset = element.get(grammar.dataset, "")
        known = self._facts.datasets.get(dataset)
        if known is None:
            yield finding("unknown_dataset", self._language, line=line, name=dataset)
            return
        items = [
            split_list(item, grammar.part_separator)
            for item in split_list(element.get(grammar.columns, ""), grammar.separator)
        ]
        if not items or any(len(item) != grammar.parts for item in items):
            yield finding("bad_list", self._language, line=line, name=grammar.columns)
        for item in items:
            if item[0] not in known:
                yield finding("unknown_column", self._language, line=line, dataset=dataset, name=item[0])
