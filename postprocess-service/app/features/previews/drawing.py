"""From a scope's boxes to what the page's template writes: places, texts, rows."""

from dataclasses import dataclass

from screenspec.boxes import Box, Metrics
from screenspec.layout import layout_screen
from screenspec.layout_fields import range_stem
from screenspec.scopes import Scope
from screenspec.spec import Column, Region

from .samples import sample_range, sample_value

MAX_ROWS = 12
_SMALL_SET = 8
_ALL = {"ko": "전체", "en": "All"}
_YES_NO = {"ko": ("예", "아니요"), "en": ("Yes", "No")}
_COUNT = {"ko": "총 48건", "en": "Total 48"}
_PAGES = ("«", "‹", "1", "2", "3", "4", "5", "›", "»")
_RIGHT = frozenset({"integer", "decimal"})
_LEFT = frozenset({"string", "text"})


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    look: str
    """How it is set: `left`, `right`, `centre`, `check`, with `combo` where a list opens."""


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    width: int
    required: bool


@dataclass(frozen=True, slots=True)
class Table:
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    width: int
    checkable: bool
    selected: int
    """The row that is chosen, counted from 0; -1 where none is."""


@dataclass(frozen=True, slots=True)
class Choice:
    text: str
    chosen: bool
    width: int = 0


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box with what stands in it. `classes` are the page's."""

    box: Box
    classes: str
    text: str
    table: Table | None = None
    choices: tuple["Choice", ...] = ()
    """Of tabs their titles, of a field its radio buttons, of a bar its pages."""


@dataclass(frozen=True, slots=True)
class Picture:
    title: str
    popup: bool
    width: int
    height: int
    parts: tuple[Drawn, ...]


def draw(scope: Scope, metrics: Metrics) -> Picture:
    """The screen, or one of its popups."""
    layout = layout_screen(scope.spec, metrics, popup=scope.popup)
    artist = _Artist(scope, metrics)
    first = {box.ref: box.pages[0] for box in layout.boxes if box.kind == "tabs"}
    parts = tuple(artist.part(box) for box in layout.boxes if not box.tabs or box.page == first[box.tabs])
    return Picture(scope.title, scope.popup is not None, layout.width, layout.height, parts)


class _Artist:
    def __init__(self, scope: Scope, metrics: Metrics) -> None:
        self._scope = scope
        self._metrics = metrics
        self._saved = {send.dataset for item in scope.transactions for send in item.sends if send.rows == "changed"}
        grids = [region.dataset for region in scope.regions if region.kind == "grid"]
        self._followed = {
            region.dataset for region in scope.regions if region.kind == "form" and region.dataset in grids
        }

    def part(self, box: Box) -> Drawn:
        region = self._scope.region(box.region) if box.region else None
        if box.kind == "grid" and region is not None:
            return Drawn(box, "grid", "", self._table(box, region))
        if box.kind == "field" and region is not None:
            return self._field(box, region)
        if box.kind == "button":
            return Drawn(box, "button primary" if self._is_first(box.ref) else "button", box.text)
        choices = self._choices(box)
        if choices:
            return Drawn(box, box.kind, "", choices=choices)
        if box.kind == "count":
            return Drawn(box, "count", _COUNT[self._scope.spec.language])
        kind = f"{box.kind} of-{region.kind}" if region is not None else box.kind
        return Drawn(box, kind + (" required" if box.required else ""), "" if box.kind == "panel" else box.text)

    @staticmethod
    def _choices(box: Box) -> tuple[Choice, ...]:
        """The titles of tabs, the signs on a bar of pages."""
        if box.kind == "tabs":
            titles = zip(box.pages, box.parts, strict=True)
            return tuple(Choice(title, title == box.pages[0], width) for title, width in titles)
        return tuple(Choice(sign, sign == "1") for sign in _PAGES) if box.kind == "paging" else ()

    def _is_first(self, action_id: str) -> bool:
        action = self._scope.action(action_id)
        return action is not None and action.do in {"submit", "choose_row"}

    def _column(self, region: Region, name: str) -> Column:
        dataset = self._scope.dataset(region.dataset)
        return next(item for item in dataset.columns if item.name == name) if dataset else Column(name=name, label=name)

    def _field(self, box: Box, region: Region) -> Drawn:
        column = self._column(region, box.ref)
        if region.kind == "conditions":
            text = self._condition(column, region, str(box.widget))
        else:
            text = sample_value(column, self._scope, 0)
        if box.parts:
            return Drawn(box, "field radio", "", choices=self._radios(box, column))
        locked = region.kind == "form" and (column.name in region.read_only or region.dataset not in self._saved)
        return Drawn(box, f"field {box.widget}" + (" locked" if locked else ""), text)

    def _radios(self, box: Box, column: Column) -> tuple[Choice, ...]:
        dataset = self._scope.code_dataset(column.code_group) if column.code_group else None
        labels = [label for _, label in dataset.rows] if dataset else list(_YES_NO[self._scope.spec.language])
        return tuple(
            Choice(label, not index, width) for index, (label, width) in enumerate(zip(labels, box.parts, strict=True))
        )

    def _condition(self, column: Column, region: Region, widget: str) -> str:
        """Lists show all, ranges a month; the rest is left for the user to type."""
        if widget in {"combo", "yes_no"}:
            return _ALL[self._scope.spec.language]
        stem = column.name.removesuffix("_from").removesuffix("_to")
        ranged = range_stem(f"{stem}_from", f"{stem}_to") and f"{stem}_from" in region.fields and column.name != stem
        return sample_range(column) if ranged and column.type == "date" else ""

    def _table(self, box: Box, region: Region) -> Table:
        columns = [self._column(region, item.name) for item in box.columns]
        headings = tuple(
            Heading(column.label, item.width, column.required and region.editable)
            for column, item in zip(columns, box.columns, strict=True)
        )
        room = (box.height - self._metrics.grid_header - 2) // self._metrics.grid_row
        count = max(min(room, MAX_ROWS if box.region == "grid" else _SMALL_SET), 1)
        rows = tuple(tuple(self._cell(column, region, row) for column in columns) for row in range(count))
        width = sum(item.width for item in headings) + self._metrics.number_column
        width += self._metrics.check_column if region.checkable else 0
        follows = region.dataset in self._followed or any("row_select" in item.on for item in self._scope.actions)
        chosen = 0 if follows and region.id == self._first_grid() else -1
        return Table(headings, rows, width, region.checkable, chosen)

    def _same(self, region: Region) -> set[str]:
        """Columns that are the same in all rows of a region: what its rows were asked for by."""
        asked = [
            item for item in self._scope.transactions if any(got.dataset == region.dataset for got in item.receives)
        ]
        sent = [self._scope.dataset(part.dataset) for item in asked for part in item.sends]
        return {column.name for dataset in sent if dataset and dataset.role == "lookup" for column in dataset.columns}

    def _first_grid(self) -> str:
        return next((region.id for region in self._scope.regions if region.kind == "grid"), "")

    def _cell(self, column: Column, region: Region, row: int) -> Cell:
        text = sample_value(column, self._scope, 0 if column.name in self._same(region) else row)
        editable = region.editable and not column.key and column.name not in region.read_only
        if column.code_group:
            return Cell(text, "centre combo" if editable else "centre")
        if column.type == "boolean":
            return Cell(text, "check")
        look = "right" if column.type in _RIGHT else "left" if column.type in _LEFT else "centre"
        return Cell(text, look + (" day" if editable and column.type == "date" else ""))
