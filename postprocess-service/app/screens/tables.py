"""The tables of a screen: from the data model where there is one, else from the spec's datasets."""

from collections.abc import Iterable
from dataclasses import dataclass

from screenspec.data_model import DataModel, Field
from screenspec.spec import Column, ScreenSpec


@dataclass(frozen=True, slots=True)
class TableColumn:
    name: str
    label: str
    type: str
    length: int | None
    scale: int | None
    required: bool
    key: bool
    default: str | None
    codes: str = ""

    @property
    def default_literal(self) -> bool:
        """Whether the default is a plain value, not a word of some database."""
        return (
            self.default is not None
            and self.type in {"string", "code", "text"}
            and len(self.default) <= (self.length or 100)
        )


@dataclass(frozen=True, slots=True)
class TableView:
    name: str
    label: str
    columns: tuple[TableColumn, ...]


def build_tables(spec: ScreenSpec, data_model: DataModel | None) -> list[TableView]:
    """One table for each entity that the screen shows; all columns of the entity, shown or not."""
    names = dict.fromkeys(
        item.entity for item in spec.datasets if item.role in {"list", "detail"} and item.entity is not None
    )
    entities = {entity.name: entity for entity in data_model.entities} if data_model else {}
    tables: list[TableView] = []
    for name in names:
        if name in entities:
            entity = entities[name]
            groups = {group.id: group.values for group in data_model.code_groups} if data_model else {}
            tables.append(TableView(_table_name(entity.table), entity.label, _columns(entity.fields, spec, groups)))
        else:
            tables.append(_from_datasets(name, spec))
    return tables


def _from_datasets(entity: str, spec: ScreenSpec) -> TableView:
    own = [item for item in spec.datasets if item.entity == entity and item.role in {"list", "detail"}]
    columns: dict[str, Column] = {}
    for dataset in own:
        for column in dataset.columns:
            columns.setdefault(column.name, column)
    label = next((item.label for item in own if item.label), spec.title)
    return TableView(_table_name(entity), label, _columns(columns.values(), spec, {}))


def _table_name(table: str) -> str:
    return table.lower()


def _columns(
    fields: Iterable[Field | Column], spec: ScreenSpec, groups: dict[str, list[tuple[str, str]]]
) -> tuple[TableColumn, ...]:
    return tuple(
        TableColumn(
            name=field.name,
            label=field.label,
            type=field.type,
            length=field.length,
            scale=field.scale,
            required=field.required,
            key=field.key,
            default=field.default,
            codes=_codes(field.code_group, spec, groups),
        )
        for field in fields
    )


def _codes(group: str | None, spec: ScreenSpec, groups: dict[str, list[tuple[str, str]]]) -> str:
    if group is None:
        return ""
    dataset = spec.code_dataset(group)
    values = groups.get(group) or (dataset.rows if dataset else [])
    return ", ".join(f"{code}: {label}" for code, label in values)
