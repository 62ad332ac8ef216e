"""What an engine is shown of a plan's files, and the form in which it writes its edits."""

import re
from collections.abc import Sequence
from typing import Literal

from ...core.clients.llm import Engine
from ...core.clients.postprocess import PlannedSnippet
from ...db.patch_tables import PlanRow

EditFormat = Literal["search_replace", "whole"]
_SMALL = "small"
_CHARACTERS_PER_TOKEN = 3
_ROOM_FOR_CHANGES = 1.2
_WHOLE_TO_BUILTIN = 200_000
"""Characters that the built-in engine is shown: all of every file, for it changes every place or none."""
_LINE_END = re.compile(r"\r\n?")


def whole_files(plan: PlanRow) -> list[PlannedSnippet]:
    """All of every file as one snippet; none where that is too much."""
    if sum(len(file["content"]) for file in plan.files) > _WHOLE_TO_BUILTIN:
        return []
    languages = {file["path"]: file["language"] for file in plan.plan["files"]}
    texts = {
        file["path"]: _LINE_END.sub("\n", file["content"].removeprefix("\ufeff")).removesuffix("\n")
        for file in plan.files
    }
    return [
        PlannedSnippet(path=path, language=languages[path], first_line=1, last_line=text.count("\n") + 1, text=text)
        for path, text in texts.items()
    ]


def form_of(
    shown: Sequence[PlannedSnippet], engine: Engine | None, *, tokens: int, wanted: EditFormat | None = None
) -> EditFormat:
    """Small models write whole what they were shown, where that fits into their answer; the diff is ours.

    `wanted` is what the model's profile says.
    """
    needed = sum(len(item.text) for item in shown) / _CHARACTERS_PER_TOKEN * _ROOM_FOR_CHANGES
    small = engine is not None and engine.model_class == _SMALL
    return "whole" if (wanted == "whole" or (small and wanted is None)) and needed <= tokens else "search_replace"


def one_of_each_file(shown: Sequence[PlannedSnippet]) -> list[PlannedSnippet]:
    """The first snippet of each file: of two, nobody could say which one a rewritten text is."""
    first: dict[str, PlannedSnippet] = {}
    for item in shown:
        first.setdefault(item.path, item)
    return list(first.values())
