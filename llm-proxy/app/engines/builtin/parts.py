"""The parts that several screen patterns share: datasets, transactions, regions and actions."""

from collections.abc import Iterable, Sequence

from screenspec.data_model import DataModel
from screenspec.spec import Action, Column, Dataset, Receive, Region, Send, Transaction

from .columns import EntityColumns
from .words import Words


def search_dataset(columns: list[Column], words: Words) -> Dataset:
    return Dataset(id="search", role="search", label=words.conditions, columns=columns)


def list_dataset(source: EntityColumns, words: Words) -> Dataset:
    label = words.list_of.format(source.entity.label)
    return Dataset(id="list", role="list", label=label, entity=source.entity.name, columns=source.columns)


def detail_dataset(source: EntityColumns, words: Words, *, popup: str | None = None) -> Dataset:
    label = words.detail_of.format(source.entity.label)
    return Dataset(
        id="detail", role="detail", label=label, entity=source.entity.name, columns=source.columns, popup=popup
    )


def key_dataset(columns: list[Column], *, popup: str | None = None) -> Dataset:
    return Dataset(id="key", role="lookup", columns=columns, popup=popup)


def code_datasets(datasets: Sequence[Dataset], model: DataModel) -> list[Dataset]:
    """One for each group that a column shows, in the order of the columns."""
    groups = [column.code_group for dataset in datasets for column in dataset.columns if column.code_group]
    taken = {dataset.id for dataset in datasets}
    result = []
    for group_id in dict.fromkeys(groups):
        group = model.code_group(group_id)
        if group is None:
            continue
        plain = group_id.lower()
        dataset_id = f"{plain}_codes" if plain in taken else plain
        result.append(
            Dataset(
                id=dataset_id,
                role="code",
                label=group.label,
                code_group=None if dataset_id == plain else group_id,
                rows=group.values,
            )
        )
    return result


def search_transaction(path: str, words: Words, *, receives: str = "list") -> Transaction:
    return Transaction(
        id="search",
        label=words.search,
        path=f"{path}/select.do",
        sends=[Send(dataset="search", rows="all")],
        receives=[Receive(dataset=receives, mode="replace")],
    )


def detail_transaction(path: str, words: Words, *, popup: str | None = None) -> Transaction:
    return Transaction(
        id="detail",
        label=words.detail,
        path=f"{path}/detail.do",
        sends=[Send(dataset="key", rows="all")],
        receives=[Receive(dataset="detail", mode="replace")],
        popup=popup,
    )


def save_transaction(path: str, words: Words, *, dataset: str, popup: str | None = None) -> Transaction:
    return Transaction(
        id="save",
        label=words.save,
        path=f"{path}/save.do",
        sends=[Send(dataset=dataset, rows="changed")],
        popup=popup,
    )


def conditions_region(columns: Iterable[Column]) -> Region:
    return Region(id="conditions", kind="conditions", dataset="search", fields=[column.name for column in columns])


def grid_region(
    source: EntityColumns, words: Words, *, editable: bool = False, checkable: bool = False, alone: bool = False
) -> Region:
    """`alone`: no form shows the entity beside it."""
    shown = source.in_grid(editable=editable, alone=alone)
    return Region(
        id="grid",
        kind="grid",
        dataset="list",
        label=words.list_of.format(source.entity.label),
        columns=shown,
        read_only=source.read_only(shown) if editable else [],
        editable=editable,
        checkable=checkable,
    )


def form_region(source: EntityColumns, *, dataset: str, label: str, popup: str | None = None) -> Region:
    return Region(
        id="form",
        kind="form",
        dataset=dataset,
        label=label,
        fields=source.names,
        read_only=source.read_only(source.names),
        popup=popup,
    )


def search_action(words: Words, *, load: bool = True, popups: bool = False) -> Action:
    return Action(
        id="search",
        label=words.search,
        on=["button", "enter", *(["load"] if load else []), *(["popup_closed"] if popups else [])],
        do="submit",
        transaction="search",
    )


def add_action(words: Words, *, region: str = "grid") -> Action:
    return Action(id="add", label=words.add, on=["button"], do="add_row", region=region)


def delete_action(words: Words, *, region: str = "grid") -> Action:
    return Action(id="delete", label=words.delete, on=["button"], do="delete_checked", region=region)


def save_action(words: Words, *, then: str = "search", popup: str | None = None) -> Action:
    return Action(
        id="save",
        label=words.save,
        on=["button"],
        do="submit",
        transaction="save",
        validates=True,
        confirm=words.confirm_save,
        then=then,
        popup=popup,
    )


def export_action(words: Words) -> Action:
    return Action(id="export", label=words.export, on=["button"], do="export_excel", region="grid")


def close_action(words: Words, *, popup: str | None = None) -> Action:
    return Action(id="close", label=words.close, on=["button"], do="close_popup", popup=popup)
