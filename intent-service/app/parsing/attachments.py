"""Files beside the prompt: text, or base64 where `encoding` or the kind of file says so."""

import base64
import binascii
from pathlib import PurePosixPath
from typing import Protocol

from ..language.text import clean
from .declared import Problem
from .documents import parse_json, parse_yaml
from .formal import Sources, read_formal
from .spreadsheets import UnusableSpreadsheet, read_spreadsheet
from .structured import read_structured
from .tables import read_csv, read_rows

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


def read_attachment(attachment: Attached, sources: Sources) -> None:
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
        read_formal(content[:MAX_FORMAL], attachment.name or "attachment", sources)


def _decoded(content: bytes) -> str:
    """UTF-8, or the code page that Korean Excel writes CSV in."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp949", "replace")


def _stem(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).stem
