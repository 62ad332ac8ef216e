"""All edits of one file, matched against the file as it was, and put in place together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ...packs.model import Pack
from ...sources.languages import language_of_path
from ...sources.lines import Splice, Text, spliced
from ...sources.opcodes import line_opcodes
from .components import component_splices
from .edits import ComponentEdit, Edit, EditFailure, Level, Place, Replacement, WholeFile
from .matching import Matcher
from .syntax import check_syntax

_KEPT = 0.4
"""The share of a file's lines that a whole new content keeps at least; small files may change altogether."""
_SMALL = 8
_MOST_LINES = 400_000
_LONGEST_MARK = 200
_MARK = r"^\s*(?:#|//|/\*|--|<!--|\{/\*)"
_DOTS = r"(?:\.{3}|…)"
_LEFT_OUT = "(?:the )?(?:rest|existing|remaining|previous|other|same|unchanged|keep|code|snip|나머지|기존|이하|생략)"
_ELISION = re.compile(
    rf"{_MARK}?\s*{_DOTS}\s*\(?{_LEFT_OUT}"
    rf"|{_MARK}\s*(?:the )?(?:rest of|remaining code|existing code|unchanged code|나머지|기존 코드|이하 (?:동일|생략))"
    rf"|{_MARK}\s*{_DOTS}\s*(?:\*/\}}?|-->)?\s*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Outcome:
    """`applied` has a level and a line for each edit; `failures` the number of the edit, or None for the file."""

    content: str
    changed: bool = False
    checked: bool = False
    was_broken: bool = False
    applied: list[tuple[Level, int | None]] = field(default_factory=list)
    failures: list[tuple[int | None, EditFailure]] = field(default_factory=list)


def apply_to_file(path: str, before: str | None, edits: Sequence[Edit], pack: Pack | None, *, wary: bool) -> Outcome:
    """What the edits make of a file; `before` is None where there is none yet.

    `wary`: a model wrote them, which may leave out code, or most of a file, without a word.
    """
    outcome = Outcome(before or "")
    components = [edit for edit in edits if isinstance(edit, ComponentEdit)]
    try:
        if components:
            _components(outcome, before, components, pack, count=len(edits))
        else:
            _lines(outcome, before, edits, wary=wary)
        if not outcome.failures:
            _check(outcome, path, before)
    except EditFailure as failure:
        outcome.failures.append((None, failure))
    return outcome


def _components(
    outcome: Outcome, before: str | None, edits: Sequence[ComponentEdit], pack: Pack | None, *, count: int
) -> None:
    if count != len(edits):
        raise EditFailure("mixed_edits")
    if before is None:
        raise EditFailure("unknown_file")
    content = before
    splices = component_splices(content, edits, pack)
    ordered = sorted(splices, key=lambda item: item.start, reverse=True)
    for later, earlier in pairwise(ordered):
        if earlier.end > later.start:
            raise EditFailure("overlap")
    for splice in ordered:
        content = content[: splice.start] + splice.text + content[splice.end :]
    outcome.content, outcome.changed = content, content != before
    outcome.applied = [("component", before.count("\n", 0, splice.start) + 1) for splice in splices]


def _lines(outcome: Outcome, before: str | None, edits: Sequence[Edit], *, wary: bool) -> None:
    text = Text.read(before or "")
    matcher = Matcher(text)
    splices: list[Splice] = []
    for number, edit in enumerate(edits):
        try:
            level, splice = _placed(edit, text, matcher, before, wary=wary)
        except EditFailure as failure:
            outcome.failures.append((number, failure))
            continue
        outcome.applied.append((level, splice.first + 1))
        if level != "already_applied":
            splices.append(splice)
    if outcome.failures:
        return
    changes = [_change(splice) for splice in splices]
    _check_apart(text, changes)
    outcome.content = spliced(text, changes).content()
    outcome.changed = before is None or outcome.content != before
    if splices and not outcome.changed:
        raise EditFailure("no_change")


def _placed(edit: Edit, text: Text, matcher: Matcher, before: str | None, *, wary: bool) -> tuple[Level, Splice]:
    if isinstance(edit, Replacement):
        if edit.search.strip():
            if before is None:
                raise EditFailure("unknown_file")
            if wary:
                _check_not_elided(Text.read(edit.search).lines, Text.read(edit.replace).lines)
            found = matcher.find(edit.search, edit.replace, edit.line)
            return found.level, found.splice
        edit = WholeFile(edit.path, edit.replace)
        if text.joined.strip():
            raise EditFailure("empty_search")
    if not isinstance(edit, WholeFile):
        raise EditFailure("mixed_edits")
    return "whole", _whole(edit, text, wary=wary)


def _whole(edit: WholeFile, text: Text, *, wary: bool) -> Splice:
    if edit.content.count("\n") > _MOST_LINES:
        raise EditFailure("too_large")
    first, last = 0, len(text.lines)
    if edit.first_line is not None and edit.last_line is not None:
        first, last = edit.first_line - 1, edit.last_line
        if not 0 <= first < last <= len(text.lines):
            raise EditFailure("bad_range")
    old, new = text.lines[first:last], Text.read(edit.content).lines
    if wary:
        _check_not_elided(old, new)
        new = _without_more_blank_lines(old, new)
    opcodes = line_opcodes(old, new)
    kept = sum(i2 - i1 for tag, i1, i2, _, _ in opcodes if tag == "equal")
    lines = sum(1 for line in old if line.strip())
    if wary and lines > _SMALL and kept < _KEPT * len(old):
        raise EditFailure("drops_too_much", percent=round(100 * kept / len(old)))
    out: list[str | int] = []
    for tag, i1, i2, j1, j2 in opcodes:
        out += range(first + i1, first + i2) if tag == "equal" else new[j1:j2]
    return Splice(first, last, tuple(out))


def _without_more_blank_lines(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """A fence often ends with a blank line that belongs to no file."""
    lines = list(new)
    while lines and not lines[-1].strip() and (not old or old[-1].strip()):
        lines.pop()
    return tuple(lines)


def _check_not_elided(old: Sequence[str], new: Sequence[str]) -> None:
    known = {line.strip() for line in old}
    for number, line in enumerate(new, 1):
        if len(line) < _LONGEST_MARK and _ELISION.match(line) and line.strip() not in known:
            raise EditFailure("elided", (Place(number, line),), text=line.strip())


def _check_apart(text: Text, changes: Sequence[Splice]) -> None:
    """Edits may name the same lines around what they change, but not change the same lines."""
    ordered = sorted(changes, key=lambda item: (item.first, item.last))
    for change, following in pairwise(ordered):
        if following.first < change.last or (change.first, change.last) == (following.first, following.last):
            shown = text.lines[following.first : following.first + 1]
            raise EditFailure("overlap", tuple(Place(following.first + 1, line) for line in shown))


def _change(splice: Splice) -> Splice:
    """The splice without the lines around it that stay."""
    head = 0
    while head < len(splice.lines) and splice.lines[head] == splice.first + head:
        head += 1
    tail = 0
    while tail < len(splice.lines) - head and splice.lines[-1 - tail] == splice.last - 1 - tail:
        tail += 1
    lines = splice.lines[head : len(splice.lines) - tail]
    return Splice(splice.first + head, splice.last - tail, lines)


def _check(outcome: Outcome, path: str, before: str | None) -> None:
    """Raises `EditFailure` where the result does not parse."""
    if not outcome.changed:
        return
    language = language_of_path(path)
    result = check_syntax(language, before, outcome.content)
    outcome.checked, outcome.was_broken = result.checked, result.was_broken
    if result.problem is not None:
        lines = Text.read(outcome.content).lines
        line = result.problem.line
        places = (Place(line, lines[line - 1]),) if line and line <= len(lines) else ()
        raise EditFailure("does_not_parse", places, language=language, detail=result.problem.detail)
