"""From a checked spec and a pack to the screen views that the pack's templates draw."""

from dataclasses import replace

from screenspec.boxes import ScreenLayout
from screenspec.layout import layout_scope
from screenspec.scopes import Scope, chosen_columns, scopes
from screenspec.spec import Action, Popup, Region, ScreenSpec, Transaction

from ..packs.model import Pack
from .controls import build_controls
from .datasets import DatasetBuilder
from .defaults import boolean_values
from .model import (
    ActionView,
    ColumnView,
    DatasetView,
    Fill,
    Pick,
    PopupView,
    ReceiveView,
    RegionView,
    RuleView,
    SendView,
    TransactionView,
)
from .names import Namer
from .paging import paging_of
from .relations import key_fills, ranges_of
from .screen import ScreenView


def build_screens(spec: ScreenSpec, pack: Pack) -> list[ScreenView]:
    """The screen first, then its popups."""
    namer = Namer(pack.naming)
    directory = f"/{namer.name('directory', directory_of(spec))}/"
    every, metrics = scopes(spec), pack.theme.layout_metrics()
    layouts = {scope.screen_id: layout_scope(scope, metrics) for scope in every}
    keys = _key_columns(every[0], pack) if spec.popups else {}
    popups = {item.id: _popup_view(item, layouts[item.screen_id], keys, namer, directory) for item in spec.popups}
    return [ScreenBuilder(scope, pack, directory, popups).build(layouts[scope.screen_id]) for scope in every]


def directory_of(spec: ScreenSpec) -> str:
    """The folder of the screen's files on the server: the entity that it is about."""
    entity = next((item.entity for item in spec.datasets if item.entity), None)
    return entity or spec.screen_id.lower()


def _key_columns(screen: Scope, pack: Pack) -> dict[str, ColumnView]:
    """The columns of the screen's lists, which popups take their keys from."""
    views = DatasetBuilder(screen, Namer(pack.naming), pack).all()
    return {column.id: column for view in views if view.role == "list" for column in view.columns}


def _popup_view(
    popup: Popup, layout: ScreenLayout, keys: dict[str, ColumnView], namer: Namer, directory: str
) -> PopupView:
    return PopupView(
        id=popup.id,
        name=namer.name("popup", popup.id.removesuffix("_popup")),
        screen_id=popup.screen_id,
        title=popup.title,
        url=f"{directory}{popup.screen_id}",
        width=layout.width,
        height=layout.height,
        keys=tuple(keys[name] for name in popup.key if name in keys),
    )


def _paging_datasets(transactions: dict[str, TransactionView]) -> list[DatasetView]:
    pagings = [item.paging for item in transactions.values() if item.paging]
    return [dataset for paging in pagings for dataset in (paging.asked, paging.total)]


