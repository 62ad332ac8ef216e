"""Search conditions: labels aligned in columns, each with its field."""

from collections.abc import Sequence
from dataclasses import dataclass

from .boxes import Box, Metrics, WidgetKind
from .scopes import Scope
from .spec import Action, Column, Dataset, Region
from .widths import field_width, text_width, widget_of

_BETWEEN = 18
BESIDE = 4
_MAX_CONDITION_COLUMNS = 4
LOOKUP_SIGN = "…"


@dataclass(frozen=True, slots=True)
class Cell:
    """A label and one field, or the two fields of a range; `lookup` opens a popup that fills the field."""

    columns: tuple[Column, ...]
    widgets: tuple[WidgetKind, ...]
    widths: tuple[int, ...]
    lookup: Action | None = None
    extra: int = 0
    """Pixels beside the field that its lookup takes."""

    @property
    def label(self) -> str:
        return self.columns[0].label

    @property
    def width(self) -> int:
        return sum(self.widths) + _BETWEEN * (len(self.widths) - 1) + self.extra


def shown_columns(region: Region, dataset: Dataset) -> list[Column]:
    """The columns that a region shows, in its order."""
    by_name = {column.name: column for column in dataset.columns}
    return [by_name[name] for name in region.shown if name in by_name]


def range_stem(first: str, second: str) -> str | None:
    """`due_date` for `due_date_from` and `due_date_to`."""
    stem = first.removesuffix("_from")
    return stem if first.endswith("_from") and second == f"{stem}_to" else None


def lookups_of(region: Region, scope: Scope) -> dict[str, Action]:
    """The actions whose button stands beside a field of the region, by the field's name."""
    return {
        action.field: action
        for action in scope.actions
        if action.field in region.shown and action.region == region.id and "button" in action.on
    }


def condition_cells(region: Region, columns: Sequence[Column], scope: Scope, metrics: Metrics) -> list[Cell]:
    cells: list[Cell] = []
    lookups = lookups_of(region, scope)
    index = 0
    while index < len(columns):
        pair = columns[index : index + 2]
        together = len(pair) == 2 and range_stem(pair[0].name, pair[1].name) is not None
        cell = tuple(pair if together else pair[:1])
        widgets = tuple(widget_of(column, scope, condition=True) for column in cell)
        widths = tuple(
            min(field_width(column, widget, scope, metrics), 180) for column, widget in zip(cell, widgets, strict=True)
        )
        lookup = lookups.get(cell[0].name) if len(cell) == 1 else None
        cells.append(Cell(cell, widgets, widths, lookup, metrics.lookup_button + BESIDE if lookup else 0))
        index += len(cell)
    return cells


def layout_conditions(
    region: Region, scope: Scope, metrics: Metrics, *, x: int, y: int, width: int, reserved: int = 0
) -> list[Box]:
    """The framed panel of the conditions, itself first; `reserved` is kept free at its right."""
    dataset = scope.dataset(region.dataset)
    cells = condition_cells(region, shown_columns(region, dataset) if dataset else [], scope, metrics)
    inner = width - 2 * metrics.panel_padding - reserved
    labels, fields = _columns_that_fit(cells, inner, metrics)
    count = max(len(labels), 1)
    rows = max(-(-len(cells) // count), 1)
    height = rows * metrics.row_height + 2 * metrics.panel_padding - (metrics.row_height - metrics.field_height)
    boxes = [Box("panel", region.id, x, y, width, height, region=region.id, text=region.label)]
    for index, cell in enumerate(cells):
        column = index % count
        left = x + metrics.panel_padding + sum(labels[:column]) + sum(fields[:column])
        left += column * (metrics.label_gap + metrics.cell_gap)
        top = y + metrics.panel_padding + index // count * metrics.row_height
        boxes.append(label_box(region, cell, x=left, y=top, width=labels[column], height=metrics.field_height))
        boxes.extend(_fields(region, cell, left + labels[column] + metrics.label_gap, top, metrics))
    return boxes


def _columns_that_fit(cells: Sequence[Cell], inner: int, metrics: Metrics) -> tuple[list[int], list[int]]:
    """Widths of the label and field columns for the greatest number of columns that fits."""
    for count in range(min(_MAX_CONDITION_COLUMNS, len(cells)), 0, -1):
        groups = [cells[column::count] for column in range(count)]
        labels = [max(text_width(cell.label, metrics) + 8 for cell in group) for group in groups]
        fields = [max(cell.width for cell in group) for group in groups]
        gaps = count * metrics.label_gap + (count - 1) * metrics.cell_gap
        if sum(labels) + sum(fields) + gaps <= inner:
            return labels, fields
        if count == 1:
            return [max(inner - fields[0] - metrics.label_gap, 40)], fields
    return [], []


def label_box(region: Region, cell: Cell, *, x: int, y: int, width: int, height: int, required: bool = False) -> Box:
    name, text = cell.columns[0].name, cell.label
    return Box("label", name, x, y, width, height, region=region.id, parent=region.id, text=text, required=required)


def _fields(region: Region, cell: Cell, x: int, y: int, metrics: Metrics) -> list[Box]:
    """The fields of a condition, side by side; a sign between the two ends of a range."""
    boxes: list[Box] = []
    height, place = metrics.field_height, region.id
    parts = zip(cell.columns, cell.widgets, cell.widths, strict=True)
    for index, (column, widget, width) in enumerate(parts):
        if index:
            boxes.append(Box("between", column.name, x, y, _BETWEEN, height, region=place, parent=place, text="~"))
            x += _BETWEEN
        boxes.append(Box("field", column.name, x, y, width, height, region=place, parent=place, widget=widget))
        x += width
    return [*boxes, *lookup_box(region, cell, metrics, x=x, y=y)]


def lookup_box(region: Region, cell: Cell, metrics: Metrics, *, x: int, y: int) -> list[Box]:
    """The button beside a field that opens a popup for it."""
    if cell.lookup is None:
        return []
    place, width, height = region.id, metrics.lookup_button, metrics.field_height
    return [Box("button", cell.lookup.id, x + BESIDE, y, width, height, region=place, parent=place, text=LOOKUP_SIGN)]
