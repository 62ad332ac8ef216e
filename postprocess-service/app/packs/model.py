"""A framework pack as data: what its YAML files hold, validated."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from screenspec.boxes import Metrics

COMMON_TEMPLATES = Path(__file__).parents[1] / "templates"
Case = Literal["snake", "upper_snake", "camel", "pascal"]
ArtifactScope = Literal["screen", "popup", "table", "library"]


class PackPart(BaseModel):
    """Base of all parts of a pack: unknown members are errors, so that a typing error is not lost."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FileFormat(PackPart):
    byte_order_mark: bool = False
    newline: Literal["lf", "crlf"] = "lf"
    indent: Literal["tab", "spaces"] = "spaces"


class PackManifest(PackPart):
    name: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    version: str
    title: str
    languages: list[str]
    default_language: str = "en"
    files: FileFormat = FileFormat()
    options: dict[str, str | int | bool] = Field(default_factory=dict)


class ArtifactRule(PackPart):
    """A kind of file: where it is written and by which template. `with` names the kind that brings it along."""

    kind: str
    group: str = "default"
    scope: ArtifactScope
    path: str
    language: str
    template: str
    brought_by: str | None = Field(None, alias="with")
    dialect: str | None = None
    view: Literal["screen", "server"] = "screen"
    """What the template draws: a screen, or what it and its popups ask of their server."""
    plain: bool = False
    """Whether the file is written without the pack's byte order mark and line ends: for tools that mind them."""


class ArtifactRules(PackPart):
    artifacts: list[ArtifactRule]


class NameRule(PackPart):
    prefix: str = ""
    case: Case = "snake"


class NamingRules(PackPart):
    rules: dict[str, NameRule]
    code_columns: tuple[str, str] = ("CODE", "NAME")
    choice_suffix: str = "_ALL"
    reserved: list[str] = Field(default_factory=list)


class Element(PackPart):
    """An element of the framework's markup, with its attributes in the order in which they are written."""

    object: str | None = None
    structure: bool = False
    attributes: list[str] = Field(default_factory=list)
    events: list[str] = Field(default_factory=list)


class Components(PackPart):
    shared_attributes: list[str] = Field(default_factory=list)
    event_parameters: dict[str, str] = Field(default_factory=dict)
    elements: dict[str, Element] = Field(default_factory=dict)

    @cached_property
    def attribute_order(self) -> dict[str, dict[str, int]]:
        """For each element the places of its attributes, in the order in which they are written."""
        return {
            tag: {
                name: index
                for index, name in enumerate(
                    dict.fromkeys([*(() if item.structure else self.shared_attributes), *item.attributes])
                )
            }
            for tag, item in self.elements.items()
        }

    @cached_property
    def component_tags(self) -> tuple[str, ...]:
        """The elements that stand on a screen."""
        return tuple(tag for tag, item in self.elements.items() if not item.structure)

    @cached_property
    def own_attributes(self) -> dict[str, frozenset[str]]:
        """For each element the names of its attributes."""
        return {tag: frozenset(order) for tag, order in self.attribute_order.items()}

    @cached_property
    def attribute_names(self) -> frozenset[str]:
        """Every attribute that some element has: lists of single elements are not complete."""
        own = (name for element in self.elements.values() for name in element.attributes)
        return frozenset((*self.shared_attributes, *own))

    @cached_property
    def handler_endings(self) -> tuple[str, ...]:
        """How the names of functions end that handle an event: `_on_click`."""
        events = dict.fromkeys(event for element in self.elements.values() for event in element.events)
        return tuple(f"_{event}" for event in events)


class ApiType(PackPart):
    extends: list[str] = Field(default_factory=list)
    methods: list[str] = Field(default_factory=list)


class Api(PackPart):
    types: dict[str, ApiType] = Field(default_factory=dict)

    def methods_of(self, name: str) -> frozenset[str]:
        """All methods of a type; empty where the type is not known."""
        return self._methods.get(name, frozenset())

    @cached_property
    def _methods(self) -> dict[str, frozenset[str]]:
        return {name: self._own_and_inherited(name) for name in self.types}

    def _own_and_inherited(self, name: str) -> frozenset[str]:
        found = self.types.get(name)
        if found is None:
            return frozenset()
        return frozenset(found.methods).union(*(self._own_and_inherited(parent) for parent in found.extends))


class Theme(PackPart):
    metrics: dict[str, int] = Field(default_factory=dict)
    fonts: dict[str, str] = Field(default_factory=dict)
    colours: dict[str, str] = Field(default_factory=dict)

    @cached_property
    def measures(self) -> Metrics:
        return Metrics(**self.metrics)

    def layout_metrics(self) -> Metrics:
        return self.measures


class DatasetGrammar(PackPart):
    element: str
    id: str
    columns: str
    separator: str
    part_separator: str
    parts: int


class MemberGrammar(PackPart):
    element: str
    dataset: str
    columns: str
    separator: str
    part_separator: str
    parts: int


class XmlChecks(PackPart):
    once: list[str] = Field(default_factory=list)
    containers: list[str] = Field(default_factory=list)
    identifiers: dict[str, str] = Field(default_factory=dict)
    dataset: DatasetGrammar
    transaction: dict[str, str]
    member: MemberGrammar
    links: dict[str, str] = Field(default_factory=dict)
    event: dict[str, str]
    functions: str | None = None


def event_text(grammar: Mapping[str, str], function: str, parameters: str) -> str:
    """How a pack writes that a function handles an event."""
    return grammar.get("value", "{function}").replace("{function}", function).replace("{parameters}", parameters)


class ArgumentRule(PackPart):
    type: str
    method: str
    position: int
    refers: Literal["transaction", "column"]


class ScriptChecks(PackPart):
    self: str = "this"
    objects: dict[str, str] = Field(default_factory=dict)
    globals: dict[str, str] = Field(default_factory=dict)
    arguments: list[ArgumentRule] = Field(default_factory=list)

    @cached_property
    def arguments_of(self) -> dict[tuple[str, str], list[ArgumentRule]]:
        """The rules by type and method."""
        rules: dict[tuple[str, str], list[ArgumentRule]] = {}
        for rule in self.arguments:
            rules.setdefault((rule.type, rule.method), []).append(rule)
        return rules


class CheckRules(PackPart):
    xml: XmlChecks | None = None
    script: ScriptChecks | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """A framework as data, ready for use."""

    folder: Path
    manifest: PackManifest
    artifacts: tuple[ArtifactRule, ...]
    naming: NamingRules
    components: Components
    api: Api
    theme: Theme
    messages: dict[str, dict[str, str]]
    checks: CheckRules

    @property
    def name(self) -> str:
        return self.manifest.name

    def messages_in(self, language: str) -> dict[str, str]:
        return self.messages.get(language) or self.messages[self.manifest.default_language]

    def template_values(self, language: str) -> dict[str, Any]:
        """What every template of the pack sees."""
        return {
            "options": self.manifest.options,
            "fonts": self.theme.fonts,
            "colours": self.theme.colours,
            "messages": self.messages_in(language),
        }


def template_folders(pack: Pack) -> list[Path]:
    """Where a pack's templates are looked for: its own first, then those that know no framework (a table's DDL)."""
    return [pack.folder / "templates", COMMON_TEMPLATES]
