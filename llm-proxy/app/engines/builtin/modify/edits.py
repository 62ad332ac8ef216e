"""What an instruction asks to change, in the screen's own names."""

from dataclasses import dataclass
from typing import Literal

from screenspec.data_model import CodeGroup
from screenspec.spec import Column

Place = Literal["all", "grid", "form"]
ButtonKind = Literal["search", "add", "delete", "save", "export", "reset", "close"]


class NotUnderstoodError(ValueError):
    """A part of the instruction that no rule reads. `code` is a key of the refusals, `text` what it is about."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code)
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True)
class Position:
    """Before or after a column, or counted from 1; -1 is the end."""

    before: str | None = None
    after: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class AddField:
    column: Column
    entity: str | None
    place: Place = "all"
    position: Position | None = None
    codes: CodeGroup | None = None


@dataclass(frozen=True, slots=True)
class RemoveField:
    name: str
    entity: str | None
    place: Place = "all"


@dataclass(frozen=True, slots=True)
class ChangeField:
    """Members of a column that get new values."""

    name: str
    entity: str | None
    label: str | None = None
    required: bool | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class MoveField:
    name: str
    entity: str | None
    position: Position
    place: Place = "all"


@dataclass(frozen=True, slots=True)
class SwapFields:
    first: str
    second: str
    entity: str | None


@dataclass(frozen=True, slots=True)
class AddCondition:
    name: str
    entity: str | None


@dataclass(frozen=True, slots=True)
class RemoveCondition:
    name: str


@dataclass(frozen=True, slots=True)
class AddButton:
    kind: ButtonKind


@dataclass(frozen=True, slots=True)
class RemoveButton:
    action: str


@dataclass(frozen=True, slots=True)
class RenameButton:
    action: str
    label: str


@dataclass(frozen=True, slots=True)
class SetTitle:
    title: str


@dataclass(frozen=True, slots=True)
class SetEditable:
    """Of a grid as a whole, or of one column in it."""

    editable: bool
    entity: str | None
    name: str | None = None


Edit = (
    AddField
    | RemoveField
    | ChangeField
    | MoveField
    | SwapFields
    | AddCondition
    | RemoveCondition
    | AddButton
    | RemoveButton
    | RenameButton
    | SetTitle
    | SetEditable
)
