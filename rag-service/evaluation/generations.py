"""Prompts for screens with graded relevance: what each class of models gets to see of what its screen needs.

`generations.tsv` holds prompts as users write them, from intent-service's labelled ones: half, language, pattern, types
of the stated fields, prompt. Held out is what another author wrote there for scoring alone, and a draw of the rest.
The search is asked as the gateway asks, with the screen that the intent gave. Grades follow from pattern and types.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.hits import Hit
from app.core.in_play import ScreenInPlay
from app.core.settings import RetrievalLimits

from .metrics import mean, score
from .queries import Query

FILE = Path(__file__).parent / "generations.tsv"
_PATTERN_NEEDS = {
    "list": "pattern.search_flow:2 tran.requestsubmit:2 screen.on_load:1 field.enter_search:1 grid.element:1 "
    "tran.map:1",
    "multi_save": "tran.save_script:2 tran.save:2 grid.additem:2 grid.deletecheckedrow:2 grid.mandatory_check:1 "
    "pattern.crud:1 grid.checkrow:1 dataset.changed_count:1",
    "form": "tran.save_script:2 field.required:2 pattern.detail_by_key:1 field.validation:1 field.max_length:1",
    "list_popup": "popup.parent:2 popup.form:2 screen.on_popupdestroy:1 popup.extradata:1 grid.on_itemdblclick:1",
    "list_detail": "grid.select_to_fields:2 tran.save_script:2 pattern.detail_by_key:1 grid.on_itemclick:1",
    "master_detail": "grid.on_itemselchange:2 tran.save_script:1 pattern.detail_by_key:1 grid.on_itemclick:1",
    "popup_picker": "popup.picker:2 popup.close:2 grid.on_itemdblclick:1 screen.on_popupdestroy:1",
}
_FORMS = {"form", "list_detail"}
_TYPE_NEEDS = {
    "code": (
        "field.picklist:2 grid.combo_cell:2 dataset.code:1 field.combobox:1",
        "field.picklist:2 field.combobox:2 dataset.code:1",
    ),
    "date": ("grid.calendar_cell:2 field.date:2 field.date_range:1", "field.date:2 field.calendar_api:1"),
    "datetime": ("grid.calendar_cell:2 field.date:1", "field.date:2"),
    "integer": ("grid.pattern:2 field.numeric:1", "field.numeric:2"),
    "decimal": ("grid.pattern:2 field.numeric:1", "field.numeric:2"),
    "text": ("field.multiline:1", "field.multiline:2"),
    "boolean": ("grid.check_cell:2 field.checkbox:1", "field.checkbox:2"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Generation:
    query: Query
    screen: ScreenInPlay

    @property
    def pattern(self) -> str:
        return f"pattern.{self.screen.pattern}"

    @property
    def example(self) -> str:
        return f"example.{self.screen.pattern}"

    @property
    def components(self) -> set[str]:
        return self.query.relevant - {self.pattern, self.example}


def read_generations() -> list[Generation]:
    found = []
    with FILE.open(encoding="utf-8", newline="") as file:
        for half, language, pattern, types, prompt in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            screen = ScreenInPlay(pattern=pattern, types=() if types == "-" else tuple(types.split(",")))
            text = prompt.replace("\\n", "\n")
            found.append(Generation(Query(language, text, _grades(screen), half == "held-out"), screen))
    return found


def _grades(screen: ScreenInPlay) -> dict[str, int]:
    needs = [
        _PATTERN_NEEDS[screen.pattern or ""],
        *(_TYPE_NEEDS[name][screen.pattern in _FORMS] for name in screen.types),
    ]
    grades = {f"pattern.{screen.pattern}": 3, f"example.{screen.pattern}": 3}
    for item in " ".join(needs).split():
        entry, _, grade = item.partition(":")
        grades[entry] = max(int(grade), grades.get(entry, 0))
    return grades


def quality(results: Sequence[tuple[Generation, Sequence[Hit]]], name: str) -> tuple[str, float, float]:
    """A line, and Recall@5 and nDCG@10 of it."""
    found = mean([score([hit.id for hit in hits], item.query.grades, item.query.relevant) for item, hits in results])
    line = f"{name}: {len(results)} prompts, Recall@5 {found.recall:.3f}, MRR {found.mrr:.3f}, nDCG@10 {found.ndcg:.3f}"
    return line, found.recall, found.ndcg


def shown(results: Sequence[tuple[Generation, Sequence[Hit]]], name: str, limits: RetrievalLimits) -> str:
    """What a class of models sees: pattern, example, a component in play at all, share of those needed, precision."""
    kept = [(item, {hit.id for hit in hits[: limits.limit] if hit.score >= limits.threshold}) for item, hits in results]
    count = len(kept)
    total = sum(len(ids) for _, ids in kept)
    pattern = sum(item.pattern in ids for item, ids in kept) / count
    example = sum(item.example in ids for item, ids in kept) / count
    some = sum(bool(item.components & ids) for item, ids in kept) / count
    needed = sum(len(item.components & ids) for item, ids in kept) / sum(len(item.components) for item, _ in kept)
    good = sum(len(ids & set(item.query.grades)) for item, ids in kept) / max(1, total)
    return (
        f"{name} ({limits.threshold}, {limits.limit}): pattern {pattern:.3f}, example {example:.3f}, "
        f"a component {some:.3f}, of the components needed {needed:.3f}, hits {total / count:.1f}, precision {good:.3f}"
    )
