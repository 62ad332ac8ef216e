"""The data model of a request: entities, fields, relations and code groups, each stated or inferred."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field as Attribute, StringConstraints

FieldType = Literal["string", "text", "integer", "decimal", "boolean", "date", "datetime", "time", "code"]
Origin = Literal["stated", "inferred"]
SearchKind = Literal["none", "equal", "like", "range"]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
"""A framework-free name: `snake_case`, ASCII."""
CodeGroupId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,62}$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=200)]
CodeValue = tuple[str, str]
"""A code and its label: `("01", "대기")`."""


class Part(BaseModel):
    """Base of all parts of the format: unknown members are errors, so that a typing error is not lost."""

    model_config = ConfigDict(extra="forbid")


class Field(Part):
    """A field of an entity. Lengths are in characters; `length` and `scale` of a decimal are digits, as in SQL."""

    name: Name
    label: Label
    type: FieldType = "string"
    length: int | None = Attribute(None, ge=1, le=1_000_000)
    scale: int | None = Attribute(None, ge=0, le=38)
    required: bool = False
    key: bool = False
    default: str | None = None
    code_group: CodeGroupId | None = None
    format: str | None = None
    search: SearchKind = "none"
    """How the field serves as a search condition."""
    shown: bool = Attribute(True, exclude_if=bool)
    """Whether grids and forms show it; false, and written only then: it is searched by alone."""
    origin: Origin = "inferred"


class Entity(Part):
    """A table-like thing. `table` is the table's name as stated or by the naming rule (`TB_TASK`, `task`)."""

    name: Name
    label: Label
    table: str
    fields: list[Field]
    origin: Origin = "inferred"


class Relation(Part):
    """A parent with many children: `child_fields[i]` of the child refers to `parent_fields[i]` of the parent."""

    parent: Name
    child: Name
    parent_fields: list[Name]
    child_fields: list[Name]
    origin: Origin = "inferred"


class CodeGroup(Part):
    """A closed list of values, each with a label."""

    id: CodeGroupId
    label: Label
    values: list[CodeValue]
    origin: Origin = "inferred"


class DataModel(Part):
    """All entities of a request; the first is the one that the screen is about."""

    entities: list[Entity]
    relations: list[Relation] = Attribute(default_factory=list)
    code_groups: list[CodeGroup] = Attribute(default_factory=list)

    def entity(self, name: str) -> Entity | None:
        return next((entity for entity in self.entities if entity.name == name), None)

    def code_group(self, group_id: str) -> CodeGroup | None:
        return next((group for group in self.code_groups if group.id == group_id), None)
