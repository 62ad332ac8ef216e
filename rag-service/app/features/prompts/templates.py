"""Choosing the one template that fits, and cutting it into its sections."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from chassis.errors import FieldError, Unprocessable

from ...core.clients.admin import TemplateOverlay
from ...core.packs import Template, parse_template

_SECTION = re.compile(r"^# (system|rules|schema|example|request)[ \t]*$", re.MULTILINE)
_DEFAULTS = Path(__file__).parent / "defaults"


def choose(
    templates: Sequence[Template], *, task: str, language: str, model_class: str | None, variant: str = ""
) -> Template:
    """The template of the task that fits closest: its model class before its language; else the product's own.

    `variant` is a way of answering that has templates of its own: `patch-whole` beside `patch`.
    """
    if variant and any(item.task == f"{task}-{variant}" for item in (*templates, *default_templates())):
        task = f"{task}-{variant}"
    fitting = [item for item in templates if item.task == task and _fits(item, model_class)]
    pool = fitting or [item for item in default_templates() if item.task == task]
    return max(pool, key=lambda item: (item.language in {language, None}, _closeness(item), item.language == "en"))


def tried(overlay: TemplateOverlay) -> Template:
    """The template that somebody tries out.

    Raises:
        Unprocessable: its head can't be read, or it has no text for an engine.
    """
    about = overlay.model_dump(include={"id", "framework", "task", "version"})
    try:
        template = parse_template(overlay.content, **about, source="trial")
    except ValueError as error:
        raise _unreadable(f"The head of the template can't be read: {error}") from error
    if not any(sections(template).values()):
        raise _unreadable("The template has no text under any heading.")
    return template


def _unreadable(message: str) -> Unprocessable:
    return Unprocessable(message, code="template_unreadable", errors=[FieldError("content", message)])


def sections(template: Template) -> dict[str, str]:
    """The template's text by section; what stands before the first heading belongs to the system part."""
    first, *rest = _SECTION.split(template.body)
    found = {"system": first.strip()} if first.strip() else {}
    for name, text in zip(rest[::2], rest[1::2], strict=True):
        found[name] = f"{found[name]}\n\n{text.strip()}" if name in found else text.strip()
    return found


@cache
def default_templates() -> tuple[Template, ...]:
    """For frameworks whose pack brings none."""
    files = sorted(_DEFAULTS.glob("*.md"))
    return tuple(parse_template(file.read_text(encoding="utf-8"), source="product") for file in files)


def _fits(template: Template, model_class: str | None) -> bool:
    return template.model_classes is None or model_class is None or model_class in template.model_classes


def _closeness(template: Template) -> tuple[bool, bool, bool]:
    return template.model_classes is not None, template.source == "admin", template.language is not None
