"""Renders a pack's templates: sandboxed, strict, and the same bytes for the same view every time."""

from collections.abc import Sequence
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError

from ..packs.model import ArtifactRule, Pack, template_folders
from .events import cut_events
from .sandbox import ViewEnvironment
from .tables import identifier
from .tags import TagWriter
from .text import one_line, particle, plain_text, script_literal, shifted, sql_literal, tidy


class BadTemplateError(ValueError):
    """A template of the pack can't be rendered."""


class Renderer:
    """The templates of one pack."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        tags = TagWriter(pack.components, pack.checks.xml.event if pack.checks.xml else {})
        self._environment = ViewEnvironment(
            loader=FileSystemLoader(template_folders(pack)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
            auto_reload=False,
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
            "cells": cells,
        }
        self._environment.globals |= {
            "element": tags.element,
            "handler": tags.handler,
            "place": tags.place,
            "theme": pack.theme,
        }

    def load_all(self) -> None:
        """Compiles every template, which the first screen would wait for. Raises `BadTemplateError`."""
        try:
            for name in self._environment.list_templates(extensions=["j2"]):
                self._environment.get_template(name)
        except TemplateError as error:
            raise BadTemplateError(f"{self._pack.name}/templates: {error}") from error

    def render(self, rule: ArtifactRule, language: str, *, pack: Pack | None = None, **view: Any) -> str:
        """The text of a file, its lines ended by line feeds, blank lines tidied. Raises `BadTemplateError`.

        `pack` is the same pack with a company's choices in it.
        """
        try:
            template = self._environment.get_template(rule.template)
            text = template.render(**(pack or self._pack).template_values(language), language=language, **view)
        except (TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError) as error:
            raise BadTemplateError(f"{self._pack.name}/templates/{rule.template}: {error}") from error
        return tidy(text)


def cells(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    """The cells of a column, as a list in an attribute can hold them."""
    return [plain_text(row[index]) for row in rows]
