"""Layout by rule, framework-free: from a spec to boxes that don't overlap and stay inside the screen."""

from dataclasses import replace

from .boxes import Box, GridColumn, Metrics, ScreenLayout
from .layout_bars import bottom_of, button_row, buttons_of, is_query, title_line
from .layout_fields import form_column_count, form_width, layout_conditions, layout_form, shown_columns
from .scopes import Scope, scope_of
from .spec import Action, Popup, Region, ScreenSpec
from .widths import grid_column_width, header_width

_GROWING = frozenset({"string", "text"})


def layout_screen(spec: ScreenSpec, metrics: Metrics | None = None, *, popup: Popup | None = None) -> ScreenLayout:
    """The boxes of the screen, or of one of its popups, which is sized to its content."""
    scope = scope_of(spec, popup)
    measures = metrics or Metrics()
    if popup is None and spec.pattern != "popup_picker":
        return _screen(scope, measures)
    return _popup(scope, measures)


def _screen(scope: Scope, metrics: Metrics) -> ScreenLayout:
    x, width = metrics.margin, metrics.width - 2 * metrics.margin
    own, beside = buttons_of(scope)
    boxes = title_line(
        scope.title, scope.screen_id, own, metrics, x=x, y=metrics.margin, width=width, height=metrics.title_height
    )
    top = bottom_of(boxes, metrics.margin) + metrics.section_gap
    content, bottom = _regions(scope, metrics, beside, x=x, y=top, width=width, until=metrics.height - metrics.margin)
    return ScreenLayout(metrics.width, max(metrics.height, bottom + metrics.margin), (*boxes, *content))


def _popup(scope: Scope, metrics: Metrics) -> ScreenLayout:
    width, until = _popup_size(scope, metrics)
    own, beside = buttons_of(scope)
    has_conditions = any(region.kind == "conditions" for region in scope.regions)
    inside = [action for action in own if has_conditions and is_query(action, scope)]
    foot = [action for action in own if action not in inside]
    inner = width - 2 * metrics.margin
    buttons = button_row(foot, metrics, right=metrics.margin + inner, y=0, width=inner)
    foot_height = bottom_of(buttons, 0)
    content_until = until - metrics.margin - (foot_height + metrics.section_gap if buttons else 0)
    content, bottom = _regions(
        scope, metrics, beside, x=metrics.margin, y=metrics.margin, width=inner, until=content_until, inside=inside
    )
    foot_top = bottom + metrics.section_gap
    placed = [replace(box, y=box.y + foot_top) for box in buttons]
    return ScreenLayout(width, bottom_of([*content, *placed], bottom) + metrics.margin, (*content, *placed))


def _popup_size(scope: Scope, metrics: Metrics) -> tuple[int, int]:
    """Width of a popup, and the height that grids in it fill (0 where there is none)."""
    if any(region.kind == "grid" for region in scope.regions):
        return metrics.picker_width, metrics.picker_height
    natural = max((form_width(region, scope, metrics) for region in scope.regions if region.kind == "form"), default=0)
    return min(max(natural + 2 * metrics.margin, metrics.popup_min_width), metrics.popup_max_width), 0


