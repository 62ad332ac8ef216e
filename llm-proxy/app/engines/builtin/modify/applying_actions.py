"""Applies edits of buttons: their actions, and the transactions that these need or leave behind."""

from screenspec.spec import Action, Region, ScreenSpec, Send, Transaction

from ..words import words_of
from .edits import AddButton, ButtonKind, NotUnderstoodError, RemoveButton, RenameButton


class ActionEdits:
    """Edits of the screen's own buttons."""

    def __init__(self, spec: ScreenSpec) -> None:
        self._spec = spec
        self._words = words_of(spec.language)

    def add(self, edit: AddButton) -> None:
        action = self._action(edit.kind)
        if any(item.do == action.do and item.transaction == action.transaction for item in self._own() if item.on):
            raise NotUnderstoodError("exists", action.label)
        at = sum(item.popup is None for item in self._spec.actions)
        taken = {item.id for item in self._own()}
        if action.id in taken:
            action.id = f"{action.id}_button"
        self._spec.actions.insert(at, action)

    def remove(self, edit: RemoveButton) -> None:
        action = self._find(edit.action)
        if set(action.on) == {"button"} and all(item.then != action.id for item in self._own()):
            self._spec.actions = [item for item in self._spec.actions if item is not action]
            self._drop_transaction(action)
        else:
            action.on = [item for item in action.on if item != "button"]

    def rename(self, edit: RenameButton) -> None:
        self._find(edit.action).label = edit.label

    def _own(self) -> list[Action]:
        return [item for item in self._spec.actions if item.popup is None]

    def _find(self, action_id: str) -> Action:
        return next(item for item in self._spec.actions if item.id == action_id and "button" in item.on)

    def _drop_transaction(self, action: Action) -> None:
        """A transaction that nothing asks for any more."""
        used = {item.transaction for item in self._spec.actions if item.popup == action.popup}
        if action.transaction is not None and action.transaction not in used:
            self._spec.transactions = [
                item
                for item in self._spec.transactions
                if not (item.id == action.transaction and item.popup == action.popup)
            ]

    def _grid(self, kind: ButtonKind) -> Region:
        grids = [item for item in self._spec.regions if item.kind == "grid" and item.popup is None]
        edited = [item for item in grids if item.editable] or grids
        if not grids:
            raise NotUnderstoodError("no_grid", kind)
        return grids[0] if kind == "export" else edited[0]

    def _action(self, kind: ButtonKind) -> Action:
        words = self._words
        if kind == "export":
            return Action(id="export", label=words.export, on=["button"], do="export_excel", region=self._grid(kind).id)
        if kind == "add":
            return Action(id="add", label=words.add, on=["button"], do="add_row", region=self._rows_can_be_added().id)
        if kind == "reset":
            region = next((item for item in self._spec.regions if item.kind == "conditions"), None)
            if region is None:
                raise NotUnderstoodError("no_conditions", kind)
            label = "초기화" if self._spec.language == "ko" else "Reset"
            return Action(id="reset", label=label, on=["button"], do="reset", region=region.id)
        if kind == "save":
            return self._save()
        if kind == "delete":
            return self._delete()
        raise NotUnderstoodError("exists" if kind == "search" else "no_button", kind)

    def _rows_can_be_added(self) -> Region:
        grid = self._grid("add")
        forms = [item for item in self._spec.regions if item.kind == "form" and item.dataset == grid.dataset]
        if not grid.editable and not forms:
            raise NotUnderstoodError("grid_read_only", grid.label or grid.id)
        return grid

    def _save(self) -> Action:
        grid = self._grid("save")
        transaction = self._transaction(grid, "save", self._words.save)
        then = next((item.id for item in self._own() if item.do == "submit" and "load" in item.on), None)
        return Action(
            id="save", label=self._words.save, on=["button"], do="submit", transaction=transaction,
            validates=True, confirm=self._words.confirm_save, then=then,
        )  # fmt: skip

    def _delete(self) -> Action:
        """Rows go at once where nothing else saves them, else with the next save."""
        grid = self._grid("delete")
        grid.checkable = True
        delete = Action(id="delete", label=self._words.delete, on=["button"], do="delete_checked", region=grid.id)
        if any(self._sends(item, grid.dataset) for item in self._spec.transactions if item.popup is None):
            return delete
        then = next((item.id for item in self._own() if item.do == "submit" and "load" in item.on), None)
        delete.transaction = self._transaction(grid, "delete", self._words.delete)
        delete.confirm, delete.then = self._words.confirm_delete, then
        return delete

    @staticmethod
    def _sends(transaction: Transaction, dataset: str) -> bool:
        return any(send.dataset == dataset and send.rows == "changed" for send in transaction.sends)

    def _transaction(self, grid: Region, name: str, label: str) -> str:
        """The transaction that sends the grid's changed rows; a new one where there is none."""
        own = [item for item in self._spec.transactions if item.popup is None]
        found = next((item for item in own if self._sends(item, grid.dataset)), None)
        if found is not None:
            return found.id
        dataset = self._spec.dataset(grid.dataset)
        folder = own[0].path.rpartition("/")[0] if own else (dataset.entity if dataset and dataset.entity else "screen")
        taken = {item.id for item in own}
        transaction_id = f"{name}_rows" if name in taken else name
        sends = [Send(dataset=grid.dataset, rows="changed")]
        self._spec.transactions.insert(
            len(own), Transaction(id=transaction_id, label=label, path=f"{folder}/{name}.do", sends=sends)
        )
        return transaction_id
