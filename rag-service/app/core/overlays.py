"""What admin-service lays over the packs: knowledge entries, accepted screens among them, and prompt templates."""

import re
from collections.abc import Iterator

import orjson

from chassis.logging import get_logger

from .clients.admin import KnowledgeOverlay, TemplateOverlay
from .entries import FENCE, Bilingual, Entry
from .packs import ExampleScreen, Template, parse_template

ACCEPTED = "accepted"
"""The tag of an example that is a screen which somebody accepted and an admin approved."""
_KINDS = frozenset({"component", "property", "event", "api", "pattern", "example", "rule", "wrong_form"})
_PATH = re.compile(r"\bpath=(\S+)")
_log = get_logger(__name__)


def entry_of(overlay: KnowledgeOverlay) -> Entry | None:
    """The entry, or None where it is none: reported, the others stay."""
    try:
        return Entry(
            id=overlay.id.lower(),
            kind=overlay.kind if overlay.kind in _KINDS else "rule",
            title=Bilingual(ko=overlay.title, en=overlay.title),
            text=Bilingual(ko=overlay.text, en=overlay.text),
            names=[alias for alias in overlay.aliases if alias.isascii() and " " not in alias.strip()],
            aliases=overlay.aliases,
            source=overlay.source or "admin",
            origin="accepted" if ACCEPTED in overlay.tags else "admin",
        )
    except ValueError as error:
        _log.error("knowledge_overlay_refused", entry=overlay.id, reason=str(error))
        return None


def screen_of(overlay: KnowledgeOverlay) -> ExampleScreen | None:
    """The whole screen that an example's text holds: its spec in a JSON fence, its files in fences with `path=`."""
    if overlay.kind != "example":
        return None
    spec, pattern, files = "", "", {}
    for info, body in _fences(overlay.text):
        path = _PATH.search(info)
        if path:
            files[path[1]] = body
        elif not spec and info.startswith("json"):
            spec, pattern = _spec_in(body)
    return ExampleScreen(spec, files, pattern) if spec else None


def overlaid(templates: list[Template], overlay: TemplateOverlay) -> list[Template]:
    """The templates with one more, which takes the place of those of its id and language."""
    try:
        new = parse_template(
            overlay.content,
            id=overlay.id,
            version=overlay.version,
            task=overlay.task,
            framework=overlay.framework,
            source="admin",
        )
    except ValueError as error:
        _log.error("template_overlay_refused", template=overlay.id, reason=str(error))
        return templates
    new = new.model_copy(update={"source": "admin"})
    kept = [old for old in templates if old.id != new.id or (new.language and old.language != new.language)]
    return [*kept, new]


def _fences(text: str) -> Iterator[tuple[str, str]]:
    return ((match["info"].strip(), match["body"]) for match in FENCE.finditer(text))


def _spec_in(body: str) -> tuple[str, str]:
    """The spec as one line, and its pattern; nothing where it is no spec of a screen."""
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        return "", ""
    if not isinstance(document, dict) or not {"screen_id", "pattern", "datasets"} <= document.keys():
        return "", ""
    return orjson.dumps(document).decode(), str(document["pattern"])
