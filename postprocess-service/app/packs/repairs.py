"""What a pack knows of wrong forms: synonym tables of markup and script, read from its folder `repairs/`."""

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import Field, ValidationError

from .loader import InvalidPackError
from .model import PackPart

T = TypeVar("T", bound=PackPart)
Names = dict[str, str]


class DocumentForm(PackPart):
    root: str
    body: str
    head: str


class GridColumnForm(PackPart):
    element: str
    column: str
    header: str
    data: str
    header_attributes: Names
    name_attributes: list[str]
    default_width: str
    containers: list[str] = Field(default_factory=list)
    """Elements that others put around the columns."""
    required: dict[str, Names] = Field(default_factory=dict)
    """Elements, with their attributes, without which the engine fails on a grid with columns."""


class AreaForm(PackPart):
    """An element in which components have places. `of` is the element that has its size, where it has none itself.

    `above` names the attribute of that element which says how high the head of the area is.
    """

    of: str | None = None
    above: str | None = None


class OrderForm(PackPart):
    element: str
    attribute: str


class Booleans(PackPart):
    attributes: frozenset[str]
    values: Names


class Colours(PackPart):
    suffixes: tuple[str, ...]
    names: Names


class FontForm(PackPart):
    attribute: str
    parts: int
    defaults: list[str]
    names: Names


class DatasetForms(PackPart):
    column_elements: list[str]
    row_elements: list[str]
    names: list[str]
    labels: list[str]
    lengths: list[str]
    defaults: list[str]
    type_words: list[str]
    default_length: str


class SaveForm(PackPart):
    operation: str
    instead_of: list[str]
    words: list[str]


class TransactionForms(PackPart):
    inputs: list[str]
    outputs: list[str]
    in_operation: str
    out_operation: str
    saves: SaveForm
    operations: Names


class PicklistForm(PackPart):
    attribute: str
    link: str
    element: str
    columns: tuple[str, str]
    choice_elements: list[str]
    inline: str


class MarkupRepairs(PackPart):
    """`repairs/markup.yaml`."""

    document: DocumentForm
    unwrap: list[str] = Field(default_factory=list)
    holders: list[str] = Field(default_factory=list)
    elements: Names = Field(default_factory=dict)
    member_roles: Names = Field(default_factory=dict)
    attributes: Names = Field(default_factory=dict)
    element_attributes: dict[str, Names] = Field(default_factory=dict)
    grid_column: GridColumnForm
    events: Names = Field(default_factory=dict)
    element_events: dict[str, Names] = Field(default_factory=dict)
    values: dict[str, Names] = Field(default_factory=dict)
    booleans: Booleans
    numbers: frozenset[str] = frozenset()
    colours: Colours
    fonts: FontForm
    text_content: Names = Field(default_factory=dict)
    dataset: DatasetForms
    transaction: TransactionForms
    picklist: PicklistForm
    names: Names
    words: Names = Field(default_factory=dict)
    place: dict[str, int]
    areas: dict[str, AreaForm] = Field(default_factory=dict)
    pressed: list[str] = Field(default_factory=list)
    """Elements that are there to be pressed."""
    order: OrderForm
    screen_events: Names
    screen_defaults: Names


class FunctionForm(PackPart):
    method: str
    form: str = "plain"


class SubmitForm(PackPart):
    object: str
    method: str
    asynchronous: str


class PopupForm(PackPart):
    opens: str
    closes: str
    reads: str
    arguments: int
    fixed: dict[int, str]
    width: str
    height: str
    option: str
    constructor: str


class CompletedForm(PackPart):
    function: str
    event: str
    map: str
    result: str
    message: str
    fails: str
    saved: str


class DestroyedForm(PackPart):
    function: str
    event: str


class Purpose(PackPart):
    words: list[str]
    transaction: bool = False
    body: str | None = None


class ScriptRepairs(PackPart):
    """`repairs/script.yaml`."""

    methods: dict[str, Names]
    inverted: dict[str, Names]
    fixed: dict[str, dict[str, tuple[str, str]]]
    functions: dict[str, FunctionForm]
    objects: dict[str, Names]
    moved: dict[str, Names]
    properties: dict[str, dict[str, tuple[str, str | None]]]
    by_name: dict[str, Names]
    row_first: dict[str, list[str]]
    submit: SubmitForm
    popup: PopupForm
    load: str
    seed: list[str]
    completed: CompletedForm
    destroyed: DestroyedForm
    purposes: dict[str, Purpose]


class Repairs(PackPart):
    """All that a pack says on repair; a pack without the folder has none."""

    markup: MarkupRepairs
    script: ScriptRepairs


def read_repairs(folder: Path) -> Repairs | None:
    """The pack's wrong forms, or None where it has none. Raises `InvalidPackError` naming the file."""
    if not (folder / "repairs").is_dir():
        return None
    return Repairs(
        markup=_part(folder, "markup.yaml", MarkupRepairs), script=_part(folder, "script.yaml", ScriptRepairs)
    )


def _part(folder: Path, name: str, model: type[T]) -> T:
    try:
        document = yaml.load((folder / "repairs" / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return model.model_validate(document)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InvalidPackError(f"{folder.name}/repairs/{name}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidPackError(f"{folder.name}/repairs/{name}: {where}: {first['msg']}") from error
