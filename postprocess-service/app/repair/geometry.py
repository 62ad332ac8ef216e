"""Rules on places: every component has one inside its parent, and the four sides agree."""

from dataclasses import dataclass

from lxml import etree

from .markup import Markup, line_of


@dataclass(slots=True)
class _Box:
    width: int
    height: int
    next_y: int


def mend_geometry(markup: Markup) -> None:
    head, place = markup.head(), markup.repairs.place
    if head is None:
        return
    width, height = _number(head, "width"), _number(head, "height")
    for name, value, default in (("width", width, place["screen_width"]), ("height", height, place["screen_height"])):
        if not value:
            head.set(name, str(default))
            markup.notes.mended("attribute_filled", line_of(head), name=name, new=str(default))
    body = head.getparent()
    if body is None:
        return
    boxes = {body: _Box(width or place["screen_width"], height or place["screen_height"], place["margin"])}
    for element in markup.components():
        parent = element.getparent()
        box = _area(markup, parent, boxes) if parent is not None else None
        if box is not None:  # what other containers do with places is not known
            _place(markup, element, box)


def _area(markup: Markup, parent: etree._Element, boxes: dict[etree._Element, _Box]) -> _Box | None:
    """The area that an element is, where the pack knows it as one and its own place is known."""
    if parent in boxes:
        return boxes[parent]
    form = markup.repairs.areas.get(str(parent.tag))
    sized = parent.getparent() if form is not None and form.of else parent
    if form is None or sized is None or (form.of and str(sized.tag) != form.of):
        return None
    around = sized.getparent()
    if around is None or (around not in boxes and _area(markup, around, boxes) is None):
        return None
    head = (_number(sized, form.above) or 0) if form.above else 0
    width, height = _number(sized, "width") or 0, _number(sized, "height") or 0
    boxes[parent] = _Box(width, height - head, markup.repairs.place["margin"])
    return boxes[parent]


def _number(element: etree._Element, name: str) -> int | None:
    text = element.get(name, "")
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 7 else None


def _place(markup: Markup, element: etree._Element, box: _Box) -> None:
    place = markup.repairs.place
    changed = False
    for start, whole, end, size in (("x", box.width, "right", "width"), ("y", box.height, "bottom", "height")):
        found = a, b, c = _number(element, start), _number(element, end), _number(element, size)
        if c is None or c <= 0:
            c = whole - a - b if a is not None and b is not None else _default_size(markup, element, size, whole, a)
        if a is None:
            a = whole - b - c if b is not None else (place["margin"] if start == "x" else box.next_y)
        c = max(c, 1)
        b_right = whole - a - c
        if found != (a, b_right, c):
            for name, old, value in zip((start, end, size), found, (a, b_right, c), strict=True):
                if old != value:
                    element.set(name, str(value))
            changed = True
        if start == "y":
            box.next_y = max(box.next_y, a + c + place["margin"])
    if changed:
        markup.notes.mended("geometry", line_of(element), name=element.get("name", str(element.tag)))


def _default_size(markup: Markup, element: etree._Element, size: str, whole: int, start: int | None) -> int:
    place = markup.repairs.place
    form = markup.repairs.areas.get(str(element.tag))
    is_wide = str(element.tag) == markup.repairs.grid_column.element or (form is not None and form.of is None)
    if size == "width":
        return max(whole - (start or place["margin"]) - place["margin"], 1) if is_wide else place["width"]
    if str(element.tag) == markup.repairs.grid_column.element:
        return min(place["grid_height"], max(whole - (start or 0) - place["margin"], 1))
    return place["panel_height"] if is_wide else place["height"]
