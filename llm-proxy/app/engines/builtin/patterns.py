"""The seven screen patterns by rule, as the conventions of the file format describe them (libs/screenspec)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from screenspec.data_model import DataModel, Entity, Relation
from screenspec.spec import Action, Dataset, Pattern, Popup, Region, Transaction

from . import parts
from .columns import EntityColumns, condition_columns, entity_columns, key_columns
from .words import Words


@dataclass(frozen=True, slots=True)
class Subject:
    """What a screen is composed from."""

    model: DataModel
    words: Words
    screen_id: str

    @property
    def main(self) -> Entity:
        return self.model.entities[0]

    def main_columns(self) -> EntityColumns:
        return entity_columns(self.main, self.model)


@dataclass(slots=True)
class Body:
    """A screen without its head, and without its code datasets, which follow from its columns."""

    pattern: Pattern
    datasets: list[Dataset]
    transactions: list[Transaction]
    regions: list[Region]
    actions: list[Action]
    popups: list[Popup] = field(default_factory=list)


def compose_body(pattern: Pattern, subject: Subject) -> Body:
    return _COMPOSERS[pattern](subject)


def _list(subject: Subject) -> Body:
    words, source = subject.words, subject.main_columns()
    conditions = condition_columns(source)
    return Body(
        pattern="list",
        datasets=[parts.search_dataset(conditions, words), parts.list_dataset(source, words)],
        transactions=[parts.search_transaction(subject.main.name, words)],
        regions=[parts.conditions_region(conditions), parts.grid_region(source, words, alone=True)],
        actions=[parts.search_action(words), parts.export_action(words)],
    )


def _multi_save(subject: Subject) -> Body:
    words, source = subject.words, subject.main_columns()
    body = _list(subject)
    body.pattern = "multi_save"
    body.transactions.append(parts.save_transaction(subject.main.name, words, dataset="list"))
    body.regions[-1] = parts.grid_region(source, words, editable=True, checkable=True, alone=True)
    body.actions = [
        parts.search_action(words),
        parts.add_action(words),
        parts.delete_action(words),
        parts.save_action(words),
    ]
    return body


def _list_detail(subject: Subject) -> Body:
    """The form stands on the grid's own dataset: moving in the grid moves the form."""
    words, source = subject.words, subject.main_columns()
    body = _multi_save(subject)
    body.pattern = "list_detail"
    label = words.detail_of.format(subject.main.label)
    body.regions[-1] = parts.grid_region(source, words, checkable=True)
    body.regions.append(parts.form_region(source, dataset="list", label=label))
    return body


def _list_popup(subject: Subject) -> Body:
    words, source = subject.words, subject.main_columns()
    entity, popup = subject.main, _popup_id(subject.main.name)
    body = _list(subject)
    body.pattern = "list_popup"
    body.datasets += [
        parts.key_dataset(key_columns(source, source.keys), popup=popup),
        parts.detail_dataset(source, words, popup=popup),
    ]
    delete = parts.save_transaction(entity.name, words, dataset="list")
    body.transactions += [
        delete.model_copy(update={"id": "delete", "label": words.delete, "path": f"{entity.name}/delete.do"}),
        parts.detail_transaction(entity.name, words, popup=popup),
        parts.save_transaction(entity.name, words, dataset="detail", popup=popup),
    ]
    body.regions[-1] = parts.grid_region(source, words, checkable=True)
    body.regions.append(parts.form_region(source, dataset="detail", label="", popup=popup))
    body.actions = _list_popup_actions(words, popup)
    title = words.popup_title.format(entity.label)
    body.popups = [Popup(id=popup, screen_id=_popup_screen(subject), title=title, key=source.keys)]
    return body


def _list_popup_actions(words: Words, popup: str) -> list[Action]:
    return [
        parts.search_action(words, popups=True),
        Action(id="add", label=words.new, on=["button"], do="open_popup", opens=popup),
        Action(id="edit", on=["row_double_click"], do="open_popup", region="grid", opens=popup, pass_key=True),
        Action(
            id="delete",
            label=words.delete,
            on=["button"],
            do="delete_checked",
            region="grid",
            transaction="delete",
            confirm=words.confirm_delete,
            then="search",
        ),
        Action(id="load", on=["load"], do="submit", transaction="detail", popup=popup),
        parts.save_action(words, then="close", popup=popup),
        parts.close_action(words, popup=popup),
    ]


