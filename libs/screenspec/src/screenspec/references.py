"""Every reference by name in a spec must resolve: finds those that don't."""

from collections.abc import Iterable, Iterator

from .problems import SpecProblem, problem
from .scopes import Scope, chosen_columns, scopes
from .spec import Action, Dataset, Operation, Region, ScreenSpec, Transaction

_NEEDS: dict[Operation, tuple[str, ...]] = {
    "submit": ("transaction",),
    "add_row": ("region",),
    "delete_checked": ("region",),
    "open_popup": ("opens",),
    "choose_row": ("region",),
    "reset": ("region",),
    "export_excel": ("region",),
}
_GRID_ONLY = frozenset({"add_row", "choose_row", "export_excel"})


def check_references(spec: ScreenSpec) -> list[SpecProblem]:
    """All problems of a spec, in the order of its parts; an empty list where every name resolves."""
    found = [
        *_duplicates(spec),
        *_owners(spec),
        *_popups(spec),
        *_rules(spec),
    ]
    if not spec.regions:
        found.append(problem("no_region", "regions", spec.language))
    for scope in scopes(spec):
        found.extend(_scope_problems(scope))
    return found


def _scope_problems(scope: Scope) -> Iterator[SpecProblem]:
    spec = scope.spec
    popup = scope.popup.id if scope.popup else None
    for index, dataset in enumerate(spec.datasets):
        if dataset.popup == popup:
            yield from _dataset(scope, dataset, f"datasets.{index}")
    for index, transaction in enumerate(spec.transactions):
        if transaction.popup == popup:
            yield from _transaction(scope, transaction, f"transactions.{index}")
    for index, region in enumerate(spec.regions):
        if region.popup == popup:
            yield from _region(scope, region, f"regions.{index}")
    for index, action in enumerate(spec.actions):
        if action.popup == popup:
            yield from _action(scope, action, f"actions.{index}")


def _duplicates(spec: ScreenSpec) -> Iterator[SpecProblem]:
    lists: dict[str, Iterable[tuple[str, str | None]]] = {
        "datasets": ((item.id, item.popup) for item in spec.datasets),
        "transactions": ((item.id, item.popup) for item in spec.transactions),
        "regions": ((item.id, item.popup) for item in spec.regions),
        "actions": ((item.id, item.popup) for item in spec.actions),
        "popups": ((item.id, None) for item in spec.popups),
        "rules": ((item.id, None) for item in spec.rules),
    }
    for name, keys in lists.items():
        seen: set[tuple[str, str | None]] = set()
        for index, key in enumerate(keys):
            if key in seen:
                yield problem("duplicate_id", f"{name}.{index}.id", spec.language, name=key[0])
            seen.add(key)
    screens = {spec.screen_id}
    for index, popup in enumerate(spec.popups):
        if popup.screen_id in screens:
            yield problem("duplicate_id", f"popups.{index}.screen_id", spec.language, name=popup.screen_id)
        screens.add(popup.screen_id)


def _owners(spec: ScreenSpec) -> Iterator[SpecProblem]:
    known = {popup.id for popup in spec.popups}
    for name in ("datasets", "transactions", "regions", "actions"):
        for index, item in enumerate(getattr(spec, name)):
            if item.popup is not None and item.popup not in known:
                yield problem("unknown_popup", f"{name}.{index}.popup", spec.language, name=item.popup)


def _popups(spec: ScreenSpec) -> Iterator[SpecProblem]:
    columns = {column.name for item in spec.datasets if item.popup is None for column in item.columns}
    for index, popup in enumerate(spec.popups):
        if all(region.popup != popup.id for region in spec.regions):
            yield problem("no_region", f"popups.{index}", spec.language)
        for position, name in enumerate(popup.key):
            if name not in columns:
                path = f"popups.{index}.key.{position}"
                yield problem("unknown_column", path, spec.language, name=name, dataset="list")


def _rules(spec: ScreenSpec) -> Iterator[SpecProblem]:
    for index, rule in enumerate(spec.rules):
        dataset = spec.dataset(rule.dataset)
        if dataset is None:
            yield problem("unknown_dataset", f"rules.{index}.dataset", spec.language, name=rule.dataset)
            continue
        yield from _columns(spec, dataset, rule.columns, f"rules.{index}.columns")


def _columns(spec: ScreenSpec, dataset: Dataset, names: list[str], path: str) -> Iterator[SpecProblem]:
    known = {column.name for column in dataset.columns}
    for position, name in enumerate(names):
        if name not in known:
            yield problem("unknown_column", f"{path}.{position}", spec.language, name=name, dataset=dataset.id)
        elif name in names[:position]:
            yield problem("duplicate_column", f"{path}.{position}", spec.language, name=name)


