"""What the emitted markup draws: nothing overlaps, nothing is outside, no text is cut off, places agree with ends."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from .text_widths import measured

_BOOKKEEPING = frozenset({"screen", "xlinkdataset", "xlinktranmap", "tab_order", "xtds", "column", "headermegeinfo"})
_TABS, _PAGE = "tab", "tab_item"
_GRID_CHROME = 2


@dataclass(frozen=True, slots=True)
class Area:
    x: int
    y: int
    width: int
    height: int

    def overlaps(self, other: "Area") -> bool:
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


def faults(markup: str) -> list[str]:
    """All faults of a screen's geometry, said for people."""
    root = etree.fromstring(markup.removeprefix("\ufeff").encode())
    screen = next(root.iter("screen"))
    whole = (int(screen.get("width", "0")), int(screen.get("height", "0")))
    body = screen.getparent()
    return list(_within(body, *whole, "screen")) if body is not None else ["no screen"]


def _within(parent: etree._Element, width: int, height: int, place: str) -> Iterator[str]:
    """Faults of what lies in a screen, a panel or a page of tabs, of that size."""
    seen: list[tuple[str, Area]] = []
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in _BOOKKEEPING or child.get("x") is None:
            continue
        name = child.get("name", child.tag)
        area = Area(*(int(child.get(side, "0")) for side in ("x", "y", "width", "height")))
        yield from _placed(child, area, width, height, f"{place}/{name}")
        yield from (f"{name} overlaps {other} in {place}" for other, taken in seen if area.overlaps(taken))
        seen.append((name, area))
        yield from _text_faults(child, area, name)
        if child.tag == "panel":
            yield from _within(child, area.width, area.height, name)
        elif child.tag == _TABS:
            head = int(child.get("tabitem_height", "0"))
            for page in child.iter(_PAGE):
                yield from _within(page, area.width, area.height - head, f"{name}:{page.get('title')}")


def _placed(element: etree._Element, area: Area, width: int, height: int, name: str) -> Iterator[str]:
    if area.width <= 0 or area.height <= 0:
        yield f"{name} has no size"
    if area.x < 0 or area.y < 0 or area.x + area.width > width or area.y + area.height > height:
        yield f"{name} lies outside"
    ends = (int(element.get("right", "0")), int(element.get("bottom", "0")))
    if ends != (width - area.x - area.width, height - area.y - area.height):
        yield f"{name}: right and bottom don't fit its place"


def _text_faults(element: etree._Element, area: Area, name: str) -> Iterator[str]:
    if element.tag == "grid":
        yield from _grid_faults(element, area, name)
        return
    text = element.get("text", "")
    if element.tag not in {"text", "pushbutton", "radiobutton"} or not text:
        return
    margins = sum(int(part or 0) for part in element.get("text_margin", "0,0").split(",")[:2])
    room = area.width - margins - {"radiobutton": 20, "pushbutton": 8}.get(element.tag, 0)
    lines = text.split("\n")
    if max(_width(line, element.get("font", "")) for line in lines) > room:
        yield f"{name}: '{text}' is cut off"
    if len(lines) * _line_height(element.get("font", "")) > area.height:
        yield f"{name}: {len(lines)} lines don't fit"


def _width(text: str, font: str) -> float:
    return measured(text, float([*font.split(","), "9"][1]))


def _line_height(font: str) -> float:
    return float([*font.split(","), "9"][1]) * 96 / 72 * 1.25


def _grid_faults(element: etree._Element, area: Area, name: str) -> Iterator[str]:
    """Each title fits its column; columns fill the grid, or it scrolls."""
    widths = []
    for column in element.iter("column"):
        header, data = column.find("header"), column.find("data")
        if header is None or data is None:
            yield f"{name}: a column without header or data"
            continue
        widths.append(int(data.get("width", "0")))
        if _width(header.get("title", ""), element.get("header_font", "")) > widths[-1] - _GRID_CHROME:
            yield f"{name}: '{header.get('title')}' is cut off"
    chrome = int(element.get("linenumber_width", "0")) + int(element.get("checkrow_width", "0"))
    if sum(widths) + chrome < area.width * 0.9:
        yield f"{name}: columns leave {area.width - sum(widths) - chrome} pixels empty"
