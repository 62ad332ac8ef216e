"""The screen spec, version 1: what a screen shows and does, without a word of any framework.

A spec is shallow on purpose: engines are held to its JSON Schema while they decode. A popup's datasets, transactions,
regions and actions stand in the same lists as the screen's own, and name their popup in `popup`.
"""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field as Attribute, StringConstraints

from .data_model import CodeGroupId, CodeValue, FieldType, Label, Name, Part

SPEC_VERSION: Literal["1"] = "1"

Pattern = Literal["list", "form", "list_popup", "list_detail", "master_detail", "multi_save", "popup_picker"]
Language = Literal["ko", "en"]
DatasetRole = Literal["search", "list", "detail", "code", "lookup"]
RegionKind = Literal["conditions", "grid", "form"]
Trigger = Literal["button", "enter", "load", "row_double_click", "row_select", "popup_closed"]
Operation = Literal[
    "submit", "add_row", "delete_checked", "open_popup", "close_popup", "choose_row", "reset", "export_excel"
]
RowScope = Literal["all", "changed", "checked"]
ReceiveMode = Literal["replace", "merge", "append"]
FieldWidget = Literal["radio", "combo", "multiline"]
ScreenId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]{0,62}$")]
Path = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_./-]{0,120}$")]


class Column(Part):
    """A column of a dataset; the members mean what they mean on a data model's field.

    `widget` says how it is edited where its type leaves a choice: a code or a yes-no by radio buttons or from a list,
    a text on several lines.
    """

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
    widget: FieldWidget | None = None


class Dataset(Part):
    """Rows that the screen holds. A `code` dataset has `rows` and no columns of its own.

    It serves the code group named in `code_group`, or the one spelt like its id (`task_status`: `TASK_STATUS`).
    """

    id: Name
    role: DatasetRole
    label: str = ""
    entity: Name | None = None
    columns: list[Column] = Attribute(default_factory=list)
    code_group: CodeGroupId | None = None
    rows: list[CodeValue] = Attribute(default_factory=list)
    popup: Name | None = None


class Send(Part):
    dataset: Name
    rows: RowScope = "all"


class Receive(Part):
    dataset: Name
    mode: ReceiveMode = "replace"


class Transaction(Part):
    """A request to the server. A dataset stands at most once in it. `path` is relative to the server's base.

    With `page_size` the rows that a grid receives come in pages of that many.
    """

    id: Name
    path: Path
    label: str = ""
    sends: list[Send] = Attribute(default_factory=list)
    receives: list[Receive] = Attribute(default_factory=list)
    page_size: int | None = Attribute(None, ge=1, le=10_000)
    popup: Name | None = None


class Region(Part):
    """A part of the screen that shows columns of one dataset, in order.

    Conditions and forms name them in `fields`, grids in `columns`. Regions that follow one another and have a `tab`
    (its title) are shown one tab at a time; those of the same title share it.
    """

    id: Name
    kind: RegionKind
    dataset: Name
    label: str = ""
    fields: list[Name] = Attribute(default_factory=list)
    columns: list[Name] = Attribute(default_factory=list)
    read_only: list[Name] = Attribute(default_factory=list)
    editable: bool = False
    checkable: bool = False
    tab: Label | None = None
    popup: Name | None = None

    @property
    def shown(self) -> list[str]:
        """Names of the columns shown, whatever the kind."""
        return self.columns if self.kind == "grid" else self.fields


class Action(Part):
    """Something that the user (or loading) sets off.

    `open_popup` names its target in `opens`, and with `pass_key` hands over the key of the chosen row; `validate`
    checks the datasets that the transaction sends; `then` is an action to run after it succeeded.

    An `open_popup` with a `field` has its button beside that field of the region. The row chosen in the popup fills the
    columns of `fills`: pairs of a column here and the popup's column; without them those of the same names, and the
    field itself.
    """

    id: Name
    label: str = ""
    on: list[Trigger]
    do: Operation
    transaction: Name | None = None
    region: Name | None = None
    opens: Name | None = None
    field: Name | None = None
    fills: list[tuple[Name, Name]] = Attribute(default_factory=list)
    pass_key: bool = False
    validates: bool = Attribute(False, alias="validate")
    confirm: str | None = None
    then: Name | None = None
    popup: Name | None = None

    model_config = ConfigDict(extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Popup(Part):
    """A screen of its own that this screen opens. `key` names the columns that it is given."""

    id: Name
    screen_id: ScreenId
    title: Label
    key: list[Name] = Attribute(default_factory=list)


class Rule(Part):
    """A check across columns of a dataset, made before it is sent."""

    id: Name
    dataset: Name
    kind: Literal["date_order", "at_least_one", "unique"]
    columns: list[Name]
    message: str


class ScreenSpec(Part):
    """A whole screen."""

    version: Literal["1"] = SPEC_VERSION
    screen_id: ScreenId
    title: Label
    language: Language = "ko"
    pattern: Pattern
    framework: str = "xframe5"
    datasets: list[Dataset]
    transactions: list[Transaction] = Attribute(default_factory=list)
    regions: list[Region]
    actions: list[Action] = Attribute(default_factory=list)
    popups: list[Popup] = Attribute(default_factory=list)
    rules: list[Rule] = Attribute(default_factory=list)

    def dataset(self, dataset_id: str) -> Dataset | None:
        return next((dataset for dataset in self.datasets if dataset.id == dataset_id), None)

    def code_dataset(self, code_group: str, *, popup: str | None = None) -> Dataset | None:
        """The code dataset of a group in the screen itself or in a popup."""
        return next(
            (
                dataset
                for dataset in self.datasets
                if dataset.role == "code"
                and (dataset.code_group or dataset.id.upper()) == code_group
                and dataset.popup == popup
            ),
            None,
        )
