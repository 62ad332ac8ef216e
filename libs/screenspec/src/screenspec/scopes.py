"""The screen and each of its popups as scopes of their own, in which names are looked up."""

from dataclasses import dataclass

from .spec import Action, Dataset, Popup, Region, Rule, ScreenSpec, Transaction


@dataclass(frozen=True, slots=True)
class Scope:
    """What belongs to the screen itself (`popup` is None) or to one popup."""

    spec: ScreenSpec
    popup: Popup | None
    datasets: tuple[Dataset, ...]
    transactions: tuple[Transaction, ...]
    regions: tuple[Region, ...]
    actions: tuple[Action, ...]

    @property
    def screen_id(self) -> str:
        return self.popup.screen_id if self.popup else self.spec.screen_id

    @property
    def title(self) -> str:
        return self.popup.title if self.popup else self.spec.title

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules on this scope's datasets."""
        own = {dataset.id for dataset in self.datasets}
        return tuple(rule for rule in self.spec.rules if rule.dataset in own)

    def dataset(self, dataset_id: str) -> Dataset | None:
        """The dataset of that id here; the screen's code datasets serve its popups too."""
        own = next((dataset for dataset in self.datasets if dataset.id == dataset_id), None)
        if own is not None or self.popup is None:
            return own
        shared = (dataset for dataset in self.spec.datasets if dataset.role == "code" and dataset.popup is None)
        return next((dataset for dataset in shared if dataset.id == dataset_id), None)

    def code_dataset(self, code_group: str) -> Dataset | None:
        """The code dataset that serves a group here."""
        if self.popup is not None:
            own = self.spec.code_dataset(code_group, popup=self.popup.id)
            if own is not None:
                return own
        return self.spec.code_dataset(code_group)

    def transaction(self, transaction_id: str) -> Transaction | None:
        return next((item for item in self.transactions if item.id == transaction_id), None)

    def region(self, region_id: str) -> Region | None:
        return next((item for item in self.regions if item.id == region_id), None)

    def action(self, action_id: str) -> Action | None:
        return next((item for item in self.actions if item.id == action_id), None)


def scopes(spec: ScreenSpec) -> list[Scope]:
    """The screen's own scope first, then its popups in order."""
    return [scope_of(spec, None), *(scope_of(spec, popup) for popup in spec.popups)]


def scope_of(spec: ScreenSpec, popup: Popup | None) -> Scope:
    name = popup.id if popup else None
    return Scope(
        spec=spec,
        popup=popup,
        datasets=tuple(item for item in spec.datasets if item.popup == name),
        transactions=tuple(item for item in spec.transactions if item.popup == name),
        regions=tuple(item for item in spec.regions if item.popup == name),
        actions=tuple(item for item in spec.actions if item.popup == name),
    )


def chosen_columns(spec: ScreenSpec, popup: str | None) -> list[str]:
    """The columns of the row that is chosen in a popup; none where no row is."""
    regions = {item.id: item for item in spec.regions if item.popup == popup}
    chosen = next((item for item in spec.actions if item.popup == popup and item.do == "choose_row"), None)
    region = regions.get(chosen.region or "") if chosen and popup else None
    datasets = (item for item in spec.datasets if region and item.id == region.dataset and item.popup == popup)
    return [column.name for dataset in datasets for column in dataset.columns]
