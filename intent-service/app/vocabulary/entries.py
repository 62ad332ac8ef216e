"""What the vocabulary consists of: domains, words, terms, code groups and archetypes."""

from dataclasses import dataclass

from screenspec.data_model import FieldType


@dataclass(frozen=True, slots=True)
class Domain:
    """The type behind a kind of term: `amount` is a decimal of 15 digits, shown with thousands separators."""

    id: str
    type: FieldType
    length: int | None = None
    scale: int | None = None
    format: str | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """A standard word, the building block of column names: 사원, employee, EMP."""

    korean: str
    english: str
    abbreviation: str


@dataclass(frozen=True, slots=True)
class Term:
    """A standard term: a named field of business software."""

    korean: str
    english: str
    abbreviation: str
    domain: Domain
    code_group: str | None
    synonyms: tuple[str, ...]
    area: str

    @property
    def column(self) -> str:
        """The framework-free column name: `employee_number`."""
        return self.english.replace(" ", "_").replace("-", "_").lower()


@dataclass(frozen=True, slots=True)
class StandardCode:
    code: str
    korean: str
    english: str


@dataclass(frozen=True, slots=True)
class StandardCodeGroup:
    """A closed list of values that business software knows: order status, sex, yes or no."""

    id: str
    korean: str
    english: str
    values: tuple[StandardCode, ...]


@dataclass(frozen=True, slots=True)
class ArchetypeField:
    """A field of an archetype: the Korean term's name, `#` for the entity's own id."""

    term: str
    key: bool = False
    required: bool = False
    code_group: str | None = None


@dataclass(frozen=True, slots=True)
class Archetype:
    """An entity that business software knows, with the fields that it usually has."""

    name: str
    korean: tuple[str, ...]
    english: tuple[str, ...]
    fields: tuple[ArchetypeField, ...]
    details: tuple[str, ...]
    area: str

    @property
    def words(self) -> str:
        return self.name.replace("_", " ")
