"""Golden cases: what evaluations ask for, and what a good answer holds. Read from the packs' folders."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

_EVERY = ("*",)
_TEXT_ENDINGS = frozenset({".xml", ".js", ".sql", ".ts", ".tsx", ".java", ".json"})


class UnreadableCases(ValueError):
    """A file of cases does not hold their form; the message names file and case."""


@dataclass(frozen=True, slots=True)
class ExpectedField:
    """A column that has to come: any of the names (or labels), of any of the types."""

    names: tuple[str, ...]
    types: tuple[str, ...]
    key: bool = False

    @property
    def title(self) -> str:
        return self.names[0]


@dataclass(frozen=True, slots=True)
class GoldenCase:
    """A prompt with what is expected of its screen; empty members expect nothing."""

    id: str
    framework: str
    language: str
    prompt: str
    pattern: str = ""
    entities: tuple[tuple[str, ...], ...] = ()
    fields: tuple[ExpectedField, ...] = ()
    whole: bool = False
    """Whether the prompt states its fields, so that any further one is wrong."""
    actions: tuple[str, ...] = ()
    transactions: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    request: Mapping[str, Any] | None = None
    accepted: str = ""
    """A folder of the pack with the accepted screen's `spec.json` and files."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A framework pack as evaluations see it. `hash` is of all its files: a changed word makes another pack."""

    name: str
    version: str
    hash: str
    folder: Path


def read_cases(folder: Path) -> list[GoldenCase]:
    """The cases of a pack, by file and in the files' order.

    Raises:
        UnreadableCases: a file or case has another form.
    """
    found: dict[str, GoldenCase] = {}
    for file in sorted((folder / "golden").glob("*.yaml")):
        document = _yaml(file)
        for members in document.get("cases") or ():
            merged = {"pattern": document.get("pattern", ""), **(document.get("defaults") or {}), **members}
            case = case_of(merged, framework=folder.name, where=file.name)
            if case.id in found:
                raise UnreadableCases(f"{file.name}: the case {case.id} is there twice.")
            found[case.id] = case
    return list(found.values())


def case_of(members: Mapping[str, Any], *, framework: str, where: str = "the request") -> GoldenCase:
    """A case out of its members, as files and requests write them."""
    try:
        return GoldenCase(
            id=str(members["id"]),
            framework=framework,
            language=str(members.get("language", "en")),
            prompt=str(members["prompt"]).strip(),
            pattern=str(members.get("pattern") or ""),
            entities=tuple(tuple(str(names).split("|")) for names in members.get("entities") or ()),
            fields=tuple(_fields(str(members.get("fields") or ""))),
            whole=bool(members.get("whole", False)),
            actions=tuple(members.get("actions") or ()),
            transactions=tuple(members.get("transactions") or ()),
            options=tuple(members.get("options") or ()),
            files=tuple(members.get("files") or ()),
            request=members.get("request"),
            accepted=str(members.get("accepted") or ""),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableCases(f"{where}: the case {members.get('id', '?')} can't be read ({error}).") from error


def find_packs(folders: Iterable[Path]) -> dict[str, Pack]:
    """Packs by name; a later folder's stands in for an earlier one's."""
    found = {}
    for parent in folders:
        for folder in sorted(path for path in parent.iterdir() if path.is_dir()) if parent.is_dir() else ():
            if (folder / "pack.yaml").is_file():
                found[folder.name] = _pack(folder, _stamp(folder))
    return found


def accepted_files(pack: Pack, case: GoldenCase) -> dict[str, str]:
    """The accepted screen's files by name, `spec.json` among them; none where the case names no folder."""
    if not case.accepted:
        return {}
    folder = (pack.folder / case.accepted).resolve()
    if not folder.is_relative_to(pack.folder.resolve()) or not folder.is_dir():
        raise UnreadableCases(f"{case.id}: there is no folder {case.accepted} in the pack.")
    files = sorted(path for path in folder.iterdir() if path.suffix in _TEXT_ENDINGS)
    return {path.name: path.read_text(encoding="utf-8-sig") for path in files}


def _fields(text: str) -> Iterable[ExpectedField]:
    for word in text.split():
        names, _, types = word.rpartition(":")
        if not names:
            raise ValueError(f"{word}: a field is written name:type")
        key = names.endswith("*")
        yield ExpectedField(tuple(names.rstrip("*").split("|")), tuple(types.split("|")) or _EVERY, key)


def _stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Changes when a file of the pack does: hashing a pack of 300 files takes tens of milliseconds."""
    stats = ((path, path.stat()) for path in sorted(folder.rglob("*")) if path.is_file())
    return tuple((str(path.relative_to(folder)), stat.st_mtime_ns, stat.st_size) for path, stat in stats)


@cache
def _pack(folder: Path, stamp: tuple[tuple[str, int, int], ...]) -> Pack:
    digest = sha256()
    for name, _, _ in stamp:
        digest.update(name.encode() + b"\0" + (folder / name).read_bytes() + b"\0")
    version = str(_yaml(folder / "pack.yaml").get("version", ""))
    return Pack(folder.name, version, digest.hexdigest()[:16], folder)


def _yaml(file: Path) -> dict[str, Any]:
    import yaml

    try:
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise UnreadableCases(f"{file.name} can't be read: {error}") from error
    if not isinstance(document, dict):
        raise UnreadableCases(f"{file.name} must hold a mapping.")
    return document
