"""Edits that are right, and the ways in which models bend them; each with what must come of it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from app.features.patches.syntax import check_syntax
from app.sources.lines import Splice, Text, spliced

from .corpus import SourceText

_COMMENTS = {
    "python": "# note", "yaml": "# note", "javascript": "// note", "typescript": "// note", "tsx": "// note",
    "java": "// note", "sql": "-- note", "xml": "<!-- note -->",
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z_]{4,}")


@dataclass(frozen=True, slots=True)
class Case:
    """`before` lines of the edit become `after`; `expected` is the file then, or None where only a refusal is right.

    `file` is what the file holds when the edit comes; `base` what the edit's author saw, where its hash is sent.
    """

    source: SourceText
    before: tuple[str, ...]
    after: tuple[str, ...]
    changed: frozenset[int]
    expected: str | None
    file: str
    base: str | None = None
    path: str = ""


def right_edit(source: SourceText, random: Random) -> Case | None:
    """An edit of 1 to 3 lines with up to 4 lines around them, which stands in one place and whose result parses."""
    text = Text.read(source.content)
    lines = text.lines
    for _ in range(20):
        first = random.randrange(len(lines))
        last = min(len(lines), first + random.randint(1, 3))
        new = _changed(lines[first:last], source.language, random)
        if new is None or new == lines[first:last]:
            continue
        head, tail = max(0, first - random.randint(0, 4)), min(len(lines), last + random.randint(0, 4))
        before, after = lines[head:tail], (*lines[head:first], *new, *lines[last:tail])
        expected = spliced(text, [Splice(first, last, new)]).content()
        once = f"\n{text.joined}\n".count("\n" + "\n".join(before) + "\n") == 1 and any(line.strip() for line in before)
        if once and check_syntax(source.language, source.content, expected).problem is None:
            changed = frozenset(range(first - head, last - head))
            return Case(source, before, after, changed, expected, source.content, path=source.path)
    return None


def _changed(lines: Sequence[str], language: str, random: Random) -> tuple[str, ...] | None:
    kind = random.choice(("rename", "rename", "insert", "delete"))
    if kind == "delete":
        return ()
    if kind == "insert" and language in _COMMENTS:
        indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
        return (f"{indent}{_COMMENTS[language]} {random.randrange(10_000)}", *lines)
    number = next((index for index, line in enumerate(lines) if _WORD.search(line)), None)
    if number is None:
        return None
    word = _WORD.search(lines[number])
    assert word is not None  # noqa: S101 - it was found above
    line = lines[number][: word.end()] + f"_{random.randrange(1_000)}" + lines[number][word.end() :]
    return (*lines[:number], line, *lines[number + 1 :])


Mutation = Callable[[Case, Random], Case | None]


def _both(case: Case, change: Callable[[str], str], chosen: Sequence[int]) -> Case:
    """A change of lines around the edit, as the model has them in the old and in the new text."""
    altered = {case.before[index]: change(case.before[index]) for index in chosen}
    keep = case.changed
    before = tuple(altered.get(line, line) if index not in keep else line for index, line in enumerate(case.before))
    shift = len(case.after) - len(case.before)
    last = max(keep) + 1
    after = tuple(
        altered.get(line, line) if index < min(keep) or index >= last + shift else line
        for index, line in enumerate(case.after)
    )
    return replace(case, before=before, after=after)


def _context(case: Case) -> list[int]:
    return [index for index, line in enumerate(case.before) if index not in case.changed and line.strip()]


def _trailing_blanks(case: Case, random: Random) -> Case | None:
    return replace(case, before=tuple(line + " " * random.randint(1, 3) for line in case.before))


def _inner_blanks(case: Case, _random: Random) -> Case | None:
    found = [index for index in _context(case) if " " in case.before[index].strip()]
    return _both(case, lambda line: re.sub(r"(?<=\S) (?=\S)", "  ", line), found) if found else None


def _shifted(case: Case, random: Random) -> Case | None:
    blanks = " " * random.choice((2, 4, 8))
    both = [tuple(blanks + line if line.strip() else line for line in lines) for lines in (case.before, case.after)]
    return replace(case, before=both[0], after=both[1])


def _dedented(case: Case, _random: Random) -> Case | None:
    filled = [line for line in (*case.before, *case.after) if line.strip()]
    width = min(len(line) - len(line.lstrip(" ")) for line in filled) if filled else 0
    if not width:
        return None
    both = [tuple(line[width:] if line.strip() else line for line in lines) for lines in (case.before, case.after)]
    return replace(case, before=both[0], after=both[1])


def _tabbed(case: Case, _random: Random) -> Case | None:
    both = [
        tuple(re.sub(r"^(?: {4})+", lambda match: "\t" * (len(match[0]) // 4), line) for line in lines)
        for lines in (case.before, case.after)
    ]
    return replace(case, before=both[0], after=both[1]) if both[0] != case.before else None


def _missing_line(case: Case, random: Random) -> Case | None:
    """A line around the edit, not next to it, is left out of both."""
    inner = [index for index in _context(case) if not {index - 1, index, index + 1} & case.changed]
    inner = [index for index in inner if 0 < index < len(case.before) - 1]
    if not inner:
        return None
    gone = random.choice(inner)
    shift = len(case.after) - len(case.before)
    place = gone if gone < min(case.changed) else gone + shift
    moved = frozenset(index - (index > gone) for index in case.changed)
    return replace(
        case, before=case.before[:gone] + case.before[gone + 1 :], after=case.after[:place] + case.after[place + 1 :],
        changed=moved,
    )  # fmt: skip


def _imagined_line(case: Case, random: Random) -> Case | None:
    """A line that the file does not have, at the edit's beginning."""
    line = f"imagined_{random.randrange(1_000)} = nothing"
    return replace(case, before=(line, *case.before), after=(line, *case.after))


