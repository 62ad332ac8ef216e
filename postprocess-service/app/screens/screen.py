"""One screen or popup as the templates see it, and what they ask it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from .model import ActionView, ColumnView, ControlView, DatasetView, PopupView, RegionView, RuleView, TransactionView


@dataclass(frozen=True, eq=False)
class ScreenView:
    """One screen or popup, whole."""

    id: str
    title: str
    language: str
    pattern: str
    directory: str
    is_popup: bool
    width: int
    height: int
    datasets: tuple[DatasetView, ...]
    transactions: tuple[TransactionView, ...]
    regions: tuple[RegionView, ...]
    actions: tuple[ActionView, ...]
    popups: tuple[PopupView, ...]
    rules: tuple[RuleView, ...]
    controls: tuple[ControlView, ...]
    lookups: tuple[DatasetView, ...]
    keys: tuple[ColumnView, ...] = field(default=())
    """Of a popup: the columns of the key that it is given."""

    @cached_property
    def all_controls(self) -> tuple[ControlView, ...]:
        """Every control, parents before their children."""
        return tuple(inner for control in self.controls for inner in (control, *control.inner))

    @cached_property
    def focus_order(self) -> tuple[int, ...]:
        """Numbers of the controls that can have the focus, in the order of the tabulator key."""
        return tuple(number for control in self.all_controls for number in control.focus_numbers)

    @cached_property
    def opened(self) -> tuple[PopupView, ...]:
        """The popups that are opened under their own names: not those that only fill fields."""
        plain = {action.popup.id for action in self.actions if action.popup and not action.picks}
        return tuple(popup for popup in self.popups if popup.id in plain)

    @cached_property
    def pickers(self) -> tuple[ActionView, ...]:
        """Actions whose popup's choice fills fields."""
        return tuple(action for action in self.actions if action.popup and action.picks)

    def control_of(self, kind: str, region: RegionView) -> ControlView | None:
        return next(iter(self.controls_of(kind, region)), None)

    def action(self, action_id: str | None) -> ActionView | None:
        return next((action for action in self.actions if action.id == action_id), None)

    def grid_of(self, dataset: DatasetView) -> RegionView | None:
        """The first grid that shows a dataset."""
        return next((item for item in self.regions if item.kind == "grid" and item.dataset is dataset), None)

    def forms_of(self, dataset: DatasetView) -> tuple[RegionView, ...]:
        return tuple(item for item in self.regions if item.kind == "form" and item.dataset is dataset)

    @cached_property
    def records(self) -> tuple[DatasetView, ...]:
        """Datasets of one row that a form shows, and no grid."""
        shown = dict.fromkeys(item.dataset.id for item in self.regions if item.kind == "form")
        return tuple(
            item for item in self.datasets if item.id in shown and item.role != "code" and not self.grid_of(item)
        )

    @cached_property
    def saved(self) -> tuple[DatasetView, ...]:
        """Datasets whose changed rows are sent."""
        sent = dict.fromkeys(item.name for transaction in self.transactions for item in transaction.changed)
        return tuple(item for item in self.datasets if item.name in sent)

    @cached_property
    def validated(self) -> tuple[DatasetView, ...]:
        """Datasets that are checked before they are sent."""
        checked = [item.transaction for item in self.actions if item.validates and item.transaction is not None]
        names = {item.name for transaction in checked for item in transaction.changed}
        return tuple(item for item in self.datasets if item.name in names)

    def field_of(self, region: RegionView, column: ColumnView) -> ControlView | None:
        return next((item for item in self.controls_of("field", region) if item.column is column), None)

    def grid_for(self, action: ActionView) -> RegionView | None:
        """The grid whose row an action is about: its region, else the first grid."""
        if action.region is not None and action.region.kind == "grid":
            return action.region
        return next((item for item in self.regions if item.kind == "grid"), None)

    def grids_with(self, trigger: str) -> tuple[RegionView, ...]:
        found = [self.grid_for(action) for action in self.triggered_by(trigger)]
        return tuple(item for item in self.regions if item in found)

    @cached_property
    def following_grids(self) -> tuple[RegionView, ...]:
        """Grids whose chosen row something else on the screen follows: details, or keys that are locked."""
        chosen = self.grids_with("row_select")
        return tuple(
            item
            for item in self.regions
            if item.kind == "grid" and (item in chosen or any(form.typed_keys for form in self.forms_of(item.dataset)))
        )

    def followers(self, grid: RegionView) -> tuple[DatasetView, ...]:
        """Datasets that are asked for again whenever another row of the grid is chosen."""
        actions = [item for item in self.triggered_by("row_select") if self.grid_for(item) is grid and item.transaction]
        names = {
            received.dataset.name for item in actions if item.transaction for received in item.transaction.receives
        }
        return tuple(item for item in self.datasets if item.name in names)

    def is_follower(self, dataset: DatasetView) -> bool:
        return any(dataset in self.followers(grid) for grid in self.grids_with("row_select"))

    @cached_property
    def chosen(self) -> DatasetView | None:
        """Where the row that was chosen is kept for whoever opened the screen."""
        return next((item for item in self.datasets if item.role == "chosen"), None)

    def entered(self, dataset: DatasetView, column: ColumnView) -> bool:
        """Whether the user can enter the column's value anywhere on the screen."""
        regions = [item for item in self.regions if item.dataset is dataset and item.editable]
        return any(column in item.columns and not item.locked(column) for item in regions)

    def key_for(self, column: ColumnView, position: int) -> ColumnView | None:
        """The column of the key handed to a popup that fills a column of its key dataset."""
        same = next((key for key in self.keys if key.id == column.id), None)
        return same or (self.keys[position] if position < len(self.keys) else None)

    def asking(self, transaction: TransactionView) -> list[ActionView]:
        """The actions that send a transaction."""
        return [action for action in self.actions if action.transaction is transaction]

    def triggered_by(self, trigger: str) -> tuple[ActionView, ...]:
        return tuple(action for action in self.actions if trigger in action.on)

    @cached_property
    def conditions(self) -> tuple[RegionView, ...]:
        """The regions that rows are asked for by."""
        return tuple(item for item in self.regions if item.kind == "conditions")

    def first_field(self, regions: Iterable[RegionView]) -> ControlView | None:
        """The first field of the regions that can be typed in."""
        for region in regions:
            for item in self.controls_of("field", region):
                if item.column is not None and not region.locked(item.column):
                    return item
        return None

    @cached_property
    def _kinds(self) -> dict[str, list[ControlView]]:
        kinds: dict[str, list[ControlView]] = {}
        for control in self.all_controls:
            kinds.setdefault(control.kind, []).append(control)
        return kinds

    def controls_of(self, kind: str, region: RegionView | None = None) -> tuple[ControlView, ...]:
        return tuple([control for control in self._kinds.get(kind, ()) if region is None or control.region is region])
