"""All sources of a data model in a request: the prompt and its attachments, each read by the reader that fits."""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Protocol

from ..language.text import clean
from .classes import read_classes
from .ddl import read_ddl
from .declared import DeclaredModel, Problem
from .mermaid import START as MERMAID, read_mermaid
from .searched import read_searched
from .spreadsheets import UnusableSpreadsheet, read_spreadsheet
from .stated_keys import mark_stated_keys, read_stated_keys
from .structured import find_json, parse_json, parse_yaml, read_structured
from .tables import find_markdown_table, read_csv, read_rows
from .words import read_words

_DDL = re.compile(
    r"\bCREATE\s+(?:\w+\s+){0,3}?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?[\w.\"`\[\]$#가-힣]+\s*(?:\(|\n)", re.IGNORECASE
)
_FENCE = re.compile(r"```(?P<kind>[\w-]*)[ \t]*\n(?P<body>.*?)(?:```|\Z)", re.DOTALL)
_FENCE_MARK = re.compile(r"```[\w-]*")
_YAML_BODY = re.compile(r"^[ \t]*(?:fields|columns|properties|entities|tables|필드|컬럼)[ \t]*:[ \t]*$", re.MULTILINE)
_CLASS = re.compile(r"\b(?:class|interface|record|type)\s+[A-Z]\w*[^{\n]{0,80}\{|\brecord\s+[A-Z]\w*\s*\(")
_SELECT = re.compile(r"\bSELECT\b[\s\S]+?\bFROM\b", re.IGNORECASE)
_REQUIRED = re.compile(r"(?<![\w가-힣])([\w가-힣]{2,20}?)(?:은|는|이|가)\s+필수(?:이고|고|이며|며|이고요|구요)\s*,?\s*")
_LONG_RUN = re.compile(r"\S{200,}")
MAX_SPOKEN = 3_000
MAX_WORD = 199
MAX_QUERY = 20_000
MAX_FORMAL = 500_000
_EXCEL = (".xlsx", ".xlsm")
_OLD_EXCEL = (".xls", ".ods", ".numbers")
_TEXT_TABLES = (".csv", ".tsv")


class Attached(Protocol):
    """A file beside the prompt: text, or base64 where `encoding` or the kind of file says so."""

    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def content(self) -> str: ...
    @property
    def encoding(self) -> str | None: ...


@dataclass(slots=True)
class Sources:
    """What was stated, the prompt's prose without the parts that stated it, and the fields to search by."""

    model: DeclaredModel = field(default_factory=DeclaredModel)
    prose: str = ""
    searched: list[str] = field(default_factory=list)
    formal: bool = False
    """Whether a formal source (DDL, JSON, a file …) was read, not only words."""


def read_sources(text: str, attachments: Sequence[Attached]) -> Sources:
    """Formal sources first; plain words are read where there is no formal one."""
    sources = Sources(prose=text)
    for attachment in attachments:
        _read_attachment(attachment, sources)
    _read_formal(text, "", sources)
    sources.formal = bool(sources.model.entities)
    if not sources.formal:
        spoken_part = _REQUIRED.sub(r"\1(필수), ", shortened(text))
        keys, key_spans = read_stated_keys(spoken_part)
        spoken_part = _without(spoken_part, key_spans)
        names, spans = read_searched(spoken_part)
        sources.searched += names
        spoken = read_words(_blanked(spoken_part, spans))
        sources.model.extend(spoken.model)
        _mark_keys(sources, keys)
        if spoken.spans:
            sources.prose = _without(spoken_part, spoken.spans)
        return sources
    _mark_keys(sources, read_stated_keys(shortened(sources.prose))[0])
    if not sources.searched:
        sources.searched += read_searched(shortened(sources.prose))[0]
    return sources


def _mark_keys(sources: Sources, names: list[str]) -> None:
    """Prose is about the first entity."""
    if names and sources.model.entities:
        mark_stated_keys(sources.model.entities[0], names)


def _read_formal(text: str, name: str, sources: Sources) -> None:
    """The first formal form that gives an entity; the prose is what stands around it."""
    readers = (_ddl, _mermaid, _structured, _markdown, _class, _query)
    for reader in readers:
        spans = reader(text, name, sources)
        if spans is not None:
            sources.prose = _FENCE_MARK.sub(" ", _without(text, spans)) if not name else sources.prose
            return


def _ddl(text: str, name: str, sources: Sources) -> list[tuple[int, int]] | None:
    first = _DDL.search(text)
    if first is None:
        return None
    sources.model.extend(read_ddl(_FENCE_MARK.sub(lambda match: " " * len(match.group()), text), name))
    last = max(text.rfind(";"), text.rfind(")"), text.rfind("```"))
    return [(first.start(), max(last + 1, first.end()))]


def _mermaid(text: str, _name: str, sources: Sources) -> list[tuple[int, int]] | None:
    start = re.search(r"^[ \t]*erDiagram[ \t]*$", text, re.MULTILINE) or MERMAID.search(text)
    if start is None:
        return None
    fence = re.search(r"```", text[start.end() :])
    end = start.end() + fence.end() if fence else len(text)
    model = read_mermaid(text[start.start() : end])
    if not model.entities:
        return None
    sources.model.extend(model)
    return [(start.start(), end)]


