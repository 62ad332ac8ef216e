"""The parts of a screen in the framework's names: what a pack's templates draw. Framework-free in their shape.

Each part is built once for a screen: parts are the same where they are the same object.
"""

from dataclasses import dataclass, field

from screenspec.boxes import WidgetKind
from screenspec.data_model import FieldType


@dataclass(slots=True, eq=False)
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
    grouped: bool = False
    """Whether thousands are set apart."""
    mask: str | None = None
    """Digits (9) and the signs between them, of a text that is always written so."""
    code: "DatasetView | None" = None


@dataclass(slots=True, eq=False)
class DatasetView:
    id: str
    name: str
    label: str
    role: str
    columns: tuple[ColumnView, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    places: dict[str, int] = field(init=False, repr=False)
    """The places of the columns by their ids."""

    def __post_init__(self) -> None:
        self.places = {column.id: index for index, column in enumerate(self.columns)}

    def column(self, column_id: str) -> ColumnView:
        return self.columns[self.places[column_id]]

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.columns]

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
class PagingView:
    """Rows page by page: `asked` has the page's number and size, `total` how many rows there are in all."""

    size: int
    asked: DatasetView
    total: DatasetView

    @property
    def number_column(self) -> ColumnView:
        return self.asked.columns[0]

    @property
    def size_column(self) -> ColumnView:
        return self.asked.columns[1]

    @property
    def total_column(self) -> ColumnView:
        return self.total.columns[0]


@dataclass(frozen=True, slots=True, eq=False)
class TransactionView:
    id: str
    name: str
    path: str
    label: str
    sends: tuple[SendView, ...]
    receives: tuple[ReceiveView, ...]
    paging: PagingView | None = None

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
class Pick:
    """A column that takes its value from the row chosen in a popup: `source` is the name there."""

    column: ColumnView
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class ActionView:
    """An action. `fills` is what a key dataset takes from the row that set it off, `picks` what a popup's choice fills.

    With picks the popup is opened under a name of the action's own, `popup_name`.
    """

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
    picks: tuple[Pick, ...] = ()
    popup_name: str = ""

    @property
    def is_query(self) -> bool:
        return self.do == "submit" and self.transaction is not None and self.transaction.is_query


@dataclass(slots=True, eq=False)
class GridColumnView:
    column: ColumnView
    width: int


@dataclass(frozen=True, slots=True, eq=False)
class ChoiceView:
    """One of a field's radio buttons. `x` and `right` are the parent's."""

    name: str
    number: int
    value: str
    label: str
    x: int
    width: int
    right: int


@dataclass(frozen=True, slots=True, eq=False)
class PageView:
    """What lies in one tab; places are relative to the area under the tabs."""

    title: str
    width: int
    controls: tuple["ControlView", ...]

    @property
    def focus_order(self) -> tuple[int, ...]:
        """The numbers of what can have the focus, panels' children among them."""
        every = (control for item in self.controls for control in (item, *item.inner))
        return tuple(number for control in every for number in control.focus_numbers)


@dataclass(slots=True, eq=False)
class ControlView:
    """Something on the screen. `x` and `y` are its parent's. Children lie in a panel, pages in tabs."""

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
    choices: tuple[ChoiceView, ...] = ()
    pages: tuple[PageView, ...] = ()

    @property
    def focusable(self) -> bool:
        return self.kind in {"field", "button", "grid"}

    @property
    def focus_numbers(self) -> tuple[int, ...]:
        """The numbers of what can have the focus: of each radio button, or of the control itself."""
        own = tuple(item.number for item in self.choices) or (self.number,)
        return own if self.focusable else ()

    @property
    def focus_order(self) -> tuple[int, ...]:
        """The numbers of a panel's children that can have the focus."""
        return tuple(number for item in self.children for number in item.focus_numbers)

    @property
    def inner(self) -> tuple["ControlView", ...]:
        """All controls within, parents before their children."""
        within = (*self.children, *(item for page in self.pages for item in page.controls))
        return tuple(control for item in within for control in (item, *item.inner))

    @property
    def columns_width(self) -> int:
        """The pixels that a grid's columns take."""
        return sum(column.width for column in self.columns)

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of what stands on the screen for it."""
        return tuple(item.name for item in self.choices) or (self.name,)


@dataclass(frozen=True, slots=True, eq=False)
class RuleView:
    kind: str
    dataset: DatasetView
    columns: tuple[ColumnView, ...]
    message: str
