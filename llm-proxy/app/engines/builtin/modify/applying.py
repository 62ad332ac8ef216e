"""Applies edits of fields to a spec: only what was asked for changes, and what can't stand without it."""

from collections.abc import Callable, Iterator

from screenspec.data_model import CodeGroup
from screenspec.spec import Column, Dataset, Region, ScreenSpec

from . import edits
from .applying_actions import ActionEdits
from .edits import NotUnderstoodError, Place, Position

_SHOWN_ROLES = frozenset({"list", "detail"})
_RANGED = frozenset({"date", "datetime"})
_LONGEST_RANGED = 57
_CONDITION_LENGTH = 100
_SIZED = frozenset({"string", "text", "code", "integer", "decimal"})


def apply_edits(spec: ScreenSpec, wanted: list[edits.Edit]) -> ScreenSpec:
    """A new spec. Raises `NotUnderstoodError` where an edit can't be made."""
    changed = spec.model_copy(deep=True)
    fields, actions = FieldEdits(changed), ActionEdits(changed)
    handlers: dict[type, Callable[..., None]] = {
        edits.AddField: fields.add, edits.RemoveField: fields.remove, edits.ChangeField: fields.change,
        edits.MoveField: fields.move, edits.SwapFields: fields.swap, edits.AddCondition: fields.add_condition,
        edits.RemoveCondition: fields.remove_condition, edits.SetEditable: fields.set_editable,
        edits.AddButton: actions.add, edits.RemoveButton: actions.remove, edits.RenameButton: actions.rename,
    }  # fmt: skip
    for edit in wanted:
        if isinstance(edit, edits.SetTitle):
            changed.title = edit.title
        else:
            handlers[type(edit)](edit)
    return changed


