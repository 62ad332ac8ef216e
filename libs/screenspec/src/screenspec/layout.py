"""Layout by rule, framework-free: from a spec to boxes that don't overlap and stay inside the screen."""

from .boxes import Metrics, ScreenLayout
from .layout_bars import bottom_of, button_row, buttons_of, is_query, title_line
from .layout_form import form_width
from .layout_regions import RegionStack
from .scopes import Scope, scope_of
from .spec import Popup, ScreenSpec


def layout_screen(spec: ScreenSpec, metrics: Metrics | None = None, *, popup: Popup | None = None) -> ScreenLayout:
    """The boxes of the screen, or of one of its popups, which is sized to its content."""
    return layout_scope(scope_of(spec, popup), metrics or Metrics())


def layout_scope(scope: Scope, metrics: Metrics) -> ScreenLayout:
    """The same for a scope that is at hand."""
    if scope.popup is None and scope.spec.pattern != "popup_picker":
        return _screen(scope, metrics)
    return _popup(scope, metrics)


def _screen(scope: Scope, metrics: Metrics) -> ScreenLayout:
    x, width = metrics.margin, metrics.width - 2 * metrics.margin
    own, beside = buttons_of(scope)
    boxes = title_line(
        scope.title, scope.screen_id, own, metrics, x=x, y=metrics.margin, width=width, height=metrics.title_height
    )
    top = bottom_of(boxes, metrics.margin) + metrics.section_gap
    stack = RegionStack(scope, metrics, beside)
    content, bottom = stack.place(scope.regions, x=x, y=top, width=width, until=metrics.height - metrics.margin)
    return ScreenLayout(metrics.width, max(metrics.height, bottom + metrics.margin), (*boxes, *content), metrics)


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
    stack = RegionStack(scope, metrics, beside, inside)
    content, bottom = stack.place(scope.regions, x=metrics.margin, y=metrics.margin, width=inner, until=content_until)
    foot_top = bottom + metrics.section_gap
    placed = [box.moved(0, foot_top) for box in buttons]
    return ScreenLayout(width, bottom_of([*content, *placed], bottom) + metrics.margin, (*content, *placed), metrics)


def _popup_size(scope: Scope, metrics: Metrics) -> tuple[int, int]:
    """Width of a popup, and the height that grids in it fill (0 where there is none)."""
    if any(region.kind == "grid" for region in scope.regions):
        return metrics.picker_width, metrics.picker_height
    natural = max((form_width(region, scope, metrics) for region in scope.regions if region.kind == "form"), default=0)
    return min(max(natural + 2 * metrics.margin, metrics.popup_min_width), metrics.popup_max_width), 0