def _regions(
    scope: Scope,
    metrics: Metrics,
    beside: dict[str, list[Action]],
    *,
    x: int,
    y: int,
    width: int,
    until: int,
    inside: list[Action] | None = None,
) -> tuple[list[Box], int]:
    """All regions from top to bottom; grids share what the others leave. Gives the boxes and where they end."""
    ordered = sorted(scope.regions, key=lambda region: region.kind != "conditions")
    blocks = [_block(scope, metrics, region, beside, x=x, width=width, inside=inside or []) for region in ordered]
    grids = sum(region.kind == "grid" for region in ordered)
    fixed = sum(bottom_of(block, 0) for block in blocks) + metrics.section_gap * max(len(blocks) - 1, 0)
    least = metrics.grid_header + metrics.grid_min_rows * metrics.grid_row
    share = max((until - y - fixed) // grids, least) if grids else 0
    boxes: list[Box] = []
    top = y
    for region, block in zip(ordered, blocks, strict=True):
        placed = [replace(box, y=box.y + top) for box in block]
        if region.kind == "grid":
            placed.append(_grid(scope, region, metrics, x=x, y=bottom_of(placed, top), width=width, height=share))
        boxes.extend(placed)
        top = bottom_of(placed, top) + metrics.section_gap
    return boxes, bottom_of(boxes, y)


def _block(
    scope: Scope,
    metrics: Metrics,
    region: Region,
    beside: dict[str, list[Action]],
    *,
    x: int,
    width: int,
    inside: list[Action],
) -> list[Box]:
    """A region's boxes from y = 0, without the grid itself, whose height is not known yet."""
    if region.kind == "conditions":
        return _conditions(scope, metrics, region, inside, x=x, width=width)
    head = title_line(
        region.label, region.id, beside.get(region.id, []), metrics,
        x=x, y=0, width=width, height=metrics.section_height, section=True,
    )  # fmt: skip
    line = bottom_of(head, 0)
    top = line + (2 if head else 0)
    if region.kind == "grid":
        return [
            replace(box, height=box.height + 2) if box.bottom == line and box.kind == "section" else box for box in head
        ]
    dataset = scope.dataset(region.dataset)
    alone = scope.popup is not None
    columns = form_column_count(region, dataset) if alone and dataset else None
    return [*head, *layout_form(region, scope, metrics, x=x, y=top, width=width, columns=columns)]


def _conditions(
    scope: Scope, metrics: Metrics, region: Region, inside: list[Action], *, x: int, width: int
) -> list[Box]:
    right = x + width - metrics.panel_padding
    buttons = button_row(inside, metrics, right=right, y=metrics.panel_padding - 1, width=width // 3)
    reserved = right - min((box.x for box in buttons), default=right) + (metrics.gap if buttons else 0)
    boxes = layout_conditions(region, scope, metrics, x=x, y=0, width=width, reserved=reserved)
    needed = bottom_of(buttons, 0) + metrics.panel_padding - 1 if buttons else 0
    panel = replace(boxes[0], height=max(boxes[0].height, needed))
    return [panel, *boxes[1:], *(replace(box, parent=region.id) for box in buttons)]


def _grid(scope: Scope, region: Region, metrics: Metrics, *, x: int, y: int, width: int, height: int) -> Box:
    columns = grid_columns(scope, region, metrics, width)
    return Box("grid", region.id, x, y, width, height, region=region.id, text=region.label, columns=columns)


def grid_columns(scope: Scope, region: Region, metrics: Metrics, width: int) -> tuple[GridColumn, ...]:
    """Columns that fill the grid: text columns take what is left over, and give way where room is short.

    Where even their headers don't fit side by side, the grid scrolls.
    """
    dataset = scope.dataset(region.dataset)
    columns = shown_columns(region, dataset) if dataset else []
    widths = [grid_column_width(column, scope, metrics) for column in columns]
    least = [min(size, header_width(column, metrics)) for column, size in zip(columns, widths, strict=True)]
    room = width - metrics.number_column - metrics.scrollbar - (metrics.check_column if region.checkable else 0)
    growing = [index for index, column in enumerate(columns) if column.type in _GROWING and not column.code_group]
    growing = growing or list(range(len(columns)))
    spare = room - sum(widths)
    if spare >= 0:
        shares = _shares(spare, {index: widths[index] for index in growing})
    else:
        give = {index: widths[index] - least[index] for index in growing}
        shares = {index: -share for index, share in _shares(min(-spare, sum(give.values())), give).items()}
    return tuple(
        GridColumn(column.name, size + shares.get(index, 0))
        for index, (column, size) in enumerate(zip(columns, widths, strict=True))
    )


def _shares(total: int, weights: dict[int, int]) -> dict[int, int]:
    """Whole parts of `total` by weight, which add up to it."""
    whole = sum(weights.values())
    if not whole:
        return {}
    shares = {index: total * weight // whole for index, weight in weights.items()}
    rest = total - sum(shares.values())
    for index, weight in weights.items():
        if (rest and shares[index] < weight) or total > whole:
            extra = rest if total > whole else min(rest, weight - shares[index])
            shares[index] += extra
            rest -= extra
    return shares
