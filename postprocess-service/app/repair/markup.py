"""The tree of a screen's markup while it is mended, with what all rules ask of it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from ..checks.xml_facts import line_of, split_list
from ..packs.model import Pack, XmlChecks
from ..packs.repairs import MarkupRepairs
from .notes import Notes

ValueForm = Callable[[str], tuple[str, str]]
"""From an attribute's value to what is meant by it, and the rule that says so."""
IDENTIFIER = re.compile(r"^[A-Za-z_$][A-Za-z0-9_$]*$")


@dataclass(slots=True)
class Markup:
    """`columns` maps a dataset's id to its columns, as far as these were read."""

    root: etree._Element
    pack: Pack
    rules: XmlChecks
    repairs: MarkupRepairs
    notes: Notes
    screen_id: str = ""
    kept: list[etree._Element] = field(default_factory=list)
    """The elements, so that lxml need not make their objects anew for each rule."""
    columns: dict[str, list[str]] = field(default_factory=dict)
    seeded: set[str] = field(default_factory=set)
    """Datasets with rows of their own."""
    allowed: dict[str, frozenset[str]] = field(default_factory=dict)
    passed: dict[str, set[str]] = field(default_factory=dict)
    forms: dict[str, dict[str, tuple[ValueForm, set[str]]]] = field(default_factory=dict)
    """What was found out once of an element: its attributes, those that were right, how values are read, right ones."""

    def elements(self) -> Iterator[etree._Element]:
        """All elements in a list of their own, so that rules may change the tree."""
        return iter(list(self.root.iter(etree.Element)))

    def known(self, tag: str) -> bool:
        return tag in self.pack.components.elements

    def is_component(self, element: etree._Element) -> bool:
        known = self.pack.components.elements.get(str(element.tag))
        return known is not None and not known.structure

    def components(self) -> Iterator[etree._Element]:
        """In a list of their own, too."""
        tags = self.pack.components.component_tags
        return iter(list(self.root.iter(*tags)) if tags else [])

    def datasets(self) -> Iterator[etree._Element]:
        return iter(list(self.root.iter(self.rules.dataset.element)))

    def transactions(self) -> Iterator[etree._Element]:
        return iter(list(self.root.iter(self.rules.transaction["element"])))

    def head(self) -> etree._Element | None:
        return next(iter(self.root.iter(self.repairs.document.head)), None)

    def body(self) -> etree._Element | None:
        return next(iter(self.root.iter(self.repairs.document.body)), None)

    def read_columns(self) -> None:
        """Reads the datasets' columns again, after they were mended."""
        grammar = self.rules.dataset
        for dataset in self.datasets():
            items = [
                split_list(item, grammar.part_separator)
                for item in split_list(dataset.get(grammar.columns, ""), grammar.separator)
            ]
            name = dataset.get(grammar.id, "")
            self.columns[name] = [item[0] for item in items if item and item[0]]
            if any(len(item) > grammar.parts - 1 and item[grammar.parts - 1].strip('"') for item in items):
                self.seeded.add(name)

    def prefix_of(self, tag: str) -> str:
        return self.repairs.names.get(tag, self.repairs.names.get("*", ""))


def drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def rename_attribute(element: etree._Element, old: str, new: str) -> None:
    """Renames in place, so that the order of the attributes stays."""
    items = [(new if name == old else name, value) for name, value in element.attrib.items()]
    element.attrib.clear()
    for name, value in items:
        element.set(str(name), str(value))


__all__ = ["IDENTIFIER", "Markup", "drop", "line_of", "rename_attribute"]
