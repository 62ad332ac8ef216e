"""Puts a prompt's wishes into a composed screen, as far as the screen has a place for them."""

import re
from dataclasses import dataclass

from screenspec.spec import Column, Region

from . import parts
from .patterns import Body, Subject
from .picker import add_pickers, stem_of
from .tab_groups import TabGroup, by_group
from .wishes import Wish, Wishes

_MOST_CHOICES = 8
_LEAST_IN_TABS = 4
_SUBJECT = re.compile(r"[가-힣](?:은|는)\s*$|\b\w+\s+as\s*$|\w\($", re.IGNORECASE)
_SAY_NOTHING = frozenset({"", "기본", "상세", "추가", "기타", "basic", "basics", "more", "other"})


def apply_wishes(body: Body, subject: Subject, wishes: Wishes) -> None:
    if wishes.export:
        _export(body, subject)
    if wishes.page_size:
        _pages(body, wishes.page_size)
    if wishes.radio:
        _radios(body, subject, wishes.radio)
    if wishes.tabs:
        _Tabs(body, subject, wishes.tab_titles, wishes.tab_groups).add()
    add_pickers(body, subject, wishes.pickers)  # after the tabs: a field's button lies where the field lies


def _export(body: Body, subject: Subject) -> None:
    """An Excel button for the screen's list."""
    grid = any(region.id == "grid" for region in body.regions)
    if grid and all(action.do != "export_excel" for action in body.actions):
        position = sum(1 for action in body.actions if action.popup is None)
        body.actions.insert(position, parts.export_action(subject.words))


def _pages(body: Body, size: int) -> None:
    shown = {region.dataset for region in body.regions if region.kind == "grid" and region.popup is None}
    for index, item in enumerate(body.transactions):
        if item.id == "search" and item.popup is None and any(received.dataset in shown for received in item.receives):
            body.transactions[index] = item.model_copy(update={"page_size": size})


def _radios(body: Body, subject: Subject, wishes: tuple[Wish, ...]) -> None:
    """Radio buttons for the codes and yes-no fields that are named; where none is named, for all of them."""
    forms = {region.dataset for region in body.regions if region.kind == "form"}
    for index, dataset in enumerate(body.datasets):
        if dataset.id not in forms:
            continue
        able = [column for column in dataset.columns if _can_be_radio(column, subject)]
        named = {column.name for wish in wishes for column in mentioned(able, wish)}
        chosen = named or (set() if all(map(_names_one, wishes)) else {column.name for column in able})
        columns = [
            column.model_copy(update={"widget": "radio"}) if column.name in chosen else column
            for column in dataset.columns
        ]
        body.datasets[index] = dataset.model_copy(update={"columns": columns})


def _can_be_radio(column: Column, subject: Subject) -> bool:
    if column.key:
        return False
    group = subject.model.code_group(column.code_group) if column.code_group else None
    return column.type == "boolean" or (group is not None and 2 <= len(group.values) <= _MOST_CHOICES)


def _names_one(wish: Wish) -> bool:
    """Whether a field is named, whichever: `성별은 라디오 버튼으로`."""
    return bool(_SUBJECT.search(wish.before)) or bool(wish.after.strip())


def mentioned(columns: list[Column], wish: Wish) -> list[Column]:
    """The columns whose label, or name, stands in what is said around a wish."""
    text = f"{wish.before} {wish.after}".lower()
    return [item for item in columns if item.label.lower() in text or item.name.replace("_", " ") in text]


