"""Files that are uploaded: single ones, and what a zip archive holds, within limits."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from .entry_files import LISTS, MARKDOWN, Fault

MAX_FILES = 1_000
MAX_FILE_BYTES = 512 * 1024
MAX_UNPACKED_BYTES = 32 * 1024 * 1024
_FOLDER = "knowledge"
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1


@dataclass(frozen=True, slots=True)
class Upload:
    """A file: its content, or why it can't be taken."""

    name: str
    content: bytes = b""
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Unpacked:
    files: Sequence[Upload]
    ignored: Sequence[str]
    """Files of an archive that are no knowledge: a pack's templates, pictures."""


def unpack(uploads: Iterable[Upload]) -> Unpacked:
    """All files, those in archives by their path there."""
    files: list[Upload] = []
    ignored: list[str] = []
    for upload in uploads:
        if zipfile.is_zipfile(BytesIO(upload.content)):
            taken, left = _archived(upload)
            files += taken
            ignored += left
        elif not upload.name.lower().endswith((*MARKDOWN, *LISTS)):
            files.append(
                _refused(upload.name, "kind", "Only Markdown (.md), a pack's YAML and zip archives are taken.")
            )
        elif len(upload.content) > MAX_FILE_BYTES:
            files.append(_too_large(upload.name))
        else:
            files.append(upload)
    return Unpacked(files, ignored)


def _archived(upload: Upload) -> tuple[list[Upload], list[str]]:
    try:
        with zipfile.ZipFile(BytesIO(upload.content)) as archive:
            members = [(_name_of(member), member) for member in archive.infolist() if not member.is_dir()]
            members = [(name, member) for name, member in members if not _hidden(name)]
            in_folder = any(_FOLDER in PurePosixPath(name).parts[:-1] for name, _ in members)
            wanted = [item for item in members if _is_knowledge(item[0], in_folder=in_folder)]
            if len(wanted) > MAX_FILES:
                return [_refused(upload.name, "too_many", f"The archive holds more than {MAX_FILES} files.")], []
            ignored = [name for name, _ in members if not _is_knowledge(name, in_folder=in_folder)]
            files = list(_read(archive, wanted))
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        return [_refused(upload.name, "archive", f"The archive can't be read: {error}")], []
    if not files:
        return [_refused(upload.name, "archive", "The archive holds no Markdown file.")], ignored
    return files, ignored


def _read(archive: zipfile.ZipFile, wanted: Sequence[tuple[str, zipfile.ZipInfo]]) -> Iterator[Upload]:
    left = MAX_UNPACKED_BYTES
    for name, member in wanted:
        if member.flag_bits & _ENCRYPTED:
            yield _refused(name, "encrypted", "The file is encrypted.")
            continue
        with archive.open(member) as file:
            content = file.read(min(MAX_FILE_BYTES, left) + 1)  # a header may lie about the size
        left -= len(content)
        if len(content) > MAX_FILE_BYTES or left < 0:
            yield _too_large(name)
        else:
            yield Upload(name, content)


def _is_knowledge(name: str, *, in_folder: bool) -> bool:
    """Of a pack's archive the files of `knowledge/`, of any other all Markdown files and lists."""
    path = PurePosixPath(name)
    return name.lower().endswith((*MARKDOWN, *LISTS)) and (not in_folder or path.parent.name == _FOLDER)


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _name_of(member: zipfile.ZipInfo) -> str:
    """Archives of Korean Windows name files in CP949 without saying so."""
    name = member.filename
    if not member.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "cp949"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    return name


def _too_large(name: str) -> Upload:
    return _refused(name, "too_large", f"The file is larger than {MAX_FILE_BYTES // 1024} KiB.")


def _refused(name: str, code: str, message: str) -> Upload:
    return Upload(name, fault=Fault(code, message))
