"""Knowledge entries as files: Markdown with a YAML head, as they are exported; and the YAML lists of packs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import Any

import yaml
from pydantic import ValidationError

from ...db.models import KnowledgeEntry
from .schemas import KnowledgeCreateRequest

MARKDOWN, LISTS = (".md", ".markdown"), (".yaml", ".yml")
_HEAD = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)(.*)\Z", re.DOTALL)
_HEADING = re.compile(r"^#{1,2}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_ENCODINGS = ("utf-8-sig", "cp949")
"""Of text files, the second of Korean Windows."""
_CODES = {"extra_forbidden": "unknown", "missing": "missing", "string_too_long": "too_long", "too_long": "too_long"}
"""What pydantic calls them, and we do; everything else is `field`."""
_OF_PACKS_ALONE = ("component", "related", "artifacts", "screen")
"""Members of a pack's entries that an entry of the company does not have."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file, or an entry of it, is refused; `code` is what a reader's language is chosen by."""

    code: str
    message: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry as a file has it, with its members where it can be stored, and the faults where it can't."""

    file: str
    entry_id: str = ""
    title: str = ""
    members: Mapping[str, Any] | None = None
    faults: tuple[Fault, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for files that don't say it themselves."""

    framework: str
    kind: str = "rule"
    tags: list[str] = field(default_factory=list)


def read_entries(file: str, content: bytes, defaults: Defaults) -> Iterator[ReadEntry]:
    """The entries of one file; at least one, for a file that can't be read is one with its faults."""
    text = _text(content)
    if text is None:
        yield ReadEntry(file, faults=(Fault("encoding", "The file is no text in UTF-8 (or CP949)."),))
    elif not text.strip():
        yield ReadEntry(file, faults=(Fault("empty", "The file is empty."),))
    elif file.lower().endswith(LISTS):
        yield from _of_list(file, text, defaults)
    else:
        yield _of_markdown(file, text, defaults)


def markdown_of(entry: KnowledgeEntry) -> str:
    """The entry as a file; `read_entries` gives the same entry again."""
    head = {
        "id": entry.id, "framework": entry.framework, "kind": entry.kind, "title": entry.title,
        "aliases": entry.aliases, "tags": entry.tags, "source": entry.source, "enabled": entry.enabled,
    }  # fmt: skip
    written = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{written}---\n{entry.text}"


def _text(content: bytes) -> str | None:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    return None


def _of_markdown(file: str, text: str, defaults: Defaults) -> ReadEntry:
    match = _HEAD.match(text)
    body = match[2] if match else text
    try:
        head = yaml.safe_load(match[1]) if match else {}
    except yaml.YAMLError as error:
        return ReadEntry(file, faults=(Fault("head", f"The head between the lines --- is no YAML: {error}"),))
    if not isinstance(head, dict):
        return ReadEntry(file, faults=(Fault("head", "The head between the lines --- is no list of `name: value`."),))
    heading = _HEADING.search(body)
    stem = PurePosixPath(file).stem
    members = {
        "id": _id_of(file),
        "framework": defaults.framework,
        "kind": defaults.kind,
        "title": heading[1] if heading else stem,
        "tags": defaults.tags,
        **{str(name): value for name, value in head.items()},
        "text": body,
    }
    return _checked(file, members)


def _of_list(file: str, text: str, defaults: Defaults) -> Iterator[ReadEntry]:
    """Of a pack's `knowledge/*.yaml`, whose texts are in two languages."""
    try:
        items = yaml.safe_load(text)
    except yaml.YAMLError as error:
        yield ReadEntry(file, faults=(Fault("yaml", f"The file is no YAML: {error}"),))
        return
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        yield ReadEntry(file, faults=(Fault("list", "The file is no list of entries."),))
        return
    for item in items:
        code = str(item.pop("code", None) or "").rstrip()
        texts = [_joined(item.get("text"), "\n\n"), f"```\n{code}\n```" if code else ""]
        left_out = tuple(name for name in _OF_PACKS_ALONE if item.pop(name, None))
        members = {
            "framework": defaults.framework,
            "kind": defaults.kind,
            "tags": defaults.tags,
            **item,
            "title": _joined(item.get("title"), " / "),
            "text": "\n\n".join(part for part in texts if part),
            "aliases": [*(item.pop("names", None) or []), *(item.get("aliases") or [])],
        }
        members.pop("names", None)
        yield _checked(file, members, left_out)


def _joined(value: Any, between: str) -> Any:
    """One text of two languages; what is no text is left for the check to refuse."""
    if not isinstance(value, dict):
        return value
    return between.join(dict.fromkeys(str(value[name]).strip() for name in ("ko", "en") if value.get(name)))


def _checked(file: str, members: dict[str, Any], left_out: tuple[str, ...] = ()) -> ReadEntry:
    entry_id, title = str(members.get("id") or ""), str(members.get("title") or "")
    if not entry_id:
        return ReadEntry(file, title=title, faults=(Fault("missing", "The entry has no id.", "id"),))
    try:
        request = KnowledgeCreateRequest.model_validate(members)
    except ValidationError as error:
        faults = tuple(
            Fault(_CODES.get(one["type"], "field"), str(one["msg"]), ".".join(str(part) for part in one["loc"]))
            for one in error.errors()
        )
        return ReadEntry(file, entry_id, title, faults=faults)
    return ReadEntry(file, entry_id, title, request.model_dump(), left_out=left_out)


def _id_of(file: str) -> str:
    """The same file gives the same entry: uploaded again, it is that entry's next version."""
    stem = PurePosixPath(file).stem.lower()
    return stem if _ID.fullmatch(stem) else f"file-{blake2b(stem.encode(), digest_size=6).hexdigest()}"
