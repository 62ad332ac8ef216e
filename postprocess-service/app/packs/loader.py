"""Finds, validates and keeps framework packs; a pack that is not right is said so, file by file."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from .model import (
    Api,
    ArtifactRules,
    CheckRules,
    Components,
    NamingRules,
    Pack,
    PackManifest,
    Theme,
    template_folders,
)

T = TypeVar("T")
MANIFEST = "pack.yaml"
_NEEDED_MESSAGES = frozenset({"all", "yes", "no"})
"""What choice lists say whatever the templates are."""


class UnknownPackError(LookupError):
    """No pack has that name."""


class InvalidPackError(ValueError):
    """A file of the pack can't be read, or says something that it can't say."""


class PackLoader:
    """Packs by name, from several folders of packs; each is read once."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self._packs: dict[str, Pack] = {}

    def names(self) -> list[str]:
        """Names of the packs that there are, whether right or not."""
        return sorted({path.parent.name for folder in self._folders for path in folder.glob(f"*/{MANIFEST}")})

    def load(self, name: str) -> Pack:
        """The pack of that name. Raises `UnknownPackError` or `InvalidPackError`."""
        if name not in self._packs:
            self._packs[name] = read_pack(self._folder(name))
        return self._packs[name]

    def _folder(self, name: str) -> Path:
        if name not in self.names():  # no path is ever made from a name that was sent in
            raise UnknownPackError(name)
        return next(folder / name for folder in self._folders if (folder / name / MANIFEST).is_file())


def read_pack(folder: Path) -> Pack:
    """Reads and validates all files of a pack."""
    manifest = _read(folder, MANIFEST, PackManifest.model_validate)
    if manifest.name != folder.name:
        raise InvalidPackError(f"{folder.name}/{MANIFEST}: name is '{manifest.name}', the folder's is '{folder.name}'")
    pack = Pack(
        folder=folder,
        manifest=manifest,
        artifacts=tuple(_read(folder, "artifacts.yaml", ArtifactRules.model_validate).artifacts),
        naming=_read(folder, "naming.yaml", NamingRules.model_validate),
        components=_read(folder, "components.yaml", Components.model_validate, optional=True),
        api=_read(folder, "api.yaml", Api.model_validate, optional=True),
        theme=_read(folder, "theme.yaml", Theme.model_validate, optional=True),
        messages=_read(folder, "messages.yaml", TypeAdapter(dict[str, dict[str, str]]).validate_python),
        checks=_read(folder, "checks.yaml", CheckRules.model_validate, optional=True),
    )
    _check_files(pack)
    return pack


def _read(folder: Path, file_name: str, validate: Callable[[object], T], *, optional: bool = False) -> T:
    path = folder / file_name
    if optional and not path.is_file():
        return validate({})
    try:
        return validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InvalidPackError(f"{folder.name}/{file_name}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidPackError(f"{folder.name}/{file_name}: {where}: {first['msg']}") from error


def _check_files(pack: Pack) -> None:
    for rule in pack.artifacts:
        if not any((folder / rule.template).is_file() for folder in template_folders(pack)):
            raise InvalidPackError(f"{pack.name}/artifacts.yaml: there is no template '{rule.template}'")
    if pack.manifest.default_language not in pack.messages:
        raise InvalidPackError(f"{pack.name}/messages.yaml: no messages in '{pack.manifest.default_language}'")
    for language, texts in pack.messages.items():
        if lacking := sorted(_NEEDED_MESSAGES - set(texts)):
            raise InvalidPackError(f"{pack.name}/messages.yaml: '{language}' lacks {', '.join(lacking)}")
    try:
        pack.theme.layout_metrics()
    except TypeError as error:
        raise InvalidPackError(f"{pack.name}/theme.yaml: metrics: {error}") from error