class ScreenBuilder:
    """Builds the view of one scope."""

    def __init__(self, scope: Scope, pack: Pack, directory: str, popups: dict[str, PopupView]) -> None:
        self._scope = scope
        self._pack = pack
        self._directory = directory
        self._popups = popups
        self._namer = Namer(pack.naming)
        self._datasets = DatasetBuilder(scope, self._namer, pack)

    def build(self, layout: ScreenLayout) -> ScreenView:
        scope = self._scope
        own = self._datasets.all()
        transactions = {item.id: self._transaction(item) for item in scope.transactions}
        datasets = (*own, *self._chosen(), *_paging_datasets(transactions))
        grid_datasets = [item.dataset for item in scope.regions if item.kind == "grid"]
        regions = {item.id: self._region(item, transactions, grid_datasets) for item in scope.regions}
        actions = {item.id: self._action(item, transactions, regions) for item in scope.actions}
        opened = dict.fromkeys(action.popup.id for action in actions.values() if action.popup)
        return ScreenView(
            id=scope.screen_id,
            title=scope.title,
            language=scope.spec.language,
            pattern=scope.spec.pattern,
            directory=self._directory,
            is_popup=scope.popup is not None,
            width=layout.width,
            height=layout.height,
            datasets=datasets,
            transactions=tuple(transactions.values()),
            regions=tuple(regions.values()),
            actions=tuple(actions.values()),
            popups=tuple(self._popups[popup] for popup in opened),
            rules=self._rules(),
            controls=build_controls(layout, regions, actions, self._namer, yes_no=self._yes_no()),
            lookups=tuple(view for view in datasets if view.role == "lookup"),
            keys=self._popups[scope.popup.id].keys if scope.popup else (),
        )

    def _chosen(self) -> list[DatasetView]:
        """A dataset for the row that is chosen, where one can be."""
        action = next((item for item in self._scope.actions if item.do == "choose_row"), None)
        region = self._scope.region(action.region or "") if action else None
        if region is None:
            return []
        columns = tuple(replace(column, code=None) for column in self._datasets.view(region.dataset).columns)
        return [DatasetView("chosen", self._namer.unique("dataset", "chosen"), "chosen", "chosen", columns)]

    def _yes_no(self) -> tuple[tuple[str, str], ...]:
        messages = self._pack.messages_in(self._scope.spec.language)
        return tuple(zip(boolean_values(self._pack), (messages["yes"], messages["no"]), strict=True))

    def _transaction(self, transaction: Transaction) -> TransactionView:
        size = transaction.page_size if transaction.receives else None
        paging = paging_of(self._namer, size) if size else None
        sends = [SendView(self._datasets.view(item.dataset), item.rows) for item in transaction.sends]
        receives = [ReceiveView(self._datasets.view(item.dataset), item.mode) for item in transaction.receives]
        if paging:
            sends.append(SendView(paging.asked, "all"))
            receives.append(ReceiveView(paging.total, "replace"))
        return TransactionView(
            id=transaction.id,
            name=self._namer.unique("transaction", transaction.id),
            path=transaction.path,
            label=transaction.label,
            sends=tuple(sends),
            receives=tuple(receives),
            paging=paging,
        )

    def _region(self, region: Region, transactions: dict[str, TransactionView], grid_datasets: list[str]) -> RegionView:
        dataset = self._datasets.view(region.dataset)
        saved = any(dataset in transaction.changed for transaction in transactions.values())
        twice = region.kind == "grid" and grid_datasets.count(region.dataset) > 1
        kind = "grid" if region.kind == "grid" else "panel"
        candidates = (region.dataset, region.id) if kind == "grid" and not twice else (region.id, region.dataset)
        return RegionView(
            id=region.id,
            kind=region.kind,
            label=region.label,
            dataset=dataset,
            columns=tuple(dataset.column(name) for name in region.shown),
            control=self._namer.unique(kind, *candidates),
            editable=region.editable if region.kind == "grid" else saved,
            checkable=region.checkable,
            read_only=frozenset(region.read_only),
            inherits=self._inherits(dataset, transactions),
            ranges=ranges_of(dataset),
        )

    def _inherits(self, dataset: DatasetView, transactions: dict[str, TransactionView]) -> tuple[Fill, ...]:
        """A new row belongs to the row whose key was sent when its dataset was asked for."""
        for transaction in transactions.values():
            if any(item.dataset is dataset for item in transaction.receives):
                lookups = [send.dataset for send in transaction.sends if send.dataset.role == "lookup"]
                return tuple(
                    Fill(column, lookup, source)
                    for lookup in lookups
                    for source in lookup.columns
                    for column in dataset.columns
                    if column.id == source.id
                )
        return ()

    def _action(
        self, action: Action, transactions: dict[str, TransactionView], regions: dict[str, RegionView]
    ) -> ActionView:
        transaction = transactions.get(action.transaction or "")
        region = regions.get(action.region or "")
        picks = self._picks(action, region)
        return ActionView(
            id=action.id,
            function=self._namer.unique("function", action.id),
            label=action.label,
            on=frozenset(action.on),
            do=action.do,
            transaction=transaction,
            region=region,
            popup=self._popups.get(action.opens or ""),
            pass_key=action.pass_key,
            validates=action.validates,
            confirm=action.confirm,
            then=action.then,
            fills=key_fills(transaction, region),
            picks=picks,
            popup_name=self._namer.name("popup", action.id) if picks else "",
        )

    def _picks(self, action: Action, region: RegionView | None) -> tuple[Pick, ...]:
        """What the row chosen in the popup fills: the pairs named, else columns of the same names and the field."""
        if action.do != "open_popup" or region is None or not (action.field or action.fills):
            return ()
        offered = chosen_columns(self._scope.spec, action.opens)
        own = [column.id for column in region.dataset.columns]
        pairs = list(action.fills) or [(name, name) for name in own if name in offered]
        if action.field and offered and action.field not in {name for name, _ in pairs}:
            pairs.insert(0, (action.field, offered[0]))
        return tuple(Pick(region.dataset.column(name), self._namer.name("column", other)) for name, other in pairs)

    def _rules(self) -> tuple[RuleView, ...]:
        return tuple(
            RuleView(rule.kind, view, tuple(view.column(name) for name in rule.columns), rule.message)
            for rule in self._scope.rules
            for view in [self._datasets.view(rule.dataset)]
        )
