"""What a patch is made of, and what can be wrong with it."""

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["exact", "whitespace", "indentation", "anchor", "fuzzy", "whole", "component", "already_applied"]


@dataclass(frozen=True, slots=True)
class Replacement:
    """`search` stands once in the file and becomes `replace`. `line`, from 1, tells equal places apart."""

    path: str
    search: str
    replace: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class WholeFile:
    """The file's new content, or that of its lines `first_line` to `last_line` (from 1, both within)."""

    path: str
    content: str
    first_line: int | None = None
    last_line: int | None = None


@dataclass(frozen=True, slots=True)
class ComponentEdit:
    """Attributes of the one element with that name or id; None takes an attribute away. `remove`: the element goes."""

    path: str
    component: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    remove: bool = False


Edit = Replacement | WholeFile | ComponentEdit


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, from 1, and what stands there."""

    line: int
    text: str


class EditFailure(Exception):
    """Why an edit can't be applied. `code` is a key of the messages; `places` show where to look."""

    def __init__(self, code: str, places: tuple[Place, ...] = (), **names: object) -> None:
        super().__init__(code)
        self.code = code
        self.places = places
        self.names = names