def _form(subject: Subject) -> Body:
    words, source = subject.words, subject.main_columns()
    conditions = key_columns(source, source.keys)
    label = words.information_of.format(subject.main.label)
    return Body(
        pattern="form",
        datasets=[parts.search_dataset(conditions, words), parts.detail_dataset(source, words)],
        transactions=[
            parts.search_transaction(subject.main.name, words, receives="detail"),
            parts.save_transaction(subject.main.name, words, dataset="detail"),
        ],
        regions=[parts.conditions_region(conditions), parts.form_region(source, dataset="detail", label=label)],
        actions=[
            parts.search_action(words, load=False),
            Action(id="add", label=words.new, on=["button"], do="reset", region="form"),
            parts.save_action(words),
        ],
    )


def _master_detail(subject: Subject) -> Body:
    """Where the request knows of one entity alone, its details are its own fields: a list with its detail."""
    relation = _relation(subject.model)
    child = subject.model.entity(relation.child) if relation else None
    if relation is None or child is None:
        return _list_detail(subject)
    words = subject.words
    references = relation.child_fields
    detail = entity_columns(_with_references(child, subject.main, relation), subject.model, given=references)
    shown = detail.in_grid(editable=True, alone=True)
    body = _list(subject)
    body.pattern = "master_detail"
    body.datasets += [parts.key_dataset(key_columns(detail, references)), parts.detail_dataset(detail, words)]
    body.transactions += [
        parts.detail_transaction(subject.main.name, words),
        parts.save_transaction(subject.main.name, words, dataset="detail"),
    ]
    body.regions.append(
        Region(
            id="detail_grid",
            kind="grid",
            dataset="detail",
            label=words.list_of.format(child.label),
            columns=shown,
            read_only=[name for name in shown if name in references or name in detail.server_filled],
            editable=True,
            checkable=True,
        )
    )
    body.actions = [
        parts.search_action(words),
        Action(id="select", on=["row_select"], do="submit", region="grid", transaction="detail"),
        parts.add_action(words, region="detail_grid"),
        parts.delete_action(words, region="detail_grid"),
        parts.save_action(words),
    ]
    return body


def _relation(model: DataModel) -> Relation | None:
    """The main entity's first relation; without one, the second entity is taken to refer to the main one's keys."""
    main = model.entities[0]
    stated = next((item for item in model.relations if item.parent == main.name and item.child != main.name), None)
    if stated is not None and model.entity(stated.child) and stated.child_fields:
        return stated
    if len(model.entities) == 1:
        return None
    keys = entity_columns(main, model).keys
    return Relation(parent=main.name, child=model.entities[1].name, parent_fields=keys, child_fields=keys)


def _with_references(child: Entity, parent: Entity, relation: Relation) -> Entity:
    """The child with the fields that refer to its parent, where it lacks them."""
    have = {item.name for item in child.fields}
    parents = {item.name: item for item in parent.fields}
    pairs = zip(relation.child_fields, [*relation.parent_fields, *relation.child_fields], strict=False)
    missing = [
        parents[theirs].model_copy(update={"name": ours, "key": True})
        for ours, theirs in pairs
        if ours not in have and theirs in parents
    ]
    return child.model_copy(update={"fields": [*missing, *child.fields]})


def _popup_picker(subject: Subject) -> Body:
    words = subject.words
    body = _list(subject)
    body.pattern = "popup_picker"
    body.actions = [
        parts.search_action(words),
        Action(id="choose", label=words.choose, on=["button", "row_double_click"], do="choose_row", region="grid"),
        parts.close_action(words),
    ]
    return body


def _popup_id(entity: str) -> str:
    return f"{entity[:56]}_popup"


def _popup_screen(subject: Subject) -> str:
    """`TaskPopup` beside `TaskList`."""
    return f"{subject.screen_id.removesuffix('List')[:57]}Popup"


_COMPOSERS: dict[Pattern, Callable[[Subject], Body]] = {
    "list": _list,
    "multi_save": _multi_save,
    "list_detail": _list_detail,
    "list_popup": _list_popup,
    "form": _form,
    "master_detail": _master_detail,
    "popup_picker": _popup_picker,
}
