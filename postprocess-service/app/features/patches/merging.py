"""Three-way merge of an edit into the region that it was found in.

The edit says how its own old lines (`search`) become new ones (`replace`). The file's lines are the truth: a line that
the edit does not change stays as the file has it, byte for byte. A line that it does change must be in the file as the
edit says, but for blanks; else the edit was written from something else, and is refused.
"""

from collections.abc import Sequence

from ...sources.lines import Splice
from ...sources.opcodes import line_opcodes
from .edits import EditFailure, Place
from .indentation import Indentation

Alignment = Sequence[int | None]
"""For each line of the search, its line in the file (from 0), in order; None where the file has no such line."""


def merged(
    file_lines: Sequence[str], search: Sequence[str], replace: Sequence[str], alignment: Alignment, *, exact: bool
) -> Splice:
    """The region's new lines.

    Raises:
        EditFailure: `differs`, or `indentation_unclear`.
    """
    return _Merge(file_lines, search, replace, alignment, exact=exact).run()


class _Merge:
    def __init__(
        self,
        file_lines: Sequence[str],
        search: Sequence[str],
        replace: Sequence[str],
        alignment: Alignment,
        *,
        exact: bool,
    ) -> None:
        self._file, self._search, self._replace, self._alignment = file_lines, search, replace, alignment
        self._exact = exact
        aligned = [index for index in alignment if index is not None]
        self._first, self._last = aligned[0], aligned[-1] + 1
        self._at = self._first
        self._indentation = Indentation(
            (line, file_lines[index]) for line, index in zip(search, alignment, strict=True) if index is not None
        )
        self._out: list[str | int] = []

    def run(self) -> Splice:
        keyed = (
            (list(self._search), list(self._replace))
            if self._exact
            else (_stripped(self._search), _stripped(self._replace))
        )
        for tag, i1, i2, j1, j2 in line_opcodes(*keyed):
            if tag == "equal":
                self._keep(i1, i2)
            elif i1 == i2:
                self._insert(i1, j1, j2)
            else:
                self._change(i1, i2, j1, j2)
        self._up_to(self._last)
        return Splice(self._first, self._last, tuple(self._out))

    def _keep(self, i1: int, i2: int) -> None:
        for index in self._alignment[i1:i2]:
            if index is not None:
                self._up_to(index + 1)

    def _change(self, i1: int, i2: int, j1: int, j2: int) -> None:
        indexes = self._alignment[i1:i2]
        first = indexes[0]
        if first is None or any(index != first + offset for offset, index in enumerate(indexes)):
            raise self._differs(i1)
        if j1 == j2 and not self._exact:
            self._check_around(i1, i2)
        self._up_to(first)
        self._add(j1, j2)
        self._at = first + len(indexes)

    def _check_around(self, i1: int, i2: int) -> None:
        """Lines that go must be those that are meant: of a search that is not exact, a neighbour has to stand by."""
        if i2 - i1 == len(self._search):
            return
        before = self._alignment[i1 - 1] if i1 else None
        after = self._alignment[i2] if i2 < len(self._search) else None
        if before is None and after is None:
            raise self._differs(i1)

    def _insert(self, i1: int, j1: int, j2: int) -> None:
        before = self._alignment[i1 - 1] if i1 else None
        after = self._alignment[i1] if i1 < len(self._search) else None
        if (i1 and before is None) or (i1 < len(self._search) and after is None):
            raise self._differs(max(0, i1 - 1))
        if before is not None and after is not None and any(line.strip() for line in self._file[before + 1 : after]):
            raise self._differs(i1)
        self._up_to(before + 1 if before is not None else self._first)
        self._add(j1, j2)

    def _add(self, j1: int, j2: int) -> None:
        for line in self._replace[j1:j2]:
            indented = self._indentation.of(line)
            if indented is None:
                raise EditFailure("indentation_unclear", (Place(self._at + 1, self._file[self._at]),))
            self._out.append(indented)

    def _up_to(self, index: int) -> None:
        """The file's own lines, also those that the edit does not know of."""
        self._out += range(self._at, index)
        self._at = max(self._at, index)

    def _differs(self, at: int) -> EditFailure:
        near = next((index for index in self._alignment[at:] if index is not None), self._last - 1)
        return EditFailure(
            "differs",
            tuple(
                Place(index + 1, self._file[index])
                for index in range(self._first, self._last)
                if abs(index - near) <= 5
            ),
        )


def _stripped(lines: Sequence[str]) -> list[str]:
    return [line.rstrip() for line in lines]
