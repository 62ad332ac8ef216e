"""Control views from the layout's boxes: numbered, named, placed within their panels."""

from collections.abc import Iterator
from typing import get_args

from screenspec.boxes import Box, ScreenLayout
from screenspec.spec import Operation

from .model import ActionView, ColumnView, ControlView, GridColumnView, RegionView
from .names import Namer

_BUTTONS = 2
_ALIKE = 20
_REGION = 1000
_OPERATIONS = get_args(Operation)
_OF_COLUMNS = ("label", "between", "field")


def build_controls(
    layout: ScreenLayout, regions: dict[str, RegionView], actions: dict[str, ActionView], namer: Namer
) -> tuple[ControlView, ...]:
    """The controls of a screen, panels with their children inside."""
    return tuple(_ControlBuilder(layout, regions, actions, namer).build())


class _ControlBuilder:
    def __init__(
        self, layout: ScreenLayout, regions: dict[str, RegionView], actions: dict[str, ActionView], namer: Namer
    ) -> None:
        self._layout = layout
        self._regions = regions
        self._actions = actions
        self._namer = namer
        self._numbers: set[int] = set()

    def build(self) -> Iterator[ControlView]:
        for box in self._layout.boxes:
            if not box.parent:
                yield self._control(box)

    def _control(self, box: Box, panel: Box | None = None) -> ControlView:
        number = self._number(box)
        region = self._regions.get(box.region)
        column = self._column(box, region)
        name = self._name(box, region)
        x, y = (box.x - panel.x, box.y - panel.y) if panel else (box.x, box.y)
        around = (panel.width, panel.height) if panel else (self._layout.width, self._layout.height)
        children: tuple[ControlView, ...] = ()
        if box.kind == "panel":
            inside = [item for item in self._layout.boxes if item.parent == box.ref]
            children = tuple(self._control(item, box) for item in inside)
        return ControlView(
            kind=box.kind,
            name=name,
            number=number,
            x=x,
            y=y,
            width=box.width,
            height=box.height,
            right=around[0] - x - box.width,
            bottom=around[1] - y - box.height,
            text=box.text,
            widget=box.widget,
            required=box.required,
            region=region,
            column=column,
            action=self._actions.get(box.ref) if box.kind == "button" else None,
            columns=_grid_columns(box, region),
            children=children,
        )

    def _number(self, box: Box) -> int:
        """A number that stays where other parts come or go: by what a button does, by region and column."""
        number = 1
        if box.kind == "button":
            does = self._actions[box.ref].do
            alike = [name for name, action in self._actions.items() if action.do == does]
            number = _BUTTONS + _ALIKE * _OPERATIONS.index(does) + alike.index(box.ref)
        elif box.region in self._regions or box.ref in self._regions:
            region = box.region if box.region in self._regions else box.ref
            number = _REGION * (list(self._regions).index(region) + 1) + self._within(box, self._regions[region])
        while number in self._numbers:
            number += 1
        self._numbers.add(number)
        return number

    @staticmethod
    def _within(box: Box, region: RegionView) -> int:
        if box.kind not in _OF_COLUMNS:
            return 1 if box.kind == "section" else 0
        position = next(index for index, column in enumerate(region.dataset.columns) if column.id == box.ref)
        return 2 + position * len(_OF_COLUMNS) + _OF_COLUMNS.index(box.kind)

    def _name(self, box: Box, region: RegionView | None) -> str:
        if box.kind in {"grid", "panel"} and region is not None:
            return region.control
        if box.kind == "field":
            return self._namer.unique(f"field.{box.widget}", box.ref, f"{box.region}_{box.ref}")
        suffix = {"title": "screen_title", "section": f"{box.ref}_title", "between": f"{box.ref}_between"}.get(
            box.kind, box.ref
        )
        return self._namer.unique(box.kind, suffix, f"{box.region}_{suffix}")

    @staticmethod
    def _column(box: Box, region: RegionView | None) -> ColumnView | None:
        if region is None or box.kind not in {"label", "field", "between"}:
            return None
        return region.dataset.column(box.ref)


def _grid_columns(box: Box, region: RegionView | None) -> tuple[GridColumnView, ...]:
    if region is None:
        return ()
    return tuple(GridColumnView(region.dataset.column(item.name), item.width) for item in box.columns)