def _wrong_anchor(case: Case, random: Random) -> Case | None:
    outer = [index for index in (0, len(case.before) - 1) if index in _context(case)]
    if not outer:
        return None
    return _both(case, lambda line: line.replace("e", "a", 1) + f" {random.randrange(100)}", [random.choice(outer)])


def _blank_line(case: Case, _random: Random) -> Case | None:
    return replace(case, before=("", *case.before, ""), after=("", *case.after, ""))


def _typo_in_the_changed_line(case: Case, random: Random) -> Case | None:
    """The line to change is not the file's: only a refusal is right."""
    number = random.choice(sorted(case.changed))
    line = case.before[number]
    word = _WORD.search(line)
    if word is None:
        return None
    before = list(case.before)
    before[number] = line[: word.start()] + word[0][::-1] + "q" + line[word.end() :]
    after = case.after if number >= len(case.after) or case.after[number] != line else None
    return replace(case, before=tuple(before), expected=None) if after is not None else None


def _ambiguous(case: Case, _random: Random) -> Case | None:
    """The file has the place twice."""
    text = Text.read(case.file)
    return replace(case, file=text.content() + text.end + text.content().removeprefix("\ufeff"), expected=None)


def _stale(case: Case, random: Random) -> Case | None:
    """The file is another one than the edit's author saw, and its hash is sent."""
    lines = Text.read(case.file)
    at = random.randrange(len(lines.lines))
    now = spliced(lines, [Splice(at, at, ("changed elsewhere",))]).content()
    return replace(case, file=now, base=case.file, expected=None)


def _stale_lines(case: Case, _random: Random) -> Case | None:
    """The lines to change are others by now, and no hash says so."""
    gone = [case.before[index] for index in case.changed if case.before[index] not in case.after]
    chosen = {line for line in gone if line.strip()}
    if not chosen:
        return None
    text = Text.read(case.file)
    lines = tuple(f"{line} 0x" if line in chosen else line for line in text.lines)
    return replace(case, file=replace(text, lines=lines).content(), expected=None)


def _windows(case: Case, _random: Random) -> Case | None:
    """The file has a byte order mark and CRLF, which the edit does not."""
    if case.file.startswith("\ufeff") or "\r" in case.file or case.expected is None or case.source.language == "json":
        return None
    both = [f"\ufeff{text}".replace("\n", "\r\n") for text in (case.file, case.expected)]
    return replace(case, file=both[0], expected=both[1])


MUTATIONS: dict[str, Mutation] = {
    "as it should be": lambda case, _random: case,
    "trailing blanks": _trailing_blanks,
    "blanks within lines": _inner_blanks,
    "shifted": _shifted,
    "dedented": _dedented,
    "tabs for blanks": _tabbed,
    "blank lines around": _blank_line,
    "byte order mark, CRLF": _windows,
    "a line left out": _missing_line,
    "a line imagined": _imagined_line,
    "wrong anchor": _wrong_anchor,
    "wrong line to change": _typo_in_the_changed_line,
    "in two places": _ambiguous,
    "stale base, with hash": _stale,
    "stale lines, no hash": _stale_lines,
}


def wrong_file(case: Case, sources: Sequence[SourceText], random: Random) -> Case | None:
    """The edit names another file, which has no such place."""
    other = random.choice(sources)
    telling = [line.strip() for line in case.before if len(line.strip()) > 3]
    gone = bool(telling) and all(line not in other.content for line in telling)
    return replace(case, file=other.content, path=other.path, expected=None) if gone else None


def cases(sources: Sequence[SourceText], random: Random, *, each: int) -> Iterator[tuple[str, Case]]:
    """`each` cases of every kind."""
    for name in (*MUTATIONS, "wrong file"):
        made = tries = 0
        while made < each and tries < each * 30:
            tries += 1
            case = right_edit(random.choice(sources), random)
            if case is None:
                continue
            bent = wrong_file(case, sources, random) if name == "wrong file" else MUTATIONS[name](case, random)
            if bent is not None and not _stands_elsewhere(case, bent):
                made += 1
                yield name, bent


def _stands_elsewhere(case: Case, bent: Case) -> bool:
    """Whether the bent lines happen to be those of another place: then the edit is right for that one."""
    lines = "\n" + "\n".join(bent.before) + "\n"
    return bent.before != case.before and lines in f"\n{Text.read(case.file).joined}\n"
