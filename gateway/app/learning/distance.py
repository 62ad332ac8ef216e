"""How far the accepted code is from the code as it was emitted."""

from collections.abc import Mapping

from pydantic import BaseModel
from rapidfuzz.distance import Levenshtein

_LONGEST_BLOCK = 4_000
"""Characters of one changed block that are compared one by one; a longer one counts as rewritten."""


class EditDistance(BaseModel):
    """Between all emitted files and those accepted in their place; line ends and byte order marks don't count.

    `ratio` is characters changed by the characters of the longer side, 0 to 1.
    """

    lines: int
    characters: int
    ratio: float
    changed_files: list[str]


def edit_distance(emitted: Mapping[str, str], accepted: Mapping[str, str]) -> EditDistance:
    """A file that only one side has counts as written, or thrown away, whole."""
    lines = characters = longer = 0
    changed: list[str] = []
    for path in dict.fromkeys([*emitted, *accepted]):
        before, after = plain(emitted.get(path, "")), plain(accepted.get(path, ""))
        longer += max(len(before), len(after))
        if before == after and (path in emitted) == (path in accepted):
            continue
        changed.append(path)
        of_lines, of_characters = _between(before, after)
        lines, characters = lines + of_lines, characters + of_characters
    ratio = round(min(1.0, characters / longer), 4) if longer else 0.0
    return EditDistance(lines=lines, characters=characters, ratio=ratio, changed_files=changed)


def plain(content: str) -> str:
    """Without what editors change by themselves."""
    return content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def _between(before: str, after: str) -> tuple[int, int]:
    """Lines by Levenshtein's distance, and within the changed blocks characters."""
    old, new = before.split("\n") if before else [], after.split("\n") if after else []
    lines = characters = 0
    for block in Levenshtein.opcodes(old, new):
        if block.tag == "equal":
            continue
        gone = "\n".join(old[block.src_start : block.src_end])
        come = "\n".join(new[block.dest_start : block.dest_end])
        lines += max(block.src_end - block.src_start, block.dest_end - block.dest_start)
        characters += _characters(gone, come)
    return lines, characters


def _characters(gone: str, come: str) -> int:
    if max(len(gone), len(come)) > _LONGEST_BLOCK:
        return max(len(gone), len(come))
    return int(Levenshtein.distance(gone, come))
