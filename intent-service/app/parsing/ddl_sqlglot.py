"""Reads `CREATE TABLE` and `ALTER TABLE` statements with sqlglot."""

from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from .declared import DeclaredEntity, DeclaredField, DeclaredModel, DeclaredReference, Unreadable
from .type_names import TYPES, TypeFacts, read_type, refine

_BINARY = frozenset({"blob", "bytea", "binary", "varbinary", "longblob", "image", "raw", "mediumblob", "tinyblob"})


def read_statement(text: str, dialect: str, model: DeclaredModel) -> None:
    """Adds the statement's table to the model, or its constraints to a table that is there."""
    try:
        tree: Any = sqlglot.parse_one(text, dialect=dialect, error_level=sqlglot.ErrorLevel.IMMEDIATE)
    except (SqlglotError, RecursionError) as error:
        raise Unreadable from error
    if isinstance(tree, exp.Create) and isinstance(tree.this, exp.Schema):
        model.extend(DeclaredModel([_table(tree)]))
    elif isinstance(tree, exp.Alter):
        _alter(tree, model)
    elif not isinstance(tree, exp.Create) or tree.expression is None:
        raise Unreadable


def _table(tree: exp.Create) -> DeclaredEntity:
    name = tree.this.this.name
    entity = DeclaredEntity(name=name, table=name)
    for item in tree.this.expressions:
        if isinstance(item, exp.ColumnDef):
            entity.fields.append(_column(item, entity))
        elif isinstance(item, exp.Identifier):
            raise Unreadable
        else:
            _constraint(item, entity)
    if not entity.fields:
        raise Unreadable
    comment = tree.find(exp.SchemaCommentProperty)
    if comment is not None:
        entity.label = comment.this.name
    return entity


def _column(item: exp.ColumnDef, entity: DeclaredEntity) -> DeclaredField:
    field = DeclaredField(name=item.this.name)
    if item.kind is not None:
        _set_type(field, item.kind)
    for constraint in item.args.get("constraints") or ():
        _column_constraint(constraint, field, entity)
    return field


def _set_type(field: DeclaredField, kind: exp.Expression) -> None:
    facts = _type_facts(field, kind)
    if facts is not None:
        field.type, field.length, field.scale = facts.type, facts.length, facts.scale


def _type_facts(field: DeclaredField, kind: exp.Expression) -> TypeFacts | None:
    if not isinstance(kind, exp.DataType):
        return read_type(kind.sql())
    name = kind.this.value.lower() if hasattr(kind.this, "value") else str(kind.this).lower()
    if name == "userdefined":
        return read_type(str(kind.args.get("kind") or ""))
    if name in {"enum", "set"}:
        field.values = [(value.name, value.name) for value in kind.expressions]
        return TypeFacts("code", max((len(code) for code, _ in field.values), default=1))
    numbers = [param.this.name for param in kind.expressions if isinstance(param, exp.DataTypeParam)]
    if numbers and numbers[0].lower() == "max":
        return TypeFacts("text")
    name = {"utinyint": "tinyint", "umediumint": "int", "uint": "int"}.get(name, name)
    base = TYPES.get(name)
    if base is None:
        return TypeFacts("string") if name in _BINARY else read_type(kind.sql())
    digits = [int(number) for number in numbers if number.lstrip("-").isdigit()]
    return refine(base, name, digits[0] if digits else None, digits[1] if len(digits) > 1 else None)


def _column_constraint(constraint: exp.Expression, field: DeclaredField, entity: DeclaredEntity) -> None:
    kind = constraint.args.get("kind")
    match kind:
        case exp.NotNullColumnConstraint():
            field.required = not kind.args.get("allow_null")
        case exp.PrimaryKeyColumnConstraint():
            field.key = field.required = True
        case exp.UniqueColumnConstraint():
            field.unique = True
        case exp.DefaultColumnConstraint():
            field.default = _default(kind.this)
        case exp.CommentColumnConstraint():
            field.label = kind.this.name.strip()
        case exp.CheckColumnConstraint():
            _check(kind.this, entity, field)
        case exp.Reference():
            entity.references.append(_reference(kind, [field.name]))
        case _:
            pass


def _default(value: exp.Expression) -> str | None:
    """A plain value, None for functions and NULL."""
    if isinstance(value, exp.Paren):
        return _default(value.this)
    if isinstance(value, exp.Cast):
        return _default(value.this)
    if isinstance(value, exp.Boolean):
        return "true" if value.this else "false"
    if isinstance(value, exp.Neg) and isinstance(value.this, exp.Literal):
        return f"-{value.this.name}"
    return value.name if isinstance(value, exp.Literal | exp.National) else None


def _constraint(item: exp.Expression, entity: DeclaredEntity) -> None:
    """A constraint of the table as a whole, named or not."""
    for part in item.expressions if isinstance(item, exp.Constraint) else [item]:
        if isinstance(part, exp.PrimaryKey):
            entity.set_key([_named(column) for column in part.expressions])
        elif isinstance(part, exp.PrimaryKeyColumnConstraint):
            entity.set_key([column.name for column in item.find_all(exp.Identifier)][1:])
        elif isinstance(part, exp.ForeignKey):
            reference = part.args.get("reference")
            if reference is not None:
                entity.references.append(_reference(reference, [_named(column) for column in part.expressions]))
        elif isinstance(part, exp.CheckColumnConstraint):
            _check(part.this, entity, None)


def _named(column: exp.Expression) -> str:
    found = column if isinstance(column, exp.Identifier) else column.find(exp.Identifier)
    return found.name if found is not None else column.name


def _reference(reference: exp.Expression, fields: list[str]) -> DeclaredReference:
    target = reference.this
    if isinstance(target, exp.Schema):
        return DeclaredReference(target.this.name, fields, [_named(column) for column in target.expressions])
    return DeclaredReference(target.name, fields)


def _check(condition: exp.Expression, entity: DeclaredEntity, field: DeclaredField | None) -> None:
    """`CHECK (status IN ('A', 'B'))` states a closed list."""
    inside = condition.find(exp.In)
    if inside is None:
        return
    target = field or entity.field(_named(inside.this))
    values = [value.name for value in inside.expressions if isinstance(value, exp.Literal)]
    if target is not None and values:
        target.values = [(value, value) for value in values]
        target.type = "code"


def _alter(tree: exp.Alter, model: DeclaredModel) -> None:
    entity = model.entity(tree.this.name)
    if entity is None:
        return
    for action in tree.args.get("actions") or ():
        if isinstance(action, exp.AddConstraint):
            for part in action.expressions:
                _constraint(part, entity)
        elif isinstance(action, exp.ColumnDef) and entity.field(action.this.name) is None:
            entity.fields.append(_column(action, entity))
        else:
            _constraint(action, entity)
