"""Framework packs as far as retrieval reads them: knowledge, artifacts, prompt templates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chassis.logging import get_logger

from .entries import Entry
from .in_play import InPlay

_log = get_logger(__name__)
_HEAD = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n(.*)\Z", re.DOTALL)
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ArtifactRule(BaseModel):
    """A file that a screen of this framework has: once for the screen, for each popup, or for each table.

    `path` holds the placeholders `{screen_id}` and `{table}`; `with` names the kind that brings this one along.
    """

    model_config = ConfigDict(extra="ignore")

    kind: str
    path: str
    language: str = "text"
    group: str = "default"
    scope: Literal["screen", "popup", "table", "library"] = "screen"
    patterns: list[str] | None = None
    brought_by: str | None = Field(None, alias="with")


class Template(BaseModel):
    """A prompt template. `language` and `model_classes` say whom it is for; none: for all."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str
    version: str
    task: str
    framework: str | None = None
    language: str | None = None
    model_classes: list[str] | None = None
    source: str = "pack"
    body: str


@dataclass(frozen=True, slots=True)
class ExampleScreen:
    """A whole screen of a pattern: its spec as one line of JSON, and the files that it becomes, by name."""

    spec: str
    files: dict[str, str]
    pattern: str


@dataclass(frozen=True, slots=True)
class Pack:
    """What a pack's folder says; a file that can't be read is reported and left out, the rest stays."""

    framework: str
    entries: dict[str, Entry]
    artifacts: list[ArtifactRule]
    templates: list[Template]
    screens: dict[str, ExampleScreen] = field(default_factory=dict)
    """By pattern."""
    in_play: InPlay = field(default_factory=InPlay)


def read_packs(folders: Iterable[Path]) -> dict[str, Pack]:
    """Every folder below the given ones that holds knowledge, artifacts or prompts; a later one replaces an earlier."""
    packs: dict[str, Pack] = {}
    for parent in folders:
        for folder in sorted(path for path in parent.iterdir() if path.is_dir()) if parent.is_dir() else []:
            if any((folder / name).exists() for name in ("knowledge", "artifacts.yaml", "prompts")):
                packs[folder.name] = read_pack(folder)
    return packs


def read_pack(folder: Path) -> Pack:
    entries: dict[str, Entry] = {}
    for file in sorted((folder / "knowledge").glob("*.yaml")):
        for entry in _entries(file):
            if entry.id in entries:
                _log.warning("knowledge_entry_twice", file=file.name, entry=entry.id)
            entries[entry.id] = entry
    screens = _screens(folder / "knowledge" / "screens")
    for entry in entries.values():
        if entry.screen in screens:
            entry.code = screens[entry.screen].spec
    templates = [template for file in sorted((folder / "prompts").glob("*.md")) for template in _template(file)]
    in_play = _in_play(folder / "in_play.yaml")
    return Pack(folder.name, entries, _artifacts(folder / "artifacts.yaml"), templates, screens, in_play)


def parse_template(content: str, **defaults: Any) -> Template:
    """A template from Markdown with a YAML head; `defaults` holds what the head leaves out.

    Raises:
        ValueError: the head is no YAML mapping, or a member is missing or wrong.
    """
    match = _HEAD.match(content)
    head: Any = _yaml(match[1]) if match else {}
    if not isinstance(head, dict):
        raise ValueError("the head of a template must be a mapping")  # noqa: TRY004 - a wrong value, not a wrong call
    return Template.model_validate({**defaults, **head, "body": match[2] if match else content})


def _entries(file: Path) -> list[Entry]:
    found: list[Entry] = []
    try:
        items = _yaml(file.read_text(encoding="utf-8"))
    except ValueError as error:
        _log.error("knowledge_file_unreadable", file=str(file), reason=str(error))
        return []
    for item in items if isinstance(items, list) else []:
        try:
            found.append(Entry.model_validate(item))
        except ValidationError as error:
            _log.error("knowledge_entry_refused", file=file.name, entry=_id_of(item), reason=str(error))
    return found


def _screens(folder: Path) -> dict[str, ExampleScreen]:
    """One folder for each pattern, with `spec.json` and the screen's files."""
    found = {}
    for file in sorted(folder.glob("*/spec.json")):
        others = sorted(path for path in file.parent.iterdir() if path.is_file() and path != file)
        files = {path.name: path.read_text(encoding="utf-8") for path in others}
        spec = file.read_text(encoding="utf-8").strip()
        found[file.parent.name] = ExampleScreen(spec, files, file.parent.name)
    return found


def _in_play(file: Path) -> InPlay:
    try:
        return InPlay.model_validate(_yaml(file.read_text(encoding="utf-8")) if file.is_file() else {})
    except ValueError as error:
        _log.error("in_play_unreadable", file=str(file), reason=str(error))
        return InPlay()


def _artifacts(file: Path) -> list[ArtifactRule]:
    if not file.is_file():
        return []
    try:
        document = _yaml(file.read_text(encoding="utf-8"))
        items = document.get("artifacts", []) if isinstance(document, dict) else document
        return [ArtifactRule.model_validate(item) for item in items or []]
    except ValueError as error:
        _log.error("artifacts_unreadable", file=str(file), reason=str(error))
        return []


def _template(file: Path) -> list[Template]:
    try:
        return [parse_template(file.read_text(encoding="utf-8"))]
    except ValueError as error:
        _log.error("template_unreadable", file=str(file), reason=str(error))
        return []


def _yaml(text: str) -> Any:
    try:
        return yaml.load(text, Loader=Loader)  # noqa: S506 - a safe loader, in C where the library has it
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def _id_of(item: object) -> str:
    return str(item.get("id")) if isinstance(item, dict) else "?"
