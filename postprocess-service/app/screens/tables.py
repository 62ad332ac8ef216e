"""The tables of a screen: from the data model where there is one, else from the spec's datasets."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from screenspec.data_model import DataModel, Field
from screenspec.spec import Column, ScreenSpec

from ..core.sql_words import SQL_WORDS
from ..packs.model import Pack
from .defaults import TODAY, boolean_values, plain_default
from .text import sql_literal

_NO_NAME = re.compile(r"\W+")


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
    """A literal or a function of SQL."""
    codes: str = ""


@dataclass(frozen=True, slots=True)
class TableView:
    name: str
    label: str
    columns: tuple[TableColumn, ...]

    @property
    def keys(self) -> list[TableColumn]:
        return [column for column in self.columns if column.key]


def build_tables(spec: ScreenSpec, data_model: DataModel | None, pack: Pack) -> list[TableView]:
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
            fields = _with_screen(entity.fields, name, spec)
            tables.append(TableView(_table_name(entity.table), entity.label, _columns(fields, spec, groups, pack)))
        else:
            tables.append(_from_datasets(name, spec, pack))
    return tables


def _with_screen(fields: list[Field], entity: str, spec: ScreenSpec) -> list[Field | Column]:
    """The entity's fields, as long as the screen lets them be, and those that the screen alone has."""
    shown = _shown_columns(entity, spec)
    known = {field.name for field in fields}
    longer = [
        field.model_copy(update={"length": shown[field.name].length})
        if field.length and field.name in shown and (shown[field.name].length or 0) > field.length
        else field
        for field in fields
    ]
    return [*longer, *(column for name, column in shown.items() if name not in known)]


def _shown_columns(entity: str, spec: ScreenSpec) -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for dataset in spec.datasets:
        if dataset.entity == entity and dataset.role in {"list", "detail"}:
            for column in dataset.columns:
                columns.setdefault(column.name, column)
    return columns


def _from_datasets(entity: str, spec: ScreenSpec, pack: Pack) -> TableView:
    own = [item for item in spec.datasets if item.entity == entity and item.role in {"list", "detail"}]
    columns = _shown_columns(entity, spec)
    label = next((item.label for item in own if item.label), spec.title)
    return TableView(_table_name(entity), label, _columns(columns.values(), spec, {}, pack))


def _table_name(table: str) -> str:
    """The name without what SQL, a shell or a file system would read in it (`Order Details`: `order_details`).

    It comes from people and models, and goes into SQL and into a file's name. Letters of any script stay, and the
    dot after a schema.
    """
    parts = (_NO_NAME.sub("_", part) for part in table.lower().split("."))
    return ".".join(filter(None, parts)) or "unnamed"


def _default(field: Field | Column, pack: Pack) -> str | None:
    if (field.default or "").strip().lower() in TODAY and field.type in {"date", "datetime"}:
        return "CURRENT_DATE" if field.type == "date" else "CURRENT_TIMESTAMP"
    value = plain_default(field, *boolean_values(pack))
    if value is None or field.type in {"date", "datetime", "time"}:
        return None
    return value if field.type in {"integer", "decimal"} else sql_literal(value)


def identifier(name: str, dialect: str = "postgresql") -> str:
    """A name as SQL takes it: in quotation marks where it is a word of the language."""
    if name.lower() not in SQL_WORDS:
        return name
    return f"`{name}`" if dialect in {"mysql", "mariadb"} else f'"{name}"'


def _columns(
    fields: Iterable[Field | Column], spec: ScreenSpec, groups: dict[str, list[tuple[str, str]]], pack: Pack
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
            default=_default(field, pack),
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
