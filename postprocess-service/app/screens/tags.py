"""Tags of a framework's markup, as templates write them: attributes in the pack's order, values escaped."""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from jinja2 import Undefined

from ..packs.model import Components
from .model import ControlView
from .text import attribute_text

_PLACE = itemgetter(0)
_PLAIN = frozenset({str, int})


class TagWriter:
    """Writes tags of one pack."""

    def __init__(self, components: Components) -> None:
        self._orders = components.attribute_order
        self._parameters = components.event_parameters

    def element(self, tag: str, attributes: Mapping[str, Any], *, open: bool = False) -> str:  # noqa: A002 - reads well in templates
        """A start tag, or an empty element; attributes that are none, undefined or false are left out."""
        order = self._orders.get(tag, {})
        last = len(order)
        given = [(order.get(name, last), name, value) for name, value in attributes.items() if not _left_out(value)]
        given.sort(key=_PLACE)
        written = "".join([f' {name}="{attribute_text(value)}"' for _, name, value in given])
        return f"<{tag}{written}>" if open else f"<{tag}{written}/>"

    def handler(self, name: str, event: str) -> str:
        """The value of an event's attribute."""
        return f"eventfunc:{name}_{event}({self._parameters.get(event, '')})"

    @staticmethod
    def place_of(control: ControlView) -> dict[str, Any]:
        return {
            "control_id": control.number,
            "name": control.name,
            "x": control.x,
            "y": control.y,
            "right": control.right,
            "bottom": control.bottom,
            "width": control.width,
            "height": control.height,
        }

    def place(self, control: ControlView, more: Mapping[str, Any]) -> dict[str, Any]:
        """The attributes that every control has, with others."""
        return {**self.place_of(control), **more}


def _left_out(value: object) -> bool:
    return value is None or value is False or (type(value) not in _PLAIN and isinstance(value, Undefined))
