"""Edits of one component of a screen's markup: its tag is rewritten, every other byte stays."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from lxml import etree

from ...packs.model import Pack
from .edits import ComponentEdit, EditFailure, Place

_MARKUP = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\][^>]*)?>"
    r"|</(?P<closing>[^\s>]+)\s*>"
    r"""|<(?P<opening>[^\s/>!?]+)(?P<attributes>(?:\s+[^\s=>/]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(?P<empty>/?)>""",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""\s+(?P<name>[^\s=>/]+)\s*=\s*(?P<value>"[^"]*"|'[^']*')""")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME = re.compile(r"[A-Za-z_][\w.\-]*")
_PLAIN_NAMES = ("name", "id")
_LARGEST = 2_000_000
_MOST_ATTRIBUTES = 100
_LONGEST_NAME = 200
_TABLE = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


@dataclass(slots=True)
class Tag:
    """An element's start tag in the text, and where the element ends."""

    name: str
    start: int
    end: int
    attributes: dict[str, str]
    line: int
    close: int = 0
    parent: bool = False


@dataclass(frozen=True, slots=True)
class CharacterSplice:
    start: int
    end: int
    text: str


def component_splices(content: str, edits: Sequence[ComponentEdit], pack: Pack | None) -> list[CharacterSplice]:
    """Where the text changes, and to what.

    Raises:
        EditFailure: the file can't be read, or names no such component or attribute.
    """
    if len(content) > _LARGEST:
        raise EditFailure("too_large")
    _check_readable(content)
    tags = _tags(content)
    return [splice for edit in edits for splice in _splices(content, tags, edit, pack)]


def _check_readable(content: str) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    text = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", content, count=1)
    try:
        etree.fromstring(text.removeprefix("\ufeff").encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise EditFailure("not_markup") from error


def _tags(content: str) -> list[Tag]:
    """All elements of a well-formed text."""
    found: list[Tag] = []
    open_: list[Tag] = []
    line, counted = 1, 0
    for match in _MARKUP.finditer(content):
        if match["closing"]:
            if open_:
                open_.pop().close = match.end()
        elif match["opening"]:
            line += content.count("\n", counted, match.start())
            counted = match.start()
            if open_:
                open_[-1].parent = True
            attributes = {part["name"]: part["value"][1:-1] for part in _ATTRIBUTE.finditer(match["attributes"])}
            tag = Tag(match["opening"], match.start(), match.end(), attributes, line, match.end())
            found.append(tag)
            if not match["empty"]:
                open_.append(tag)
    return found


def _splices(content: str, tags: Sequence[Tag], edit: ComponentEdit, pack: Pack | None) -> list[CharacterSplice]:
    tag = _component(tags, edit.component, pack)
    if edit.remove:
        if tag.parent:
            raise EditFailure("has_content", (Place(tag.line, content[tag.start : tag.end]),), name=edit.component)
        return [_removal(content, tag)]
    if not edit.attributes:
        raise EditFailure("no_change")
    if len(edit.attributes) > _MOST_ATTRIBUTES:
        raise EditFailure("too_large")
    text = content[tag.start : tag.end]
    for name, value in edit.attributes.items():
        _check_attribute(tag, name, value, pack)
        text = _with_attribute(text, name, value)
    if text == content[tag.start : tag.end]:
        raise EditFailure("no_change", (Place(tag.line, text),))
    return [CharacterSplice(tag.start, tag.end, text)]


def _component(tags: Sequence[Tag], wanted: str, pack: Pack | None) -> Tag:
    rules = pack.checks.xml if pack else None
    names = [rules.identifiers["name"], rules.identifiers["attribute"], "id"] if rules else list(_PLAIN_NAMES)
    for name in dict.fromkeys(names if len(wanted) <= _LONGEST_NAME else ()):
        found = [tag for tag in tags if tag.attributes.get(name) == wanted]
        if len(found) > 1:
            places = tuple(Place(tag.line, tag.name) for tag in found[:10])
            raise EditFailure("ambiguous_component", places, name=wanted, count=len(found))
        if found:
            return found[0]
    known = {tag.attributes[name]: tag for tag in tags for name in names if name in tag.attributes}
    near = get_close_matches(wanted[:100], list(known)[:5_000], n=3)
    raise EditFailure("unknown_component", tuple(Place(known[item].line, item) for item in near), name=wanted[:100])


def _check_attribute(tag: Tag, name: str, value: str | None, pack: Pack | None) -> None:
    if not _NAME.fullmatch(name):
        raise EditFailure("unknown_attribute", element=tag.name, name=name[:100])
    if pack is not None and value is not None and name not in tag.attributes:
        known = pack.components.attribute_order.get(tag.name)
        if known is not None and name not in known:
            near = get_close_matches(name[:100], list(known), n=3)
            raise EditFailure(
                "unknown_attribute", tuple(Place(tag.line, item) for item in near), element=tag.name, name=name[:100]
            )
    if value is not None and _FORBIDDEN.search(value):
        raise EditFailure("bad_value")


def _with_attribute(text: str, name: str, value: str | None) -> str:
    for match in _ATTRIBUTE.finditer(text):
        if match["name"] == name:
            if value is None:
                return text[: match.start()] + text[match.end() :]
            quote = match["value"][0]
            return text[: match.start("value")] + quote + _escaped(value, quote) + quote + text[match.end("value") :]
    if value is None:
        return text
    closing = re.search(r"\s*/?>$", text)
    at = closing.start() if closing else len(text)
    return f'{text[:at]} {name}="{_escaped(value, chr(34))}"{text[at:]}'


def _escaped(value: str, quote: str) -> str:
    table = {**_TABLE, quote: "&quot;" if quote == '"' else "&apos;"}
    return "".join(table.get(character, character) for character in value)


def _removal(content: str, tag: Tag) -> CharacterSplice:
    """The element, and its line where nothing else is on it."""
    start = content.rfind("\n", 0, tag.start) + 1
    end = content.find("\n", tag.close)
    end = len(content) if end < 0 else end + 1
    alone = not content[start : tag.start].strip() and not content[tag.close : end].strip()
    return CharacterSplice(start, end, "") if alone else CharacterSplice(tag.start, tag.close, "")
