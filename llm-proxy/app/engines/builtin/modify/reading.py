"""Reads an instruction as edits, in Korean or English; says which part it does not understand."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from screenspec.data_model import DataModel
from screenspec.spec import ScreenSpec

from . import english, korean
from .clauses import Clause, cut_clauses
from .describing import describe
from .edits import AddField, Edit, NotUnderstoodError, Position
from .finding import Screen
from .terms import is_term, new_column, plain

_HANGUL = re.compile("[\uac00-\ud7af]")
_LONGEST_LABEL = 40
Reader = Callable[["Request"], Iterator[Edit]]


class Request:
    """One clause, with the screen that it is about."""

    def __init__(self, clause: Clause, screen: Screen, model: DataModel | None) -> None:
        self.clause = clause
        self.text = clause.text
        self.screen = screen
        self.entity = screen.entity_meant(clause.text)
        self.place = screen.place_meant(clause.text)
        self._model = model

    def fail(self, code: str = "clause") -> NotUnderstoodError:
        return NotUnderstoodError(code, self.clause.plain())

    def label(self, text: str) -> str:
        return re.sub(r"\s+", " ", self.clause.plain(text)).strip(" ,.'\"")

    def add_field(self, text: str, position: Position | None, members: dict[str, Any]) -> AddField:
        """A new field from what is said of it."""
        rest, own = describe(text)
        label = self.label(rest)
        label = label[:-1] if label.endswith("란") and is_term(label[:-1]) else label
        if not label or len(label) > _LONGEST_LABEL or len(label.split()) > 4:
            raise self.fail()
        found = self.screen.find(label, self.entity)
        if found is not None and plain(found.label) == plain(label) and found.entity == self.entity:
            raise NotUnderstoodError("exists", label)
        language = self.screen.spec.language
        shown = label[:1].upper() + label[1:] if label.isascii() else label
        column, codes = new_column(shown, language=language, model=self._model, members={**members, **own})
        return AddField(column, self.entity, self.place, position, codes)


def read_edits(prompt: str, spec: ScreenSpec, model: DataModel | None) -> list[Edit]:
    """Raises `NotUnderstoodError` where any part of the instruction is not clear: half an order is none."""
    in_korean = bool(_HANGUL.search(re.sub(r"[\"'“‘「『`][^\"'”’」』`]*[\"'”’」』`]", "", prompt)))
    reader: Reader = korean.read if in_korean else english.read
    wanted: list[Edit] = []
    for clause in cut_clauses(prompt, korean=in_korean):
        request = Request(clause, Screen(spec), model)
        found = list(reader(request))
        if not found:
            raise request.fail()
        wanted.extend(found)
    if not wanted:
        raise NotUnderstoodError("clause", prompt)
    return wanted
