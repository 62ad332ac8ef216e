"""Renders a pack's templates: sandboxed, strict, and the same bytes for the same view every time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..packs.model import ArtifactRule, Pack
from .model import ControlView, RegionView
from .screen import ScreenView
from .tables import identifier
from .text import attribute_text, one_line, particle, plain_text, script_literal, shifted, sql_literal, tidy


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
            "identifier": identifier,
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
