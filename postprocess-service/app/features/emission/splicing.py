"""An engine's second answer into the files: its code blocks in the places of the parts that it was asked for."""

import re
from collections.abc import Sequence

from ...checks.files import SourceFile
from .failing import FailingPart

_FENCED = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n(.*?)^[ \t]*\1[ \t]*$", re.MULTILINE | re.DOTALL)
_REASONING = "</think>"


def blocks_in(answer: str, wanted: int) -> list[str] | None:
    """The code blocks of an answer, one for each part; a single part may stand bare. None where they don't fit."""
    text = answer.rsplit(_REASONING, maxsplit=1)[-1].replace("\r\n", "\n")
    blocks = [match[2].rstrip("\n") for match in _FENCED.finditer(text)]
    if not blocks and wanted == 1 and text.strip() and "```" not in text:
        blocks = [text.strip("\n")]
    return blocks if len(blocks) == wanted and all(block.strip() for block in blocks) else None


def spliced(files: Sequence[SourceFile], parts: Sequence[FailingPart], blocks: Sequence[str]) -> list[SourceFile]:
    """The files with the blocks in place of the parts, in each file's own line ends."""
    replaced: list[SourceFile] = []
    for file in files:
        lines = file.content.split("\n")
        own = [(part, block) for part, block in zip(parts, blocks, strict=True) if part.path == file.path]
        for part, block in sorted(own, key=lambda pair: -pair[0].first_line):
            end = "\r" if "\r\n" in file.content else ""
            new = [line + end for line in block.split("\n")]
            if part.last_line >= len(lines):  # the end of a file stays as it is
                new = [*new, ""] if not lines[-1] else [*new[:-1], new[-1].removesuffix(end)]
            if part.first_line == 1 and file.content.startswith("\ufeff"):
                new[0] = "\ufeff" + new[0].removeprefix("\ufeff")
            lines[part.first_line - 1 : part.last_line] = new
        replaced.append(SourceFile(file.path, file.language, "\n".join(lines)))
    return replaced