class FieldEdits:
    """Edits of columns: in datasets, in the regions that show them, in what refers to them."""

    def __init__(self, spec: ScreenSpec) -> None:
        self._spec = spec

    def add(self, edit: edits.AddField) -> None:
        column = edit.column
        if any(column.name in _names(item) for item in self._datasets(edit.entity)):
            raise NotUnderstoodError("exists", column.label)
        if edit.codes is not None and self._spec.code_dataset(edit.codes.id) is None:
            self._add_codes(edit.codes)
        for dataset in self._datasets(edit.entity):
            dataset.columns.append(column.model_copy())
            _place(_NameList(dataset), column.name, edit.position)
        for region in self._regions(edit.entity, edit.place):
            if edit.place == "all" and column.type == "text" and self._has_form_instead(region, edit.entity):
                continue
            region.shown.append(column.name)
            _place(region.shown, column.name, edit.position)

    def _has_form_instead(self, region: Region, entity: str | None) -> bool:
        """Long text has no place in a grid that is for reading, where there is a form for it."""
        return region.kind == "grid" and not region.editable and bool(self._regions(entity, "form"))

    def _add_codes(self, group: CodeGroup) -> None:
        dataset_id = group.id.lower()
        taken = {item.id for item in self._spec.datasets}
        served = dataset_id in taken
        self._spec.datasets.append(
            Dataset(
                id=f"{dataset_id}_codes" if served else dataset_id,
                role="code",
                label=group.label,
                code_group=group.id if served else None,
                rows=list(group.values),
            )
        )

    def remove(self, edit: edits.RemoveField) -> None:
        if edit.place != "all":
            shown = [item for item in self._regions(edit.entity, edit.place) if edit.name in item.shown]
            if not shown:
                raise NotUnderstoodError("not_shown", edit.name)
            for region in shown:
                _hide(region, edit.name)
            return
        datasets = self._datasets(edit.entity)
        if any(column.key for item in datasets for column in item.columns if column.name == edit.name):
            raise NotUnderstoodError("is_key", self._column(edit.name, edit.entity).label)
        group = self._column(edit.name, edit.entity).code_group
        for region in self._regions(edit.entity, "all"):
            _hide(region, edit.name)
        for dataset in datasets:
            dataset.columns = [column for column in dataset.columns if column.name != edit.name]
        if not any(edit.name in _names(item) for item in self._spec.datasets if item.role in _SHOWN_ROLES):
            self._drop_condition(edit.name)
        gone = {item.id for item in datasets}
        self._spec.rules = [
            rule for rule in self._spec.rules if not (rule.dataset in gone and edit.name in rule.columns)
        ]
        self._drop_codes(group)

    def _drop_codes(self, group: str | None) -> None:
        """Codes that no column shows any more."""
        used = {column.code_group for item in self._spec.datasets for column in item.columns}
        if group is not None and group not in used:
            gone = self._spec.code_dataset(group)
            self._spec.datasets = [item for item in self._spec.datasets if item is not gone]

    def change(self, edit: edits.ChangeField) -> None:
        old = self._column(edit.name, edit.entity).label
        for dataset in self._datasets(edit.entity):
            for column in dataset.columns:
                if column.name == edit.name:
                    _change(column, edit)
        if edit.label is not None:
            self._relabel(edit, old)

    def _relabel(self, edit: edits.ChangeField, old: str) -> None:
        """The same words where the column is asked for, and in messages about it."""
        names = {edit.name, f"{edit.name}_from", f"{edit.name}_to"}
        for dataset in self._spec.datasets:
            for column in dataset.columns:
                if dataset.role in {"search", "lookup"} and column.name in names and column.label == old:
                    column.label = str(edit.label)
        for rule in self._spec.rules:
            if edit.name in rule.columns:
                rule.message = rule.message.replace(old, str(edit.label))

    def move(self, edit: edits.MoveField) -> None:
        moved = False
        for region in self._regions(edit.entity, edit.place):
            anchor = edit.position.before or edit.position.after
            if edit.name in region.shown and (anchor is None or anchor in region.shown):
                _place(region.shown, edit.name, edit.position)
                moved = True
        if not moved:
            raise NotUnderstoodError("not_shown", edit.name)

    def swap(self, edit: edits.SwapFields) -> None:
        for region in self._regions(edit.entity, "all"):
            shown = region.shown
            if edit.first in shown and edit.second in shown:
                first, second = shown.index(edit.first), shown.index(edit.second)
                shown[first], shown[second] = edit.second, edit.first

    def add_condition(self, edit: edits.AddCondition) -> None:
        column = self._column(edit.name, edit.entity)
        search = next((item for item in self._spec.datasets if item.role == "search" and item.popup is None), None)
        region = next((item for item in self._spec.regions if search and item.dataset == search.id), None)
        if search is None or region is None:
            raise NotUnderstoodError("no_conditions", column.label)
        plain = column.model_copy(update={"required": False, "key": False, "default": None})
        if column.type == "text":
            size = min(column.length or _CONDITION_LENGTH, _CONDITION_LENGTH)
            plain = plain.model_copy(update={"type": "string", "length": size})
        ranged = column.type in _RANGED and len(column.name) <= _LONGEST_RANGED
        names = [f"{column.name}_from", f"{column.name}_to"] if ranged else [column.name]
        if set(names) & _names(search):
            raise NotUnderstoodError("exists", column.label)
        search.columns += [plain.model_copy(update={"name": name}) for name in names]
        region.fields += names

    def remove_condition(self, edit: edits.RemoveCondition) -> None:
        if not self._drop_condition(edit.name):
            raise NotUnderstoodError("no_condition", edit.name)

    def _drop_condition(self, name: str) -> bool:
        names = {name, f"{name}_from", f"{name}_to"}
        dropped = False
        for search in [item for item in self._spec.datasets if item.role == "search"]:
            if not names & _names(search):
                continue
            dropped = True
            search.columns = [column for column in search.columns if column.name not in names]
            for region in [item for item in self._spec.regions if item.dataset == search.id]:
                region.fields = [item for item in region.fields if item not in names]
            if not search.columns:
                self._drop_search(search)
        return dropped

    def _drop_search(self, search: Dataset) -> None:
        """Without a condition there is nothing to ask by."""
        spec = self._spec
        gone = {item.id for item in spec.regions if item.dataset == search.id}
        spec.datasets = [item for item in spec.datasets if item is not search]
        spec.regions = [item for item in spec.regions if item.dataset != search.id]
        spec.actions = [item for item in spec.actions if item.region not in gone]
        for transaction in spec.transactions:
            transaction.sends = [item for item in transaction.sends if item.dataset != search.id]

    def set_editable(self, edit: edits.SetEditable) -> None:
        if edit.name is None:
            for region in self._regions(edit.entity, "grid"):
                region.editable = edit.editable
            return
        for region in self._regions(edit.entity, "all"):
            if edit.name in region.shown:
                kept = [item for item in region.read_only if item != edit.name]
                region.read_only = kept if edit.editable else [*kept, edit.name]

    def _datasets(self, entity: str | None) -> list[Dataset]:
        return [item for item in self._spec.datasets if item.role in _SHOWN_ROLES and item.entity == entity]

    def _regions(self, entity: str | None, place: Place) -> list[Region]:
        shown = {(item.id, item.popup) for item in self._datasets(entity)}
        return [
            item
            for item in self._spec.regions
            if (item.dataset, item.popup) in shown and item.kind != "conditions" and place in {"all", item.kind}
        ]

    def _column(self, name: str, entity: str | None) -> Column:
        columns = (column for item in self._datasets(entity) for column in item.columns)
        found = next((column for column in columns if column.name == name), None)
        if found is None:
            raise NotUnderstoodError("no_column", name)
        return found


class _NameList:
    """A dataset's columns as the names that `_place` moves."""

    def __init__(self, dataset: Dataset) -> None:
        self._columns = dataset.columns

    def __iter__(self) -> Iterator[str]:
        return (column.name for column in self._columns)

    def move(self, name: str, index: int) -> None:
        column = next(item for item in self._columns if item.name == name)
        self._columns.remove(column)
        self._columns.insert(index, column)


def _names(dataset: Dataset) -> set[str]:
    return {column.name for column in dataset.columns}


def _hide(region: Region, name: str) -> None:
    for names in (region.fields, region.columns, region.read_only):
        if name in names:
            names.remove(name)


def _change(column: Column, edit: edits.ChangeField) -> None:
    if edit.label is not None:
        column.label = edit.label
    if edit.required is not None:
        column.required = edit.required
    if edit.length is not None:
        if column.type not in _SIZED:
            raise NotUnderstoodError("no_length", column.label)
        column.length = edit.length


def _place(names: "list[str] | _NameList", name: str, position: Position | None) -> None:
    """Moves a name that is in the list to its place."""
    if position is None:
        return
    others = [item for item in names if item != name]
    anchor = position.before or position.after
    if anchor is not None:
        if anchor not in others:
            return
        index = others.index(anchor) + (1 if position.after else 0)
    else:
        number = position.number or -1
        index = len(others) if number < 0 else min(number - 1, len(others))
    if isinstance(names, _NameList):
        names.move(name, index)
    else:
        names.remove(name)
        names.insert(index, name)
