"""A batch's files as one zip: a folder for each row, and `summary.csv`."""

import asyncio
import csv
import io
import re
import zipfile
from collections.abc import AsyncIterator, Iterator
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO

from ...db.tables import GenerationRow
from .service import line_of

IN_MEMORY = 8 * 1024 * 1024
_CHUNK = 64 * 1024
_COLUMNS = ("row", "prompt", "status", "folder", "files", "engine", "degraded", "duration_ms", "problem")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def pack(rows: AsyncIterator[GenerationRow]) -> IO[bytes]:
    """The archive, at its beginning; large ones lie in a temporary file that goes when it is closed."""
    packed: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    summary = io.StringIO(newline="")
    table = csv.writer(summary)
    table.writerow(_COLUMNS)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        async for row in rows:
            folder = _folder(row)
            await asyncio.to_thread(_add, archive, row, folder)
            table.writerow([_cell(value) for value in _summary(row, folder)])
        archive.writestr("summary.csv", summary.getvalue().encode("utf-8-sig"))
    packed.seek(0)
    return packed


def chunks(packed: IO[bytes]) -> Iterator[bytes]:
    with packed:
        while chunk := packed.read(_CHUNK):
            yield chunk


def _add(archive: zipfile.ZipFile, row: GenerationRow, folder: str) -> None:
    for artifact in row.artifacts or ():
        path = PurePosixPath(artifact["path"])
        if not path.is_absolute() and ".." not in path.parts and "\\" not in artifact["path"]:
            archive.writestr(f"{folder}/{path}", artifact["content"].encode())


def _folder(row: GenerationRow) -> str:
    name = str((row.spec or {}).get("screen_id") or row.kind or row.status)
    return f"{row.batch_row or 0:04d}-{re.sub(r'[^0-9A-Za-z가-힣_-]', '_', name)[:60]}"


def _summary(row: GenerationRow, folder: str) -> list[object]:
    line = line_of(row)
    problem = (line.problem or {}).get("detail", "")
    return [
        line.row, line.prompt, line.status, folder if line.artifacts else "", ";".join(line.artifacts),
        line.engine or "", line.degraded, line.duration_ms or "", problem,
    ]  # fmt: skip


def _cell(value: object) -> str:
    """A spreadsheet must not take a prompt for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