def _structured(text: str, name: str, sources: Sources) -> list[tuple[int, int]] | None:
    for fence in _FENCE.finditer(text):
        value = None
        if fence["kind"].lower() in {"json", "yaml", "yml", ""}:
            value = parse_json(fence["body"]) or (
                parse_yaml(fence["body"]) if fence["kind"] or ":" in fence["body"] else None
            )
        model = read_structured(value)
        if model.entities and isinstance(value, dict | list):
            sources.model.extend(model)
            return [fence.span()]
    found = find_json(text)
    if found is not None:
        model = read_structured(found[0])
        if model.entities:
            sources.model.extend(model)
            return [found[1:]]
    return _bare_yaml(text, name, sources)


def _bare_yaml(text: str, _name: str, sources: Sources) -> list[tuple[int, int]] | None:
    """YAML without a fence: the lines that have `key:` or `-` and stand around `fields:`."""
    marker = _YAML_BODY.search(text)
    if marker is None:
        return None
    lines = re.compile(r"(?:^[ \t]*(?:[\w가-힣 ]+:.*|-[ \t].*)(?:\n|$))+", re.MULTILINE)
    for block in lines.finditer(text):
        if block.start() <= marker.start() < block.end():
            model = read_structured(parse_yaml(block.group()))
            if model.entities:
                sources.model.extend(model)
                return [block.span()]
    return None


def _markdown(text: str, _name: str, sources: Sources) -> list[tuple[int, int]] | None:
    found = find_markdown_table(text)
    if found is None:
        return None
    model = read_rows(found[0])
    sources.model.extend(model)
    return [found[1:]] if model.entities else None


def _class(text: str, _name: str, sources: Sources) -> list[tuple[int, int]] | None:
    if _CLASS.search(text) is None:
        return None
    model, spans = read_classes(text)
    if not model.entities:
        return None
    sources.model.extend(model)
    fences = [fence.span() for fence in _FENCE.finditer(text)]
    inside = [fence for fence in fences if any(fence[0] <= start < fence[1] for start, _ in spans)]
    return inside or [(min(start for start, _ in spans), max(end for _, end in spans))]


def _query(text: str, _name: str, sources: Sources) -> list[tuple[int, int]] | None:
    if len(text) > MAX_QUERY or _SELECT.search(text) is None:
        return None
    from .queries import find_query  # here: the parser is loaded after the start

    query = find_query(text)
    if query is None:
        return None
    sources.model.extend(DeclaredModel([query.entity]))
    sources.searched += query.searched
    return [(query.start, query.end)]


def _read_attachment(attachment: Attached, sources: Sources) -> None:
    suffix = PurePosixPath(attachment.name.lower()).suffix
    before = len(sources.model.entities), len(sources.model.problems)
    if suffix in _OLD_EXCEL:
        _unreadable(sources, attachment.name, "save it as .xlsx or .csv")
    elif suffix in _EXCEL or "spreadsheetml" in attachment.media_type:
        _read_excel(attachment, sources)
    else:
        _read_text(attachment, suffix, sources)
    if (len(sources.model.entities), len(sources.model.problems)) == before:
        sources.model.problems.append(Problem("attachment_ignored", None, attachment.name))


def _unreadable(sources: Sources, name: str, why: str) -> None:
    sources.model.problems.append(Problem("attachment_unreadable", None, name, why))


def _read_excel(attachment: Attached, sources: Sources) -> None:
    try:
        sheets = read_spreadsheet(base64.b64decode(attachment.content, validate=False))
    except (binascii.Error, ValueError):
        _unreadable(sources, attachment.name, "the content is not base64")
        return
    except UnusableSpreadsheet as error:
        _unreadable(sources, attachment.name, str(error))
        return
    for rows in sheets.values():
        sources.model.extend(read_rows(rows, _stem(attachment.name) if len(sheets) == 1 else ""))


def _read_text(attachment: Attached, suffix: str, sources: Sources) -> None:
    content = attachment.content
    if attachment.encoding == "base64":
        try:
            content = _decoded(base64.b64decode(content, validate=False))
        except (binascii.Error, ValueError):
            _unreadable(sources, attachment.name, "the content is not base64")
            return
    content = clean(content)
    if suffix in _TEXT_TABLES or "csv" in attachment.media_type:
        sources.model.extend(read_rows(read_csv(content), _stem(attachment.name)))
    elif suffix in {".json", ".yaml", ".yml"}:
        value = parse_json(content) if suffix == ".json" else parse_yaml(content)
        sources.model.extend(read_structured(value, _stem(attachment.name)))
    else:
        _read_formal(content[:MAX_FORMAL], attachment.name or "attachment", sources)


def _decoded(content: bytes) -> str:
    """UTF-8, or the code page that Korean Excel writes CSV in."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp949", "replace")


def _stem(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).stem


def shortened(text: str) -> str:
    """What plain words are read from: nobody speaks in longer texts or words, and patterns may be slow on them."""
    return _LONG_RUN.sub(lambda match: match.group()[:MAX_WORD], text[:MAX_SPOKEN])


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text
