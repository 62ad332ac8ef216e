"""Entities with their fields in brackets, in English prose."""

import re

from ..language.word_lists import FUNCTION_NOUNS
from ..vocabulary.field_names import FieldNames
from .attributes import is_attribute
from .declared import DeclaredEntity, Spoken
from .english import MARKED
from .english_items import EnglishItems
from .lists import split_items

_GROUP = re.compile(
    r"(?P<name>[A-Za-z]\w*(?: [A-Za-z]\w*){0,2})\s*[(（](?P<inside>(?:[^()（）]|\([^()]*\)){3,2000})[)）]"
)


_PLACED = re.compile(
    r"\s*,?\s*(?:(?:on|at|to|in)\s+(?:the\s+)?(?:top|bottom|left|right|upper|lower)|above|below|underneath|beneath)\b",
    re.IGNORECASE,
)


def read_groups(text: str, names: FieldNames) -> Spoken:
    """`order (order no, date) and line (line no, item)`: entities with their fields in brackets."""
    spoken, items = Spoken(), EnglishItems(names)
    groups = [match for match in _GROUP.finditer(text) if _states_entity(match, items)]
    outside = _without_spans(text, [match.span() for match in groups])
    first = MARKED.search(text)
    if len(groups) < 2 or (first and first.start() < groups[0].start()):
        return spoken
    placed = all(_PLACED.match(text, match.end()) for match in groups)
    if not placed and len(_listed_outside(outside)) >= len(groups):
        return spoken
    for match in groups:
        fields = items.fields(match["inside"])
        name = _group_name(match["name"])
        spoken.model.entities.append(DeclaredEntity(name=name, label="", fields=fields))
        start = match.start("inside") - 1
        spoken.spans.append((start, match.end()))
    return spoken


def _states_entity(match: re.Match[str], items: EnglishItems) -> bool:
    """Two fields or more in the bracket, and no attribute (`name (required, 50)` is a field)."""
    parts = [part for part in split_items(match["inside"]) if part.strip()]
    return len(parts) >= 2 and len(items.fields(match["inside"])) >= 2 and not any(map(is_attribute, parts))


def _listed_outside(text: str) -> list[str]:
    """The commas around the brackets: where there are many, the brackets describe items of a list."""
    return re.findall(r"[,，、](?!\s*§)|(?<!§)[,，、]", re.sub(r"§\s*[,，、]\s*§", "§", text))


def _without_spans(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}§{text[end:]}"
    return text


def _group_name(text: str) -> str:
    """The words before the bracket, without what leads to them, and none for a screen."""
    name = (
        re.sub(r"^.*\b(?:for|of|manage|and|with|s|chosen|selected|their|its)\s+", "", text.strip()).strip()
        or text.strip()
    )
    return (
        "" if name.lower() in FUNCTION_NOUNS or re.search(r"\b(?:screen|page|form|fields?|columns?)$", name) else name
    )
