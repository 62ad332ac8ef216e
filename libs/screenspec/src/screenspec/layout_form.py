"""Forms: a table of tinted labels and fields, a thin line between its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .boxes import Box, Metrics, WidgetKind
from .layout_fields import BESIDE, Cell, label_box, lookup_box, lookups_of, shown_columns
from .scopes import Scope
from .spec import Action, Column, Dataset, Region
from .widths import field_width, radio_widths, text_width, widget_of

_ONE_COLUMN_FIELDS = 7
_LONG_TEXT = 120
_MAX_LABEL = 400


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
    label = _label_width(columns, metrics)
    field = max((field_width(item, widget_of(item, scope), scope, metrics) for item in columns), default=200)
    return count * (label + max(field, 200) + 2 * metrics.label_gap) + 2


def layout_form(
    region: Region, scope: Scope, metrics: Metrics, *, x: int, y: int, width: int, columns: int | None = None
) -> list[Box]:
    """The form's panel, itself first."""
    dataset = scope.dataset(region.dataset)
    shown = shown_columns(region, dataset) if dataset else []
    count = columns or (2 if len(shown) > 1 else 1)
    if _label_width(shown, metrics) > (width - 2) // count * 2 // 5:
        count = 1
    form = _Form(region, scope, metrics, x + 1, width - 2, count, lookups_of(region, scope))
    boxes = list(form.boxes(shown, y + 1))
    bottom = max((box.bottom for box in boxes if box.kind == "label"), default=y + metrics.row_height) + 1
    panel = Box("panel", region.id, x, y, width, max(bottom - y, metrics.row_height), region=region.id)
    return [panel, *boxes]


@dataclass(frozen=True, slots=True)
class _Form:
    region: Region
    scope: Scope
    metrics: Metrics
    x: int
    width: int
    count: int
    lookups: dict[str, Action]

    def boxes(self, shown: Sequence[Column], top: int) -> Iterator[Box]:
        metrics = self.metrics
        label_width = min(_label_width(shown, metrics), self.width // self.count * 2 // 5)
        for number, row in enumerate(self._rows(shown, label_width)):
            if number:
                yield Box("line", row[0].name, self.x, top, self.width, 1, region=self.region.id, parent=self.region.id)
                top += 1
            height = max(self._height(item) for item in row)
            for position, item in enumerate(row):
                left = self.x + position * (self.width // self.count)
                room = self._room(label_width, wide=self._wide(item, label_width))
                yield from self._cell(item, left, top, label_width=label_width, room=room, height=height)
            top += height

    def _rows(self, shown: Sequence[Column], label_width: int) -> Iterator[list[Column]]:
        """Long text and many radio buttons have a row for themselves."""
        row: list[Column] = []
        for item in shown:
            wide = self._wide(item, label_width)
            if row and (wide or len(row) == self.count):
                yield row
                row = []
            row.append(item)
            if wide:
                yield row
                row = []
        if row:
            yield row

    def _height(self, column: Column) -> int:
        rows = self.metrics.multiline_rows if widget_of(column, self.scope) == "multiline" else 1
        return self.metrics.row_height * rows

    def _room(self, label_width: int, *, wide: bool) -> int:
        cell = self.width if wide else self.width // self.count
        return cell - label_width - 2 * self.metrics.label_gap

    def _wide(self, column: Column, label_width: int) -> bool:
        widget = widget_of(column, self.scope)
        if widget == "radio":
            natural = field_width(column, widget, self.scope, self.metrics)
            return self._room(label_width, wide=False) < natural <= self._room(label_width, wide=True)
        return widget == "multiline" or (widget == "text" and (column.length or 0) > _LONG_TEXT)

    def _cell(self, column: Column, x: int, y: int, *, label_width: int, room: int, height: int) -> Iterator[Box]:
        metrics, region = self.metrics, self.region
        widget, width = self._fitting(column, room)
        lookup = self.lookups.get(column.name)
        extra = metrics.lookup_button + BESIDE if lookup else 0
        cell = Cell((column,), (widget,), (min(width, room - extra),), lookup, extra)
        yield label_box(region, cell, x=x, y=y, width=label_width, height=height, required=column.required)
        space = (metrics.row_height - metrics.field_height) // 2
        left, top = x + label_width + metrics.label_gap, y + space
        parts = radio_widths(column, self.scope, metrics) if widget == "radio" else ()
        yield Box(
            "field", column.name, left, top, cell.widths[0], height - 2 * space,
            region=region.id, parent=region.id, widget=widget, parts=parts,
        )  # fmt: skip
        yield from lookup_box(region, cell, metrics, x=left + cell.widths[0], y=top)

    def _fitting(self, column: Column, room: int) -> tuple[WidgetKind, int]:
        """How a field is edited, and its width: radio buttons for which there is no room become a list."""
        widget = widget_of(column, self.scope)
        natural = field_width(column, widget, self.scope, self.metrics)
        if widget == "radio" and natural > room:
            widget = "combo" if column.code_group else "yes_no"
            natural = field_width(column, widget, self.scope, self.metrics)
        long = widget == "multiline" or (widget == "text" and (column.length or 0) > _LONG_TEXT)
        return widget, room if long else natural


def _label_width(columns: Sequence[Column], metrics: Metrics) -> int:
    widest = max((text_width(column.label, metrics) + (14 if column.required else 0) for column in columns), default=0)
    return min(max(widest + 2 * metrics.label_gap, 90), _MAX_LABEL)
