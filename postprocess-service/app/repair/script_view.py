"""What a script's rules ask of it and of its screen: types of objects, functions, where `this` is the screen."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from tree_sitter import Node

from ..packs.model import Pack, ScriptChecks
from ..packs.repairs import ScriptRepairs
from .nearest import nearest, plain
from .notes import Notes
from .script_source import Edits, Source, string_value

SELF = "this"


@dataclass(slots=True)
class Surroundings:
    """What the markup of a screen gives its script."""

    pack: Pack
    rules: ScriptChecks
    repairs: ScriptRepairs
    types: dict[str, str] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    transactions: dict[str, str] = field(default_factory=dict)
    """Ids, with all that is told of each, in lower case."""
    saving: set[str] = field(default_factory=set)
    conditions: set[str] = field(default_factory=set)
    """Datasets that are sent whole and never received: what a search goes by."""
    directory: str = ""
    screen_id: str = ""
    is_popup: bool = False
    """Whether another file opens it."""
    closes: bool = False
    popup_urls: dict[str, str] = field(default_factory=dict)
    """Urls of the popups among the files, by their ids."""

    def methods(self, kind: str) -> frozenset[str]:
        return _methods(_PackKey(self.pack), kind)

    def chain(self, kind: str) -> Iterable[str]:
        """The type and what it extends, nearest first."""
        yield kind
        found = self.pack.api.types.get(kind)
        for parent in found.extends if found else ():
            yield from self.chain(parent)


class _PackKey:
    """A pack as a key: packs are read once in a process."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def __hash__(self) -> int:
        return id(self.pack)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _PackKey) and other.pack is self.pack


@lru_cache(maxsize=256)
def _methods(key: _PackKey, kind: str) -> frozenset[str]:
    return key.pack.api.methods_of(kind)


@dataclass(slots=True)
class View:
    """One round over a script."""

    source: Source
    around: Surroundings
    notes: Notes
    edits: Edits = field(default_factory=Edits)
    functions: dict[str, Node] = field(default_factory=dict)
    """Functions of the screen: at the top level, or members of its constructor."""
    members: set[str] = field(default_factory=set)
    declared: set[str] = field(default_factory=set)
    constructor: Node | None = None
    inner: list[tuple[int, int]] = field(default_factory=list)
    """Ranges of functions whose `this` is another."""
    known: frozenset[str] = frozenset()
    """What `this` has."""

    def __post_init__(self) -> None:
        self.declared = {self.source.text(node) for node in self.source.nodes("declared")}
        own = self._own_functions()
        for node in self.source.nodes("function"):
            if node.id not in own and node != self.constructor:
                self.inner.append((node.start_byte, node.end_byte))
        self.known = frozenset((*self.around.types, *self.functions, *self.members))

    def _own_functions(self) -> set[int]:
        own: set[int] = set()
        for node in self.source.nodes("function"):
            if node.type == "function_declaration" and node.parent is not None and node.parent.type == "program":
                self.functions.setdefault(self.source.text(node.child_by_field_name("name")), node)
                own.add(node.id)
        assigned = 0
        for node in self.source.nodes("assignment"):
            name = self._member_name(node.child_by_field_name("left"))
            right, holder = node.child_by_field_name("right"), self._holder(node)
            if name is None:
                continue
            self.members.add(name)
            if right is None or right.type not in {"function_expression", "arrow_function"}:
                continue
            if holder is None or (
                holder.type == "function_declaration" and holder.parent == self.source.tree.root_node
            ):
                self.functions.setdefault(name, right)
                own.add(right.id)
                if holder is not None:
                    assigned += 1
                    self.constructor = holder
        if self.constructor is not None and assigned < 1:
            self.constructor = None
        return own

    def _holder(self, node: Node) -> Node | None:
        parent = node.parent
        while parent is not None and parent.type not in {
            "function_declaration",
            "function_expression",
            "arrow_function",
            "method_definition",
        }:
            parent = parent.parent
        return parent

    def _member_name(self, node: Node | None) -> str | None:
        if node is None or node.type != "member_expression":
            return None
        inner = node.child_by_field_name("object")
        return (
            self.source.text(node.child_by_field_name("property"))
            if inner is not None and inner.type == "this"
            else None
        )

    def edited(self) -> "View":
        """The script after this round's edits; the same view where there were none."""
        if not self.edits.taken:
            return self
        return View(Source(self.edits.applied(self.source.code)), self.around, self.notes)

    def is_inner(self, node: Node) -> bool:
        return any(start <= node.start_byte < end for start, end in self.inner)

    def type_of(self, node: Node | None) -> str | None:
        """The type of the object that an expression reaches, by its name alone."""
        if node is None:
            return None
        if node.type == "identifier":
            name = self.source.text(node)
            if name in self.declared:
                return None
            return self.around.rules.globals.get(name) or self.around.types.get(name)
        name = self._member_name(node) or ""
        return self.around.types.get(name) or self.around.rules.globals.get(name)

    def string(self, node: Node | None) -> str | None:
        return string_value(self.source, node)

    def known_name(self, name: str) -> str | None:
        """The object that a name stands for: its own, or the one that differs in convention alone, or is near."""
        if name in self.around.types:
            return name
        same = [item for item in self.around.types if plain(item) == plain(name)]
        return same[0] if len(same) == 1 else nearest(name, self.around.types, 0.86)
