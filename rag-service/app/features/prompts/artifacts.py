"""Which files have to be made: by the pack's rules, the screen's pattern, the request, and what the knowledge adds."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chassis.errors import FieldError, Unprocessable

from ...core.packs import ArtifactRule

_POPUP_PATTERNS = frozenset({"list_popup"})
_DEFAULT_GROUP = "default"


@dataclass(frozen=True, slots=True)
class Artifact:
    kind: str
    path: str
    language: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What the files are about: the screen, its pattern, the first entity's name, all tables."""

    screen_id: str
    pattern: str | None
    entity: str
    tables: Sequence[str]


def define_artifacts(
    rules: Sequence[ArtifactRule], subject: Subject, *, asked: Sequence[str] | None, added: Iterable[str]
) -> list[Artifact]:
    """The files, in the pack's order.

    `asked` holds kinds or groups (none: the default group); `added` kinds come from the knowledge that was found.

    Raises:
        Unprocessable: a kind or group that the pack does not have.
    """
    known = {rule.kind for rule in rules} | {rule.group for rule in rules}
    unknown = [name for name in asked or () if name not in known]
    if unknown:
        message = f"there is no {', '.join(unknown)}; there are {', '.join(sorted(known))}"
        raise Unprocessable(f"`artifacts`: {message}.", errors=[FieldError("artifacts", message)])
    wanted = {*(asked or [_DEFAULT_GROUP]), *added}
    chosen = {rule.kind for rule in rules if rule.kind in wanted or rule.group in wanted}
    chosen |= {rule.kind for rule in rules if rule.brought_by in chosen}
    return [
        Artifact(rule.kind, rule.path.format_map(names), rule.language)
        for rule in rules
        if rule.kind in chosen and (rule.patterns is None or subject.pattern in rule.patterns)
        for names in _places(rule, subject)
    ]


def _places(rule: ArtifactRule, subject: Subject) -> list[dict[str, str]]:
    if rule.scope == "table":
        return [{"table": _file_name(table), "screen_id": subject.screen_id} for table in subject.tables]
    first = _file_name(subject.tables[0] if subject.tables else subject.entity)
    if rule.scope == "popup":
        popup = f"{_pascal(subject.entity)}Popup"
        return [{"screen_id": popup, "table": first}] if subject.pattern in _POPUP_PATTERNS else []
    return [{"screen_id": subject.screen_id, "table": first}]


def _file_name(table: str) -> str:
    """A table's name as a file's: nothing in it leads to another folder."""
    return re.sub(r"[^\w-]+", "_", table)


def _pascal(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[_\W]+", name) if part) or "Screen"
