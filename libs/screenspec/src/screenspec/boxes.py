"""What the layout gives: boxes in pixels of the screen, and the measures that it lays them out by."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

BoxKind = Literal[
    "title", "section", "count", "panel", "label", "field", "between", "line", "button", "grid", "paging", "tabs"
]
WidgetKind = Literal["text", "number", "date", "masked", "combo", "yes_no", "checkbox", "multiline", "radio"]


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes in pixels; a framework's theme may set its own."""

    width: int = 1024
    height: int = 700
    margin: int = 12
    gap: int = 6
    title_height: int = 30
    title_mark: int = 4
    button_height: int = 28
    button_min_width: int = 68
    button_padding: int = 26
    section_height: int = 28
    section_gap: int = 10
    row_height: int = 34
    field_height: int = 26
    panel_padding: int = 10
    label_gap: int = 8
    cell_gap: int = 28
    multiline_rows: int = 3
    count_width: int = 120
    paging_height: int = 34
    tab_height: int = 30
    tab_padding: int = 10
    tab_min_width: int = 90
    lookup_button: int = 30
    radio_mark: int = 24
    radio_gap: int = 14
    narrow_char: int = 7
    wide_char: int = 13
    grid_header: int = 32
    grid_row: int = 28
    grid_min_rows: int = 4
    scrollbar: int = 18
    check_column: int = 30
    number_column: int = 40
    popup_min_width: int = 440
    popup_max_width: int = 960
    picker_width: int = 640
    picker_height: int = 520


@dataclass(frozen=True, slots=True)
class GridColumn:
    name: str
    width: int


class Box(NamedTuple):
    """A rectangle of the screen. `x` and `y` are the screen's, not the parent's.

    `ref` is what it stands for: a region's id (panel, grid, section), a column's name (label, field, between), an
    action's id (button), of tabs the first region in them. `parent` is the region whose panel holds it, `page` the
    title of the tab that it lies in, `tabs` of which tabs.
    """

    kind: BoxKind
    ref: str
    x: int
    y: int
    width: int
    height: int
    region: str = ""
    parent: str = ""
    text: str = ""
    widget: WidgetKind | None = None
    required: bool = False
    columns: tuple[GridColumn, ...] = ()
    parts: tuple[int, ...] = ()
    """Widths of a field's radio buttons, or of tabs, from left to right."""
    pages: tuple[str, ...] = ()
    """Titles of the tabs."""
    tabs: str = ""
    page: str = ""

    def moved(self, x: int, y: int) -> "Box":
        """The same box so many pixels to the right and down."""
        kind, ref, left, top, *rest = self
        return Box._make((kind, ref, left + x, top + y, *rest))

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class ScreenLayout:
    width: int
    height: int
    boxes: tuple[Box, ...]
    metrics: Metrics = Metrics()