@dataclass(slots=True)
class _Tabs:
    """Forms are cut into tabs; a list alone gets its rows and their details in two, details come beside a master's."""

    body: Body
    subject: Subject
    titles: tuple[str, ...]
    groups: tuple[TabGroup, ...]

    def add(self) -> None:
        forms = [region for region in self.body.regions if region.kind == "form"]
        if forms:
            self._cut(forms[0])
        elif self.body.pattern == "master_detail":
            self._beside_details()
        elif self.body.pattern in {"list", "multi_save"}:
            self._rows_and_details()

    def _cut(self, form: Region) -> None:
        if len(form.fields) < _LEAST_IN_TABS:
            return
        words = self.subject.words
        titles = self.titles or (words.basic, words.more)
        labels = self._labels(form)
        pages = by_group(form, labels, self.groups) if self.groups else []
        pages = pages or _by_title(form, labels, titles[: len(form.fields)])
        cut = [
            form.model_copy(
                update={
                    "id": form.id if number == 0 else f"{form.id}_{number + 1}",
                    "label": title,
                    "tab": title,
                    "fields": fields,
                    "read_only": [name for name in form.read_only if name in fields],
                }
            )
            for number, (title, fields) in enumerate(pages)
        ]
        at = self.body.regions.index(form)
        self.body.regions[at : at + 1] = cut

    def _labels(self, form: Region) -> dict[str, str]:
        datasets = [item for item in self.body.datasets if item.id == form.dataset and item.popup == form.popup]
        return {column.name: column.label for dataset in datasets for column in dataset.columns}

    def _details(self, *, title: str) -> Region:
        """A form on the list's own rows."""
        form = parts.form_region(self.subject.main_columns(), dataset="list", label=title)
        return form.model_copy(update={"tab": title})

    def _beside_details(self) -> None:
        words = self.subject.words
        at = next(index for index, region in enumerate(self.body.regions) if region.id == "detail_grid")
        grid = self.body.regions[at]
        rows, master = self.titles[:2] or (grid.label, words.information_of.format(self.subject.main.label))
        last = bool(self.titles) and any(entity.label in master for entity in self.subject.model.entities[1:])
        rows, master = (master, rows) if last else (rows, master)
        self.body.regions[at] = grid.model_copy(update={"tab": rows, "label": rows})
        self.body.regions.insert(at if last else at + 1, self._details(title=master))

    def _rows_and_details(self) -> None:
        words = self.subject.words
        at = next(index for index, region in enumerate(self.body.regions) if region.id == "grid")
        label = self.subject.main.label
        first, second = self.titles[:2] or (words.list_of.format(label), words.detail_of.format(label))
        self.body.regions[at] = self.body.regions[at].model_copy(update={"tab": first, "label": first})
        self.body.regions.insert(at + 1, self._details(title=second))


def _by_title(form: Region, labels: dict[str, str], titles: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """The fields of each tab: those whose label shares a word with its title, the others in order."""
    pages: dict[str, list[str]] = {title: [] for title in titles}
    rest: list[str] = []
    for name in form.fields:
        title = next((item for item in titles if _alike(item, labels.get(name, ""))), None)
        (pages[title] if title else rest).append(name)
    empty = [title for title in titles if not pages[title]] or [titles[0]]
    for title, fields in zip(empty, _in_parts(rest, len(empty)), strict=True):
        pages[title] = [*fields, *pages[title]]
    if any(not fields for fields in pages.values()):
        pages = dict(zip(titles, _in_parts(form.fields, len(titles)), strict=True))
    return [(title, fields) for title, fields in pages.items() if fields]


def _in_parts(names: list[str], count: int) -> list[list[str]]:
    """So many parts of about the same size; a code and its name are not parted."""
    parts_of_names: list[list[str]] = []
    left = list(names)
    for remaining in range(count, 0, -1):
        cut = -(-len(left) // remaining)
        while 0 < cut < len(left) and stem_of(left[cut - 1]) == stem_of(left[cut]):
            cut += 1
        parts_of_names.append(left[:cut])
        left = left[cut:]
    return parts_of_names


def _alike(title: str, label: str) -> bool:
    words = [word for word in title.lower().split() if word not in {"정보", "info", "information", "details", "detail"}]
    stems = {word.removesuffix("정보") for word in words} - _SAY_NOTHING
    return any(len(stem) > 1 and stem in label.lower() for stem in stems)
