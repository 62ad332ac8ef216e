"""Tags of a framework's markup, as templates write them: attributes in the pack's order, values escaped."""

from collections.abc import Mapping
from types import NoneType
from typing import Any

from jinja2 import StrictUndefined, Undefined

from ..packs.model import Components, event_text
from .model import ControlView
from .text import NOT_PLAIN, attribute_text

_MAX_ORDERS = 1000
_LEFT_OUT = frozenset({NoneType, Undefined, StrictUndefined})
_needs_care = NOT_PLAIN.search


class TagWriter:
    """Writes tags of one pack."""

    def __init__(self, components: Components, event: Mapping[str, str]) -> None:
        self._orders = components.attribute_order
        self._parameters = components.event_parameters
        self._event = event
        self._sorted: dict[tuple[str, tuple[str, ...]], list[str]] = {}

    def element(self, tag: str, attributes: Mapping[str, Any], *, open: bool = False) -> str:  # noqa: A002 - reads well in templates
        """A start tag, or an empty element; attributes that are none, undefined or false are left out."""
        names = tuple(attributes)
        written = [f"<{tag}"]
        for name in self._sorted.get((tag, names)) or self._in_order(tag, names):
            value = attributes[name]
            kind = value.__class__
            if kind is str:
                text = value if value.isalnum() or not _needs_care(value) else attribute_text(value)
                written.append(f' {name}="{text}"')
            elif kind is int:
                written.append(f' {name}="{value}"')
            elif kind not in _LEFT_OUT and value is not False and not isinstance(value, Undefined):
                written.append(f' {name}="{attribute_text(str(value))}"')
        written.append(">" if open else "/>")
        return "".join(written)

    def _in_order(self, tag: str, names: tuple[str, ...]) -> list[str]:
        """The names in the pack's order, unknown ones last; templates write the same few sets of names again."""
        order = self._orders.get(tag, {})
        if len(self._sorted) < _MAX_ORDERS:
            self._sorted[tag, names] = sorted(names, key=lambda name: order.get(name, len(order)))
            return self._sorted[tag, names]
        return sorted(names, key=lambda name: order.get(name, len(order)))

    def handler(self, name: str, event: str) -> str:
        """The value of an event's attribute."""
        return event_text(self._event, f"{name}_{event}", self._parameters.get(event, ""))

    def place(self, control: ControlView, more: Mapping[str, Any]) -> dict[str, Any]:
        """The attributes that every control has, with others."""
        return {
            "control_id": control.number,
            "name": control.name,
            "x": control.x,
            "y": control.y,
            "right": control.right,
            "bottom": control.bottom,
            "width": control.width,
            "height": control.height,
            **more,
        }
