"""Reads an engine's answer as edits, whichever of the usual forms it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...specs.loose_json import LooseReader, NotJsonError, WorkLimitError
from ..analysis.extraction import fenced_files, without_reasoning
from .blocks import read_blocks, read_diffs
from .edits import ComponentEdit, Edit, EditFailure, Replacement, WholeFile

MAX_EDITS = 500
_LISTS = ("edits", "patches", "changes")
_PATH = ("path", "file", "filename", "file_path")
_SEARCH = ("search", "old", "find", "before", "original", "old_string", "old_text")
_REPLACE = ("replace", "new", "after", "replacement", "new_string", "new_text")
_CONTENT = ("content", "code", "new_content")
_COMPONENT = ("component", "component_id")
_SET = ("set", "attributes", "properties")
_CUT = "length"
_BARE = frozenset({"", "```", "```json"})
_MOST_LINES = 10_000_000


@dataclass(frozen=True, slots=True)
class Shown:
    """What the engine was shown of a file: all of it, or lines `first_line` to `last_line`."""

    path: str
    first_line: int | None = None
    last_line: int | None = None


def read_answer(answer: str, shown: Sequence[Shown], *, finish_reason: str | None) -> list[Edit]:
    """The edits in an answer.

    Raises:
        EditFailure: `no_edits`, or `truncated`: an answer without its end is never applied in part.
    """
    text, cut = without_reasoning(answer)
    if cut:
        raise EditFailure("truncated")
    only = shown[0].path if len({item.path for item in shown}) == 1 else ""
    edits, complete = _read(text, shown, only)
    if not complete or (finish_reason == _CUT and not _closed(text)):
        raise EditFailure("truncated")
    if not edits:
        raise EditFailure("no_edits")
    if len(edits) > MAX_EDITS:
        raise EditFailure("too_large")
    return edits


def _read(text: str, shown: Sequence[Shown], only: str) -> tuple[list[Edit], bool]:
    for read in (read_blocks, read_diffs, _from_json):
        edits, complete = read(text, only)
        if edits or not complete:
            return edits, complete
    return _from_fences(text, shown, only)


def _closed(text: str) -> bool:
    """Whether an answer at its token limit had said all: its last mark closes something."""
    return text.rstrip().endswith(("}", "]", "```", "~~~", "REPLACE"))


def _from_json(text: str, only: str) -> tuple[list[Edit], bool]:
    reader = LooseReader(text)
    at = 0
    while (start := _opening(text, at)) >= 0:
        try:
            parsed = reader.read(start)
        except NotJsonError:
            at = start + 1
            continue
        except WorkLimitError:
            break
        items = _items(parsed.value, bare=text[:start].strip().lower() in _BARE)
        if items is not None:
            edits = [edit for item in items if (edit := _edit(item, only)) is not None]
            if edits or not parsed.complete:
                return edits, parsed.complete
        at = max(parsed.end, start + 1)
    return [], True


def _opening(text: str, at: int) -> int:
    found = [place for mark in "{[" if (place := text.find(mark, at)) >= 0]
    return min(found, default=-1)


def _items(value: Any, *, bare: bool) -> list[Any] | None:
    """The list of edits in a JSON value; None where it is no such thing.

    `bare`: nothing stands before it, so that an edit, or a list of them, need not say that it is one: within code,
    JSON that looks like an edit is code.
    """
    if isinstance(value, dict):
        for name in _LISTS:
            found = value.get(name)
            if isinstance(found, list) and (bare or any(_looks_like_edit(item) for item in found)):
                return list(found)
    if not bare:
        return None
    items = value if isinstance(value, list) else [value]
    return items if items and all(_looks_like_edit(item) for item in items) else None


def _looks_like_edit(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    has = [any(name in value for name in names) for names in (_SEARCH, _REPLACE, _CONTENT, _SET)]
    return (has[0] and has[1]) or (has[2] and _text(value, _PATH) is not None) or has[3]


def _edit(value: Any, only: str) -> Edit | None:
    """An edit, or None where an object is none."""
    if not isinstance(value, Mapping):
        return None
    path = _text(value, _PATH) or only
    component = _text(value, _COMPONENT)
    attributes = next((value[name] for name in _SET if isinstance(value.get(name), Mapping)), None)
    if component is not None:
        wanted = {str(name): None if item is None else _value(item) for name, item in (attributes or {}).items()}
        return ComponentEdit(path, component, wanted, remove=value.get("remove") is True)
    search, replace, content = _text(value, _SEARCH), _text(value, _REPLACE), _text(value, _CONTENT)
    if search is not None and replace is not None:
        line = value.get("line")
        return Replacement(path, search, replace, line if isinstance(line, int) and 0 < line < _MOST_LINES else None)
    return WholeFile(path, content) if content is not None else None


def _value(item: Any) -> str:
    if isinstance(item, bool):
        return "true" if item else "false"
    return str(item)


def _text(value: Mapping[str, Any], names: Sequence[str]) -> str | None:
    for name in names:
        item = value.get(name)
        if isinstance(item, str):
            return item
        if isinstance(item, list) and item and all(isinstance(line, str) for line in item):
            return "\n".join(item)
    return None


def _from_fences(text: str, shown: Sequence[Shown], only: str) -> tuple[list[Edit], bool]:
    """Whole files, or whole snippets where that is what was shown."""
    files = fenced_files(text)
    if not files:
        return [], True
    known = {item.path: item for item in shown}
    edits: list[Edit] = []
    for file in files:
        path = file.path if file.path in known else only if len(files) == 1 else file.path
        if not path or (file.path.startswith("part") and path != only):
            continue
        seen = known.get(path, Shown(path))
        edits.append(WholeFile(path, file.content, seen.first_line, seen.last_line))
    return edits, all(file.closed for file in files)
