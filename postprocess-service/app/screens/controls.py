"""Control views from the layout's boxes: numbered, named, placed within their panels."""

from collections.abc import Iterator

from screenspec.boxes import Box, ScreenLayout

from .model import ActionView, ColumnView, ControlView, GridColumnView, RegionView
from .names import Namer


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
        self._number = 0

    def build(self) -> Iterator[ControlView]:
        for box in self._layout.boxes:
            if not box.parent:
                yield self._control(box)

    def _control(self, box: Box, panel: Box | None = None) -> ControlView:
        self._number += 1
        number = self._number
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
