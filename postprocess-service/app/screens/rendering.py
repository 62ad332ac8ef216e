"""Renders a pack's templates: sandboxed, strict, and the same bytes for the same view every time."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..packs.model import ArtifactRule, Pack
from .model import ControlView, RegionView, ScreenView

_ATTRIBUTE_ESCAPES = {'"': "&quot;", "\n": "&#x0A;", "\r": "&#x0D;", "\t": "&#x09;"}
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BLANK_LINE = "%%"
_HANGUL_FIRST, _HANGUL_LAST, _FINALS = 0xAC00, 0xD7A3, 28


class BadTemplateError(ValueError):
    """A template of the pack can't be rendered."""


@dataclass(frozen=True, slots=True)
class Event:
    name: str
    parameters: str
    body: str


class Renderer:
    """The templates of one pack."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(pack.folder / "templates"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
        )
        self._environment.filters |= {
            "js": script_literal,
            "sql": sql_literal,
            "plain": plain_text,
            "one_line": one_line,
            "particle": particle,
            "shifted": shifted,
            "events": cut_events,
            "first_field": first_field,
        }
        self._environment.globals |= {
            "element": self._element,
            "handler": self._handler,
            "place": place,
            "theme": pack.theme,
        }

    def render(self, rule: ArtifactRule, language: str, **view: Any) -> str:
        """The text of a file, its lines ended by line feeds, blank lines tidied. Raises `BadTemplateError`."""
        try:
            template = self._environment.get_template(rule.template)
            text = template.render(**self._pack.template_values(language), language=language, **view)
        except TemplateError as error:
            raise BadTemplateError(f"{self._pack.name}/templates/{rule.template}: {error}") from error
        return tidy(text)

    def _element(self, tag: str, attributes: Mapping[str, Any], *, open: bool = False) -> str:  # noqa: A002 - reads well in templates
        """A start tag, or an empty element; attributes that are none, undefined or false are left out."""
        order = self._order(tag)
        given = {name: value for name, value in attributes.items() if is_given(value)}
        names = sorted(given, key=lambda name: order.get(name, len(order)))
        written = "".join(f' {name}="{attribute_text(given[name])}"' for name in names)
        return f"<{tag}{written}>" if open else f"<{tag}{written}/>"

    def _order(self, tag: str) -> dict[str, int]:
        components = self._pack.components
        element = components.elements.get(tag)
        own = element.attributes if element else []
        shared = [] if element is None or element.structure else components.shared_attributes
        return {name: index for index, name in enumerate(dict.fromkeys([*shared, *own]))}

    def _handler(self, name: str, event: str) -> str:
        parameters = self._pack.components.event_parameters.get(event, "")
        return f"eventfunc:{name}_{event}({parameters})"


def place(control: ControlView, more: Mapping[str, Any]) -> dict[str, Any]:
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


def is_given(value: object) -> bool:
    return value is not None and value is not False and not isinstance(value, Undefined)


def attribute_text(value: object) -> str:
    """A value in an XML attribute; line breaks survive, what XML can't hold is dropped."""
    return escape(_NOT_XML.sub("", str(value)), _ATTRIBUTE_ESCAPES)


def script_literal(value: str) -> str:
    """A string literal of JavaScript."""
    text = json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def sql_literal(value: str) -> str:
    return "'" + one_line(value).replace("'", "''") + "'"


def plain_text(value: str) -> str:
    """Without quotation marks and line breaks, which a list in an attribute can't hold."""
    return one_line(value).replace('"', "")


def one_line(value: str) -> str:
    return " ".join(value.split())


def particle(label: str, closed: str, opened: str, language: str) -> str:
    """A label with the Korean particle that fits its last sound; as it is in other languages."""
    if language != "ko":
        return label
    last = ord(label[-1])
    if _HANGUL_FIRST <= last <= _HANGUL_LAST:
        return label + (closed if (last - _HANGUL_FIRST) % _FINALS else opened)
    return f"{label}{closed}({opened})"


def shifted(text: str) -> str:
    """One tab deeper."""
    return "\n".join(f"\t{line}" if line.strip() else line for line in text.split("\n"))


def cut_events(text: str) -> list[Event]:
    """Events out of `@@name(parameters)` lines, each followed by its body."""
    events: list[Event] = []
    for part in text.split("@@")[1:]:
        head, _, body = part.partition("\n")
        name, _, parameters = head.strip().rstrip(")").partition("(")
        events.append(Event(name, parameters, body))
    return events


def first_field(region: RegionView, screen: ScreenView) -> ControlView | None:
    """The first field of a region that can be typed in."""
    fields = screen.controls_of("field", region)
    return next((item for item in fields if item.column is not None and not region.locked(item.column)), None)


def tidy(text: str) -> str:
    """No blanks at line ends, no blank lines but those asked for by `%%`, one line end at the end."""
    lines = (line.rstrip() for line in text.split("\n"))
    return "\n".join("" if line.strip() == BLANK_LINE else line for line in lines if line).strip("\n") + "\n"
