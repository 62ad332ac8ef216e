"""What a source states about a data model, as it was written: no name is converted yet, nothing is inferred."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from screenspec.data_model import FieldType


@dataclass(slots=True)
class DeclaredField:
    """A field as stated; None and empty mean that nothing was said."""

    name: str
    label: str = ""
    type: FieldType | None = None
    length: int | None = None
    scale: int | None = None
    required: bool = False
    key: bool = False
    unique: bool = False
    default: str | None = None
    values: list[tuple[str, str]] = field(default_factory=list)
    """Codes with labels, where a closed list was stated."""
    code_group: str | None = None
    format: str | None = None
    unit: str | None = None
    """The domain of its unit: `measure` of kg."""

    @property
    def bare(self) -> bool:
        """Whether nothing but its name is stated."""
        return self == DeclaredField(self.name)


@dataclass(slots=True)
class DeclaredReference:
    """A foreign key: `fields` of this entity point at `parent_fields` (empty: its key) of `parent`."""

    parent: str
    fields: list[str]
    parent_fields: list[str] = field(default_factory=list)


@dataclass(slots=True)
class DeclaredEntity:
    """A table-like thing as stated. `name` is empty where only a list of fields was given."""

    name: str
    label: str = ""
    fields: list[DeclaredField] = field(default_factory=list)
    references: list[DeclaredReference] = field(default_factory=list)
    table: str = ""
    """The table's name where the source is about tables."""
    as_columns: bool = False
    """Whether prose calls the fields columns: then they are no entities, whatever they are called."""
    lower: bool = False
    """Whether prose says that it stands below another, of which no field is stated."""
    details: bool = False
    """Whether that other one is called its master."""
    beside: bool = False
    """Whether it stands beside the one before it, below the same parent."""
    result: bool = False
    """Whether it is shown for what is entered."""

    def field(self, name: str) -> DeclaredField | None:
        wanted = name.casefold()
        return next((item for item in self.fields if item.name.casefold() == wanted), None)

    def set_key(self, names: Iterable[str]) -> None:
        """Marks the key's fields."""
        for name in names:
            found = self.field(name)
            if found is not None:
                found.key = found.required = True


class Unreadable(Exception):
    """A reader can't read a source, or reads it as something without fields."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a source that could not be read. `line` counts from 1 in its source."""

    code: str
    line: int | None = None
    source: str = ""
    text: str = ""


@dataclass(slots=True)
class DeclaredModel:
    """All that the sources of a request state."""

    entities: list[DeclaredEntity] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    stacked: bool = False
    """Whether each entity stands below the one before it."""

    def entity(self, name: str) -> DeclaredEntity | None:
        wanted = name.casefold()
        return next((entity for entity in self.entities if entity.name.casefold() == wanted), None)

    def extend(self, other: "DeclaredModel") -> None:
        """Adds what another source states; an entity stated twice keeps its first form."""
        for entity in other.entities:
            if not entity.name or self.entity(entity.name) is None:
                self.entities.append(entity)
        self.problems += other.problems


@dataclass(slots=True)
class Spoken:
    """What plain words state. `spans` are the parts of the text that were used, for the other rules to leave out."""

    model: DeclaredModel = field(default_factory=DeclaredModel)
    spans: list[tuple[int, int]] = field(default_factory=list)
    searched: list[str] = field(default_factory=list)
    """The names of the fields to search by."""
    conditions: list[DeclaredField] = field(default_factory=list)
    """Those of them that stand in a list which is said to be of conditions, with what it says about them."""
