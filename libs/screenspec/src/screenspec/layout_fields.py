"""Search conditions and forms: labels aligned in columns, each with its field."""

from collections.abc import Sequence
from dataclasses import dataclass

from .boxes import Box, Metrics, WidgetKind
from .scopes import Scope
from .spec import Column, Dataset, Region
from .widths import field_width, text_width, widget_of

_BETWEEN = 18
_MAX_CONDITION_COLUMNS = 4
_ONE_COLUMN_FIELDS = 7
_LONG_TEXT = 120


@dataclass(frozen=True, slots=True)
class Cell:
    """A label and one field, or the two fields of a range."""

    columns: tuple[Column, ...]
    widgets: tuple[WidgetKind, ...]
    widths: tuple[int, ...]

    @property
    def label(self) -> str:
        return self.columns[0].label

    @property
    def width(self) -> int:
        return sum(self.widths) + _BETWEEN * (len(self.widths) - 1)


def shown_columns(region: Region, dataset: Dataset) -> list[Column]:
    """The columns that a region shows, in its order."""
    by_name = {column.name: column for column in dataset.columns}
    return [by_name[name] for name in region.shown if name in by_name]


def range_stem(first: str, second: str) -> str | None:
    """`due_date` for `due_date_from` and `due_date_to`."""
    stem = first.removesuffix("_from")
    return stem if first.endswith("_from") and second == f"{stem}_to" else None


def condition_cells(columns: Sequence[Column], scope: Scope, metrics: Metrics) -> list[Cell]:
    cells: list[Cell] = []
    index = 0
    while index < len(columns):
        pair = columns[index : index + 2]
        together = len(pair) == 2 and range_stem(pair[0].name, pair[1].name) is not None
        cell = tuple(pair if together else pair[:1])
        widgets = tuple(widget_of(column, scope, condition=True) for column in cell)
        widths = tuple(
            min(field_width(column, widget, scope, metrics), 180) for column, widget in zip(cell, widgets, strict=True)
        )
        cells.append(Cell(cell, widgets, widths))
        index += len(cell)
    return cells


def layout_conditions(
    region: Region, scope: Scope, metrics: Metrics, *, x: int, y: int, width: int, reserved: int = 0
) -> list[Box]:
    """The framed panel of the conditions, itself first; `reserved` is kept free at its right."""
    dataset = scope.dataset(region.dataset)
    cells = condition_cells(shown_columns(region, dataset) if dataset else [], scope, metrics)
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
        boxes.append(_label(region, cell, x=left, y=top, width=labels[column], height=metrics.field_height))
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


def _label(region: Region, cell: Cell, *, x: int, y: int, width: int, height: int, required: bool = False) -> Box:
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
    return boxes


def form_column_count(region: Region, dataset: Dataset) -> int:
    """One column for a short form, two for a longer one."""
    return 1 if len(shown_columns(region, dataset)) <= _ONE_COLUMN_FIELDS else 2


def form_width(region: Region, scope: Scope, metrics: Metrics) -> int:
    """The natural width of a form that stands alone, in a popup."""
    dataset = scope.dataset(region.dataset)
    if dataset is None:
        return metrics.popup_min_width
    columns = shown_columns(region, dataset)
    count = form_column_count(region, dataset)
    label = _form_label_width(columns, metrics)
    field = max((field_width(item, widget_of(item, scope), scope, metrics) for item in columns), default=200)
    return count * (label + max(field, 200) + 2 * metrics.label_gap) + 2


def layout_form(
    region: Region, scope: Scope, metrics: Metrics, *, x: int, y: int, width: int, columns: int | None = None
) -> list[Box]:
    """The form's panel, itself first: a table of tinted labels and fields. Long text takes a whole row."""
    dataset = scope.dataset(region.dataset)
    shown = shown_columns(region, dataset) if dataset else []
    count = columns or (2 if len(shown) > 1 else 1)
    cell_width = (width - 2) // count
    label_width = min(_form_label_width(shown, metrics), cell_width * 2 // 5)
    boxes: list[Box] = []
    column, top = 0, y + 1
    for item in shown:
        widget = widget_of(item, scope)
        full = widget == "multiline" or (widget == "text" and (item.length or 0) > _LONG_TEXT)
        if full and column:
            column, top = 0, top + metrics.row_height
        height = metrics.row_height * (metrics.multiline_rows if widget == "multiline" else 1)
        left = x + 1 + column * cell_width
        room = (width - 2 if full else cell_width) - label_width - 2 * metrics.label_gap
        natural = field_width(item, widget, scope, metrics)
        cell = Cell((item,), (widget,), (room if full else min(natural, room),))
        boxes.append(_label(region, cell, x=left, y=top, width=label_width, height=height, required=item.required))
        boxes.append(
            _form_field(region, cell, metrics, x=left + label_width + metrics.label_gap, top=top, height=height)
        )
        column += 1
        if full or column == count:
            column, top = 0, top + height
    bottom = top + (metrics.row_height if column else 0) + 1
    panel_height = max(bottom - y, metrics.row_height)
    return [Box("panel", region.id, x, y, width, panel_height, region=region.id, text=region.label), *boxes]


def _form_label_width(columns: Sequence[Column], metrics: Metrics) -> int:
    widest = max((text_width(column.label, metrics) + (14 if column.required else 0) for column in columns), default=0)
    return min(max(widest + 2 * metrics.label_gap, 90), 320)


def _form_field(region: Region, cell: Cell, metrics: Metrics, *, x: int, top: int, height: int) -> Box:
    space = (metrics.row_height - metrics.field_height) // 2
    name, width = cell.columns[0].name, cell.widths[0]
    return Box(
        "field",
        name,
        x,
        top + space,
        width,
        height - 2 * space,
        region=region.id,
        parent=region.id,
        widget=cell.widgets[0],
    )
