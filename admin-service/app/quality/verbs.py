"""What a spec does, by meaning: its actions, transactions and options, whatever their ids."""

from collections.abc import Mapping
from typing import Any

Spec = Mapping[str, Any]
_DELETING = ("delete", "remove", "삭제")
_BY_OPERATION = {
    "add_row": "add",
    "reset": "add",
    "delete_checked": "delete",
    "export_excel": "export",
    "choose_row": "choose",
    "close_popup": "close",
}


def transactions_of(spec: Spec) -> dict[str, str]:
    """`search`, `detail`, `save` or `delete` for each transaction's id."""
    roles = {dataset.get("id"): dataset.get("role") for dataset in spec.get("datasets") or ()}
    return {str(item.get("id")): _meaning(item, roles) for item in spec.get("transactions") or ()}


def actions_of(spec: Spec) -> set[str]:
    """`search`, `add`, `edit`, `delete`, `save`, `detail`, `choose`, `close`, `export`."""
    transactions = transactions_of(spec)
    found = set()
    for action in spec.get("actions") or ():
        operation = action.get("do")
        if operation == "submit":
            found.add(transactions.get(str(action.get("transaction")), "unknown"))
        elif operation == "open_popup":
            found.add("edit" if action.get("pass_key") else "add")
        else:
            found.add(_BY_OPERATION.get(str(operation), "unknown"))
    return found - {"unknown"}


def options_of(spec: Spec) -> set[str]:
    """`export`, `paging`, `date_range`, `editable`, `popup`."""
    regions = spec.get("regions") or ()
    columns = {
        str(column.get("name"))
        for dataset in spec.get("datasets") or ()
        if dataset.get("role") == "search"
        for column in dataset.get("columns") or ()
    }
    stems = {name.removesuffix("_from") for name in columns if name.endswith("_from")}
    present = {
        "export": "export" in actions_of(spec),
        "paging": any(item.get("page_size") for item in spec.get("transactions") or ()),
        "date_range": any(f"{stem}_to" in columns for stem in stems),
        "editable": any(region.get("editable") for region in regions if region.get("kind") == "grid"),
        "popup": bool(spec.get("popups")),
    }
    return {name for name, there in present.items() if there}


def _meaning(transaction: Mapping[str, Any], roles: Mapping[Any, Any]) -> str:
    sent = {roles.get(part.get("dataset")) for part in transaction.get("sends") or ()}
    received = {roles.get(part.get("dataset")) for part in transaction.get("receives") or ()}
    name = f"{transaction.get('id')} {transaction.get('path')}".lower()
    if received & {"list", "detail"}:
        return "search" if "search" in sent or not sent or received == {"list"} else "detail"
    return "delete" if any(word in name for word in _DELETING) else "save"
