"""The parts of a screen in the framework's names: what a pack's templates draw. Framework-free in their shape.

Each part is built once for a screen: parts are the same where they are the same object.
"""

from dataclasses import dataclass

from screenspec.boxes import WidgetKind
from screenspec.data_model import FieldType


@dataclass(frozen=True, slots=True, eq=False)
class ColumnView:
    """A column. `code` is the code dataset that serves it; a search condition's has a first entry for all."""

    id: str
    name: str
    label: str
    type: FieldType
    length: int | None = None
    scale: int | None = None
    required: bool = False
    key: bool = False
    default: str | None = None
    today: bool = False
    code: "DatasetView | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class DatasetView:
    id: str
    name: str
    label: str
    role: str
    columns: tuple[ColumnView, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()

    def column(self, column_id: str) -> ColumnView:
        return next(column for column in self.columns if column.id == column_id)

    @property
    def keys(self) -> tuple[ColumnView, ...]:
        return tuple(column for column in self.columns if column.key)


@dataclass(frozen=True, slots=True, eq=False)
class SendView:
    dataset: DatasetView
    rows: str


@dataclass(frozen=True, slots=True, eq=False)
class ReceiveView:
    dataset: DatasetView
    mode: str


@dataclass(frozen=True, slots=True, eq=False)
class TransactionView:
    id: str
    name: str
    path: str
    label: str
    sends: tuple[SendView, ...]
    receives: tuple[ReceiveView, ...]

    @property
    def changed(self) -> tuple[DatasetView, ...]:
        """The datasets whose changed rows it sends."""
        return tuple(send.dataset for send in self.sends if send.rows == "changed")

    @property
    def is_query(self) -> bool:
        return all(send.rows == "all" for send in self.sends)


@dataclass(frozen=True, slots=True, eq=False)
class Fill:
    """A column that takes its value from a column of another dataset."""

    column: ColumnView
    dataset: DatasetView
    source: ColumnView


@dataclass(frozen=True, slots=True, eq=False)
class RegionView:
    """A region. `control` is the name of its grid or panel, `inherits` what a new row takes from a key dataset."""

    id: str
    kind: str
    label: str
    dataset: DatasetView
    columns: tuple[ColumnView, ...]
    control: str
    editable: bool
    checkable: bool
    read_only: frozenset[str]
    inherits: tuple[Fill, ...] = ()
    ranges: tuple[tuple[ColumnView, ColumnView], ...] = ()

    def locked(self, column: ColumnView) -> bool:
        """Whether nobody ever edits the column here."""
        return column.id in self.read_only

    @property
    def typed_keys(self) -> tuple[ColumnView, ...]:
        """Keys that are typed on new rows and locked on loaded ones."""
        return tuple(item for item in self.columns if item.key and item.id not in self.read_only)

    def position(self, column: ColumnView) -> int:
        return self.columns.index(column)


@dataclass(frozen=True, slots=True, eq=False)
class PopupView:
    id: str
    name: str
    screen_id: str
    title: str
    url: str
    width: int
    height: int
    keys: tuple[ColumnView, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ActionView:
    """An action. `fills` is what a key dataset takes from the row that set it off."""

    id: str
    function: str
    label: str
    on: frozenset[str]
    do: str
    transaction: TransactionView | None = None
    region: RegionView | None = None
    popup: PopupView | None = None
    pass_key: bool = False
    validates: bool = False
    confirm: str | None = None
    then: str | None = None
    fills: tuple[Fill, ...] = ()

    @property
    def is_query(self) -> bool:
        return self.do == "submit" and self.transaction is not None and self.transaction.is_query


@dataclass(frozen=True, slots=True, eq=False)
class GridColumnView:
    column: ColumnView
    width: int


@dataclass(frozen=True, slots=True, eq=False)
class ControlView:
    """Something on the screen. `x` and `y` are its parent's."""

    kind: str
    name: str
    number: int
    x: int
    y: int
    width: int
    height: int
    right: int
    bottom: int
    text: str = ""
    widget: WidgetKind | None = None
    required: bool = False
    region: RegionView | None = None
    column: ColumnView | None = None
    action: ActionView | None = None
    columns: tuple[GridColumnView, ...] = ()
    children: tuple["ControlView", ...] = ()

    @property
    def focusable(self) -> bool:
        return self.kind in {"field", "button", "grid"}


@dataclass(frozen=True, slots=True, eq=False)
class RuleView:
    kind: str
    dataset: DatasetView
    columns: tuple[ColumnView, ...]
    message: str
