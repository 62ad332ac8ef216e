"""Title line, section lines and buttons: buttons at the right, in the usual order."""

from collections.abc import Sequence

from .boxes import Box, Metrics
from .scopes import Scope
from .spec import Action
from .widths import text_width

_RANK = {
    "add_row": 1,
    "open_popup": 1,
    "reset": 1,
    "delete_checked": 2,
    "export_excel": 4,
    "choose_row": 5,
    "close_popup": 6,
}
_AT_THE_GRID = frozenset({"add_row", "delete_checked"})
_MIN_TITLE = 160


def is_query(action: Action, scope: Scope) -> bool:
    """Whether an action asks for rows and sends none that were changed."""
    transaction = scope.transaction(action.transaction) if action.transaction else None
    return action.do == "submit" and transaction is not None and all(send.rows == "all" for send in transaction.sends)


def in_order(actions: Sequence[Action], scope: Scope) -> list[Action]:
    """Search, add, delete, save, Excel, choose, close."""

    def rank(action: Action) -> int:
        if action.do == "submit":
            return 0 if is_query(action, scope) else 3
        return _RANK[action.do]

    return sorted(actions, key=rank)


def buttons_of(scope: Scope) -> tuple[list[Action], dict[str, list[Action]]]:
    """The screen's own buttons, and those that stand at a region which is not the first with content."""
    pressed = [action for action in scope.actions if "button" in action.on and not _beside_a_field(action, scope)]
    content = [region.id for region in scope.regions if region.kind != "conditions"]
    beside: dict[str, list[Action]] = {}
    for action in pressed:
        if action.do in _AT_THE_GRID and action.region in content[1:]:
            beside.setdefault(action.region, []).append(action)
    moved = [action for actions in beside.values() for action in actions]
    own = [action for action in pressed if action not in moved]
    return in_order(own, scope), {name: in_order(actions, scope) for name, actions in beside.items()}


def _beside_a_field(action: Action, scope: Scope) -> bool:
    region = scope.region(action.region or "") if action.field else None
    return region is not None and region.kind != "grid" and action.field in region.shown


def button_row(actions: Sequence[Action], metrics: Metrics, *, right: int, y: int, width: int) -> list[Box]:
    """Buttons from left to right that end at `right`; as many lines as `width` asks for."""
    sizes = [
        min(max(text_width(action.label, metrics) + metrics.button_padding, metrics.button_min_width), width)
        for action in actions
    ]
    lines: list[list[int]] = []
    used = 0
    for index, size in enumerate(sizes):
        if not lines or used + metrics.gap + size > width:
            lines.append([])
            used = -metrics.gap
        lines[-1].append(index)
        used += metrics.gap + size
    boxes: list[Box] = []
    for number, line in enumerate(lines):
        left = right - sum(sizes[index] for index in line) - metrics.gap * (len(line) - 1)
        for index in line:
            top = y + number * (metrics.button_height + metrics.gap)
            action = actions[index]
            boxes.append(Box("button", action.id, left, top, sizes[index], metrics.button_height, text=action.label))
            left += sizes[index] + metrics.gap
    return boxes


def title_line(
    text: str,
    kind_ref: str,
    actions: Sequence[Action],
    metrics: Metrics,
    *,
    x: int,
    y: int,
    width: int,
    height: int,
    section: bool = False,
    counted: bool = False,
) -> list[Box]:
    """A title or section text at the left, with buttons at the right of it, or below it where there is no room."""
    wanted = (text_width(text, metrics) * (5 if section else 6) // 4 + 16) if text else 0
    buttons = button_row(actions, metrics, right=x + width, y=y, width=width)
    left_most = min((box.x for box in buttons), default=x + width)
    room = left_most - metrics.gap - x if buttons else width
    one_line = len({box.y for box in buttons}) <= 1
    if buttons and text and (not one_line or room < min(wanted, _MIN_TITLE)):
        below = height + metrics.gap
        buttons = [box.moved(0, below) for box in buttons]
        room = width
    if not text:
        return buttons
    if section:
        line = Box("section", kind_ref, x, y, min(wanted, room), height, text=text)
        return [line, *_count(line, room, metrics, counted=counted), *buttons]
    inset = metrics.title_mark * 3
    mark = Box("line", kind_ref, x, y + height // 5, metrics.title_mark, height - height // 5 * 2)
    return [mark, Box("title", kind_ref, x + inset, y, min(wanted, room - inset), height, text=text), *buttons]


def _count(line: Box, room: int, metrics: Metrics, *, counted: bool) -> list[Box]:
    """Where the number of rows stands, after a section's text."""
    free = room - line.width - metrics.gap
    if not counted or free < metrics.count_width:
        return []
    x = line.right + metrics.gap
    return [Box("count", line.ref, x, line.y, metrics.count_width, line.height, region=line.ref)]


def bottom_of(boxes: Sequence[Box], default: int) -> int:
    return max([box.y + box.height for box in boxes], default=default)
