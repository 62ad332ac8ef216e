"""Regions from top to bottom, some of them in tabs; grids share the height that the others leave."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .boxes import Box, Metrics
from .layout_bars import bottom_of, button_row, title_line
from .layout_fields import layout_conditions
from .layout_form import form_column_count, layout_form
from .layout_grid import is_paged, layout_grid, query_of
from .scopes import Scope
from .spec import Action, Region
from .widths import text_width

Pages = dict[str, list[Region]]


@dataclass(frozen=True, slots=True)
class RegionStack:
    """Places the regions of a scope. `beside` are buttons at a region, `inside` those in the conditions' panel."""

    scope: Scope
    metrics: Metrics
    beside: dict[str, list[Action]]
    inside: list[Action] = field(default_factory=list)
    blocks: dict[tuple[str, int], list[Box]] = field(default_factory=dict)

    def place(self, regions: Sequence[Region], *, x: int, y: int, width: int, until: int) -> tuple[list[Box], int]:
        """The boxes of all regions, and where they end."""
        ordered = sorted(regions, key=lambda region: region.kind != "conditions")
        return self._stack(_in_tabs(ordered), x=x, y=y, width=width, until=until)

    def _stack(
        self, items: Sequence[Region | Pages], *, x: int, y: int, width: int, until: int
    ) -> tuple[list[Box], int]:
        heights = [self._least(item, width) for item in items]
        growing = [index for index, item in enumerate(items) if _grows(item)]
        gaps = self.metrics.section_gap * max(len(items) - 1, 0)
        spare = until - y - gaps - sum(heights)
        for index in growing:
            heights[index] += max(spare, 0) // len(growing)
        boxes: list[Box] = []
        top = y
        for item, height in zip(items, heights, strict=True):
            placed = self._item(item, x=x, y=top, width=width, height=height)
            boxes.extend(placed)
            top = bottom_of(placed, top) + self.metrics.section_gap
        return boxes, bottom_of(boxes, y)

    def _least(self, item: Region | Pages, width: int) -> int:
        """The height that an item needs, with the fewest rows in its grids."""
        metrics = self.metrics
        if isinstance(item, Region):
            head = self._block(item, width)
            if item.kind != "grid":
                return bottom_of(head, 0)
            grid = metrics.grid_header + metrics.grid_min_rows * metrics.grid_row
            grid += metrics.paging_height if is_paged(item, self.scope) else 0
            return self._below(head, 0) + grid
        inner = width - 2 * metrics.tab_padding
        pages = [self._stack(page, x=0, y=0, width=inner, until=0)[1] for page in item.values()]
        return metrics.tab_height + 2 * metrics.tab_padding + max(pages)

    def _item(self, item: Region | Pages, *, x: int, y: int, width: int, height: int) -> list[Box]:
        if isinstance(item, Region):
            head = [box.moved(x, y) for box in self._block(item, width)]
            if item.kind != "grid":
                return head
            top = self._below(head, y)
            return [
                *head,
                *layout_grid(item, self.scope, self.metrics, x=x, y=top, width=width, height=y + height - top),
            ]
        return self._tabs(item, x=x, y=y, width=width, height=height)

    def _below(self, head: Sequence[Box], y: int) -> int:
        """Where a grid begins under its line: a little lower where there are buttons in it."""
        return bottom_of(head, y) + (self.metrics.gap // 2 if head else 0)

    def _tabs(self, pages: Pages, *, x: int, y: int, width: int, height: int) -> list[Box]:
        metrics = self.metrics
        name = next(iter(pages.values()))[0].id
        widths = [max(text_width(title, metrics) + metrics.button_padding, metrics.tab_min_width) for title in pages]
        boxes = [Box("tabs", name, x, y, width, height, pages=tuple(pages), parts=tuple(widths))]
        for title, regions in pages.items():
            content, _ = self._stack(
                regions,
                x=x + metrics.tab_padding,
                y=y + metrics.tab_height + metrics.tab_padding,
                width=width - 2 * metrics.tab_padding,
                until=y + height - metrics.tab_padding,
            )
            boxes.extend(box._replace(tabs=name, page=title) for box in content)
        return boxes

    def _block(self, region: Region, width: int) -> list[Box]:
        """A region's boxes from 0, 0, without the grid itself, whose height is not known yet; laid out once."""
        if (region.id, width) not in self.blocks:
            self.blocks[region.id, width] = self._laid_out(region, width)
        return self.blocks[region.id, width]

    def _laid_out(self, region: Region, width: int) -> list[Box]:
        if region.kind == "conditions":
            return self._conditions(region, width)
        text = "" if region.label == region.tab else region.label
        counted = region.kind == "grid" and query_of(region, self.scope) is not None
        head = title_line(
            text, region.id, self.beside.get(region.id, []), self.metrics,
            x=0, y=0, width=width, height=self.metrics.section_height, section=True, counted=counted,
        )  # fmt: skip
        line = bottom_of(head, 0)
        if region.kind == "grid":
            return head
        dataset = self.scope.dataset(region.dataset)
        alone = self.scope.popup is not None
        columns = form_column_count(region, dataset) if alone and dataset else None
        top = line + (2 if head else 0)
        return [*head, *layout_form(region, self.scope, self.metrics, x=0, y=top, width=width, columns=columns)]

    def _conditions(self, region: Region, width: int) -> list[Box]:
        metrics = self.metrics
        right = width - metrics.panel_padding
        buttons = button_row(self.inside, metrics, right=right, y=metrics.panel_padding - 1, width=width // 3)
        reserved = right - min((box.x for box in buttons), default=right) + (metrics.gap if buttons else 0)
        boxes = layout_conditions(region, self.scope, metrics, x=0, y=0, width=width, reserved=reserved)
        needed = bottom_of(buttons, 0) + metrics.panel_padding - 1 if buttons else 0
        panel = boxes[0]._replace(height=max(boxes[0].height, needed))
        return [panel, *boxes[1:], *(box._replace(parent=region.id) for box in buttons)]


def _grows(item: Region | Pages) -> bool:
    regions = [item] if isinstance(item, Region) else [region for page in item.values() for region in page]
    return any(region.kind == "grid" for region in regions)


def _in_tabs(regions: Sequence[Region]) -> list[Region | Pages]:
    """Regions that follow one another and have a tab, together."""
    items: list[Region | Pages] = []
    for region in regions:
        if region.tab is None or region.kind == "conditions":
            items.append(region)
        elif items and isinstance(items[-1], dict):
            items[-1].setdefault(region.tab, []).append(region)
        else:
            items.append({region.tab: [region]})
    return items
