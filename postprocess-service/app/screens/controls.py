"""Control views from the layout's boxes: numbered, named, placed within their panels."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from screenspec.boxes import Box, ScreenLayout
from screenspec.spec import Operation

from .model import ActionView, ChoiceView, ColumnView, ControlView, GridColumnView, PageView, RegionView
from .names import Namer

_BUTTONS = 2
_ALIKE = 20
_REGION = 2000
_OPERATIONS = get_args(Operation)
_TITLE_MARK = 1999
_LINES = 1000
_CHOICES = 1300
_MOST_CHOICES = 8
_PARTS = {"section": 1, "count": 1990, "paging": 1991, "tabs": 1992}
_SUFFIXES = {
    "title": "screen_title", "section": "{}_title", "count": "{}_count", "between": "{}_between", "line": "{}_line",
}  # fmt: skip
_OF_COLUMNS = ("label", "between", "field")


def build_controls(
    layout: ScreenLayout,
    regions: dict[str, RegionView],
    actions: dict[str, ActionView],
    namer: Namer,
    *,
    yes_no: tuple[tuple[str, str], ...],
) -> tuple[ControlView, ...]:
    """The controls of a screen, panels with their children inside, tabs with their pages."""
    return tuple(_ControlBuilder(layout, regions, actions, namer, yes_no).build())


@dataclass(frozen=True, slots=True)
class _Area:
    """Where controls lie: the screen, a panel or a page of tabs, in the screen's pixels."""

    x: int
    y: int
    width: int
    height: int


class _ControlBuilder:
    def __init__(
        self,
        layout: ScreenLayout,
        regions: dict[str, RegionView],
        actions: dict[str, ActionView],
        namer: Namer,
        yes_no: tuple[tuple[str, str], ...],
    ) -> None:
        self._layout = layout
        self._regions = regions
        self._actions = actions
        self._namer = namer
        self._yes_no = yes_no
        self._numbers: set[int] = set()
        self._places = {name: place for place, name in enumerate(regions, start=1)}

    def build(self) -> Iterator[ControlView]:
        screen = _Area(0, 0, self._layout.width, self._layout.height)
        for box in self._layout.boxes:
            if not box.parent and not box.tabs:
                yield self._control(box, screen)

    def _control(self, box: Box, area: _Area) -> ControlView:
        number = self._number(box)
        region = self._regions.get(box.region)
        column = self._column(box, region)
        x, y = box.x - area.x, box.y - area.y
        choices = self._choices(box, region, column, area) if box.parts and region and column else ()
        return ControlView(
            kind=box.kind,
            name=choices[0].name if choices else self._name(box, region),
            number=choices[0].number if choices else number,
            x=x,
            y=y,
            width=box.width,
            height=box.height,
            right=area.width - x - box.width,
            bottom=area.height - y - box.height,
            text=box.text,
            widget=box.widget,
            required=box.required,
            region=region,
            column=column,
            action=self._actions.get(box.ref) if box.kind == "button" else None,
            columns=_grid_columns(box, region),
            children=self._children(box),
            choices=choices,
            pages=self._pages(box),
        )

    def _children(self, box: Box) -> tuple[ControlView, ...]:
        if box.kind != "panel":
            return ()
        area = _Area(box.x, box.y, box.width, box.height)
        return tuple(self._control(item, area) for item in self._layout.boxes if item.parent == box.ref)

    def _pages(self, box: Box) -> tuple[PageView, ...]:
        if box.kind != "tabs":
            return ()
        head = self._layout.metrics.tab_height
        area = _Area(box.x, box.y + head, box.width, box.height - head)
        inside = [item for item in self._layout.boxes if item.tabs == box.ref and not item.parent]
        return tuple(
            PageView(title, width, tuple(self._control(item, area) for item in inside if item.page == title))
            for title, width in zip(box.pages, box.parts, strict=True)
        )

    def _choices(self, box: Box, region: RegionView, column: ColumnView, area: _Area) -> tuple[ChoiceView, ...]:
        """Radio buttons from left to right, one for each value of the field."""
        values = column.code.rows if column.code else self._yes_no
        first = self._region_number(region) + _CHOICES + region.dataset.columns.index(column) * _MOST_CHOICES
        left, found = box.x - area.x, []
        for index, ((value, label), width) in enumerate(zip(values, box.parts, strict=True)):
            name = self._namer.unique(f"field.{box.widget}", f"{box.ref}_{index + 1}", f"{box.region}_{box.ref}")
            found.append(
                ChoiceView(name, self._free(first + index), value, label, left, width, area.width - left - width)
            )
            left += width + self._layout.metrics.radio_gap
        return tuple(found)

    def _number(self, box: Box) -> int:
        """A number that stays where other parts come or go: by what a button does, by region and column."""
        number = 1
        if box.kind == "button":
            does = self._actions[box.ref].do
            alike = [name for name, action in self._actions.items() if action.do == does]
            number = _BUTTONS + _ALIKE * _OPERATIONS.index(does) + alike.index(box.ref)
        elif box.region in self._regions or box.ref in self._regions:
            region = self._regions[box.region if box.region in self._regions else box.ref]
            number = self._region_number(region) + self._within(box, region)
        elif box.kind == "line":
            number = _TITLE_MARK
        return self._free(number)

    def _region_number(self, region: RegionView) -> int:
        return _REGION * self._places[region.id]

    def _free(self, number: int) -> int:
        while number in self._numbers:
            number += 1
        self._numbers.add(number)
        return number

    @staticmethod
    def _within(box: Box, region: RegionView) -> int:
        if box.kind == "line":
            return _LINES + region.dataset.places[box.ref]
        if box.kind not in _OF_COLUMNS:
            return _PARTS.get(box.kind, 0)
        return 2 + region.dataset.places[box.ref] * len(_OF_COLUMNS) + _OF_COLUMNS.index(box.kind)

    def _name(self, box: Box, region: RegionView | None) -> str:
        if box.kind in {"grid", "panel"} and region is not None:
            return region.control
        if box.kind == "field":
            return self._namer.unique(f"field.{box.widget}", box.ref, f"{box.region}_{box.ref}")
        suffix = _SUFFIXES.get(box.kind, "{}").format(box.ref)
        return self._namer.unique(box.kind, suffix, f"{box.region}_{suffix}")

    @staticmethod
    def _column(box: Box, region: RegionView | None) -> ColumnView | None:
        if region is None or box.kind not in {"label", "field", "between"}:
            return None
        return region.dataset.column(box.ref)


def _grid_columns(box: Box, region: RegionView | None) -> tuple[GridColumnView, ...]:
    if region is None or not box.columns:
        return ()
    return tuple(GridColumnView(region.dataset.column(item.name), item.width) for item in box.columns)
