"""Runs repairs by what each pack knows of wrong forms, read once."""

from ..checks.files import SourceFile
from ..packs.model import Pack
from ..packs.repairs import Repairs, read_repairs
from .screens import RepairedFile, repair_files


class RepairRunner:
    """Keeps the packs' tables of wrong forms."""

    def __init__(self) -> None:
        self._known: dict[str, Repairs | None] = {}

    def run(self, files: list[SourceFile], pack: Pack, language: str, *, strict: bool) -> list[RepairedFile]:
        """The files, mended; as they are where the pack has no tables. Raises `InvalidPackError`."""
        if pack.name not in self._known:
            self._known[pack.name] = read_repairs(pack.folder)
        repairs = self._known[pack.name]
        if repairs is None:
            return [RepairedFile(file.path, file.language, file.content) for file in files]
        return repair_files(files, pack, repairs, language, strict=strict)