def _dataset(scope: Scope, dataset: Dataset, path: str) -> Iterator[SpecProblem]:
    language = scope.spec.language
    if dataset.role == "code":
        return
    if not dataset.columns:
        yield problem("no_columns", f"{path}.columns", language, name=dataset.id)
    seen: set[str] = set()
    for index, column in enumerate(dataset.columns):
        if column.name in seen:
            yield problem("duplicate_column", f"{path}.columns.{index}.name", language, name=column.name)
        seen.add(column.name)
        if column.code_group and scope.code_dataset(column.code_group) is None:
            where = f"{path}.columns.{index}.code_group"
            yield problem("unknown_code_group", where, language, name=column.code_group)


def _transaction(scope: Scope, transaction: Transaction, path: str) -> Iterator[SpecProblem]:
    language = scope.spec.language
    places = [(f"{path}.sends.{index}.dataset", item.dataset) for index, item in enumerate(transaction.sends)]
    places += [(f"{path}.receives.{index}.dataset", item.dataset) for index, item in enumerate(transaction.receives)]
    seen: set[str] = set()
    for where, name in places:
        dataset = scope.dataset(name)
        if dataset is None:
            yield problem("unknown_dataset", where, language, name=name)
        elif dataset.role == "code":
            yield problem("code_in_transaction", where, language, name=name)
        elif name in seen:
            yield problem("dataset_twice", where, language, name=name)
        seen.add(name)


def _region(scope: Scope, region: Region, path: str) -> Iterator[SpecProblem]:
    language = scope.spec.language
    dataset = scope.dataset(region.dataset)
    if dataset is None:
        yield problem("unknown_dataset", f"{path}.dataset", language, name=region.dataset)
        return
    member = "columns" if region.kind == "grid" else "fields"
    if not region.shown:
        yield problem("nothing_shown", f"{path}.{member}", language, name=region.id)
    yield from _columns(scope.spec, dataset, region.shown, f"{path}.{member}")
    yield from _columns(scope.spec, dataset, region.read_only, f"{path}.read_only")


def _action(scope: Scope, action: Action, path: str) -> Iterator[SpecProblem]:
    language = scope.spec.language
    for member in _NEEDS.get(action.do, ()):
        if getattr(action, member) is None:
            yield problem("missing_member", f"{path}.{member}", language, operation=action.do, name=member)
    if "button" in action.on and not action.label.strip():
        yield problem("no_label", f"{path}.label", language, name=action.id)
    if action.transaction is not None and scope.transaction(action.transaction) is None:
        yield problem("unknown_transaction", f"{path}.transaction", language, name=action.transaction)
    if action.then is not None and scope.action(action.then) is None:
        yield problem("unknown_action", f"{path}.then", language, name=action.then)
    if action.opens is not None and all(popup.id != action.opens for popup in scope.spec.popups):
        yield problem("unknown_popup", f"{path}.opens", language, name=action.opens)
    yield from _action_region(scope, action, path)
    yield from _action_fills(scope, action, path)


def _action_fills(scope: Scope, action: Action, path: str) -> Iterator[SpecProblem]:
    """The field that a popup's choice fills, the columns beside it, and the columns of the popup."""
    region = scope.region(action.region or "")
    dataset = scope.dataset(region.dataset) if region else None
    if region is None or dataset is None:
        if action.field is not None or action.fills:
            yield problem("missing_member", f"{path}.region", scope.spec.language, operation=action.do, name="region")
        return
    if action.field is not None and action.field not in region.shown:
        where = f"{path}.field"
        yield problem("unknown_column", where, scope.spec.language, name=action.field, dataset=dataset.id)
    known = {column.name for column in dataset.columns}
    offered = chosen_columns(scope.spec, action.opens)
    for index, (own, other) in enumerate(action.fills):
        if own not in known or (offered and other not in offered):
            name, where = (own, dataset.id) if own not in known else (other, action.opens or "")
            yield problem("unknown_column", f"{path}.fills.{index}", scope.spec.language, name=name, dataset=where)


def _action_region(scope: Scope, action: Action, path: str) -> Iterator[SpecProblem]:
    if action.region is None:
        return
    language = scope.spec.language
    region = scope.region(action.region)
    if region is None:
        yield problem("unknown_region", f"{path}.region", language, name=action.region)
    elif (region.kind == "conditions" and action.do != "reset" and action.field is None) or (
        action.do in _GRID_ONLY and region.kind != "grid"
    ):
        yield problem("wrong_region", f"{path}.region", language, operation=action.do, name=action.region)
