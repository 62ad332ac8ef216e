"""From an entity's fields to the columns of datasets: order, search conditions, and what the server fills."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from screenspec.data_model import DataModel, Entity, Field
from screenspec.spec import Column

_AUDIT = re.compile(
    r"^((created|updated|modified|registered|inserted|changed)_(at|by|on|date|dt|time|user|id)"
    r"|(reg|mod|upd|ins|cre|crt|chg|frst_regist|last_updt)_?(dt|dtm|dttm|date|id|user|usr|ymd|time|er|pnttm|emp_no))$"
)
_COUNTER = re.compile(r"(^id|^seq|_id|_seq|_sn)$")
_COMPUTED = re.compile(r"\(|current_|sysdate|nextval|auto_?increment|identity|now$", re.IGNORECASE)
_NAME_LIKE = re.compile(r"(^|_)(name|nm|title|subject|label)$")
_RANGED = frozenset({"date", "datetime", "integer", "decimal"})
_DATES = frozenset({"date", "datetime"})
_CONDITION_TEXT_LENGTH = 100
_MAX_RANGED_NAME = 57
_MAX_DEFAULT_CODES = 2
_MAX_CONDITIONS = 8


@dataclass(frozen=True, slots=True)
class EntityColumns:
    """An entity as columns: those shown with the keys first, those the server fills, and those searched by alone."""

    entity: Entity
    columns: list[Column]
    keys: list[str]
    server_filled: list[str]
    only_searched: list[Column]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def in_grid(self, *, editable: bool, alone: bool = False) -> list[str]:
        """Long text has no place in a grid, unless it has to be typed there.

        `alone`: nothing else shows the entity, so that what the prompt states is in the grid, long or not.
        """
        stated = {field.name for field in self.entity.fields if alone and field.origin == "stated"}
        shown = [
            item.name
            for item in self.columns
            if item.type != "text" or item.name in stated or (editable and item.required)
        ]
        return shown or self.names

    def read_only(self, shown: Iterable[str]) -> list[str]:
        return [name for name in shown if name in self.server_filled]

    def column(self, name: str) -> Column:
        return next(column for column in [*self.columns, *self.only_searched] if column.name == name)


def entity_columns(entity: Entity, model: DataModel, *, given: Sequence[str] = ()) -> EntityColumns:
    """`given` are columns that the screen fills by itself (a detail's reference to its master)."""
    fields = _keys_first(entity.fields)
    keys = [field.name for field in fields if field.key] or [fields[0].name]
    filled = [field.name for field in fields if _server_fills(field, keys)]
    columns = {
        field.name: _column(
            field, model, key=field.name in keys, required=field.required and field.name not in [*filled, *given]
        )
        for field in fields
    }
    unseen = [field.name for field in fields if not field.shown and field.name not in keys]
    return EntityColumns(
        entity,
        [column for name, column in columns.items() if name not in unseen],
        keys,
        filled,
        [columns[name] for name in unseen],
    )


def _keys_first(fields: Sequence[Field]) -> list[Field]:
    return [*(field for field in fields if field.key), *(field for field in fields if not field.key)]


def _server_fills(field: Field, keys: Sequence[str]) -> bool:
    if field.default and _COMPUTED.search(field.default):
        return True
    if field.key:
        return len(keys) == 1 and field.type == "integer" and bool(_COUNTER.search(field.name))
    return bool(_AUDIT.match(field.name))


def _column(field: Field, model: DataModel, *, key: bool, required: bool) -> Column:
    known_code = field.type == "code" and field.code_group and model.code_group(field.code_group)
    return Column(
        name=field.name,
        label=field.label,
        type=field.type if field.type != "code" or known_code else "string",
        length=field.length,
        scale=field.scale,
        required=required,
        key=key,
        default=None if field.default and _COMPUTED.search(field.default) else field.default,
        code_group=field.code_group if known_code else None,
        format=field.format,
    )


def condition_columns(source: EntityColumns) -> list[Column]:
    """The search dataset's columns: what the data model marks, else what people usually search by."""
    result: list[Column] = []
    for field, ranged in _conditions(source)[:_MAX_CONDITIONS]:
        plain = _as_condition(source.column(field.name))
        if ranged:
            result += [plain.model_copy(update={"name": f"{field.name}_{end}"}) for end in ("from", "to")]
        else:
            result.append(plain)
    return result


def key_columns(source: EntityColumns, names: Sequence[str]) -> list[Column]:
    """Columns that identify a row: named and typed as there, with nothing else."""
    return [_as_condition(source.column(name)) for name in names]


def _conditions(source: EntityColumns) -> list[tuple[Field, bool]]:
    fields = {field.name: field for field in source.entity.fields}
    ordered = [fields[name] for name in [*source.names, *(column.name for column in source.only_searched)]]
    marked = [field for field in ordered if field.search != "none"]
    if marked:
        return [(field, field.search == "range" and _can_range(field)) for field in marked]
    return _usual_conditions(source, ordered)


def _usual_conditions(source: EntityColumns, ordered: list[Field]) -> list[tuple[Field, bool]]:
    texts = [item for item in ordered if item.type == "string" and item.name not in source.keys and not _is_code(item)]
    named = [item for item in texts if _NAME_LIKE.search(item.name)]
    chosen = {item.name for item in (named or texts)[:1]}
    chosen |= {item.name for item in [item for item in ordered if _is_code(item)][:_MAX_DEFAULT_CODES]}
    dates = [item for item in ordered if item.type in _DATES and not _AUDIT.match(item.name) and _can_range(item)]
    ranged = {item.name for item in dates[:1]}
    if not chosen and not ranged:
        chosen = {source.keys[0]}
    return [(item, item.name in ranged) for item in ordered if item.name in chosen | ranged]


def _is_code(field: Field) -> bool:
    return field.type == "code"


def _can_range(field: Field) -> bool:
    return field.type in _RANGED and len(field.name) <= _MAX_RANGED_NAME


def _as_condition(column: Column) -> Column:
    """The column without what only data has: never required, a key, or preset; long text becomes a line."""
    update: dict[str, object] = {"required": False, "key": False, "default": None}
    if column.type == "text":
        update |= {"type": "string", "length": min(column.length or _CONDITION_TEXT_LENGTH, _CONDITION_TEXT_LENGTH)}
    return column.model_copy(update=update)
