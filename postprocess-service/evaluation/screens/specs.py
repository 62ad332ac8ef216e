"""Screen specs from data models: one builder for each pattern, and the options that each may have."""

from collections.abc import Callable
from typing import Any

from .models import Column, Model

Spec = dict[str, Any]
_SEARCHED = 5
_SHOWN = 12

OPTIONS: dict[str, tuple[str, ...]] = {
    "list": ("plain", "paged", "excel", "no_load"),
    "form": ("plain", "tabs", "lookup", "widgets"),
    "list_popup": ("plain", "paged", "deletable"),
    "list_detail": ("plain", "tabs", "lookup", "widgets"),
    "master_detail": ("plain", "tabs", "excel"),
    "multi_save": ("plain", "paged", "excel", "rules"),
    "popup_picker": ("plain", "paged"),
}
WORDS = {
    "ko": {"search": "조회", "add": "추가", "new": "신규", "delete": "삭제", "save": "저장", "excel": "엑셀",
           "choose": "선택", "close": "닫기", "find": "찾기", "sure": "저장하시겠습니까?", "drop": "삭제하시겠습니까?",
           "first": "기본 정보", "second": "추가 정보", "rows": "목록", "unique": "키가 중복되었습니다."},
    "en": {"search": "Search", "add": "Add", "new": "New", "delete": "Delete", "save": "Save", "excel": "Excel",
           "choose": "Choose", "close": "Close", "find": "Find", "sure": "Save?", "drop": "Delete?",
           "first": "Basics", "second": "More", "rows": "Rows", "unique": "The key exists twice."},
}  # fmt: skip


def cases() -> list[tuple[str, str]]:
    """Every pattern with each of its options."""
    return [(pattern, option) for pattern, options in OPTIONS.items() for option in options]


def build(model: Model, pattern: str, option: str) -> Spec:
    return _BUILDERS[pattern](_Draft(model, pattern, option))


class _Draft:
    """A spec that grows part by part."""

    def __init__(self, model: Model, pattern: str, option: str) -> None:
        self.model, self.pattern, self.option = model, pattern, option
        self.words = WORDS[model.language]
        self.datasets: list[Spec] = []
        self.transactions: list[Spec] = []
        self.regions: list[Spec] = []
        self.actions: list[Spec] = []
        self.popups: list[Spec] = []
        self.rules: list[Spec] = []

    def finished(self) -> Spec:
        codes = [
            {"id": f"code_{group.lower()}", "role": "code", "code_group": group, "rows": [list(row) for row in rows]}
            for group, rows in self.model.groups.items()
        ]
        if self.option == "lookup":
            self._lookup()
        name = "".join(part.capitalize() for part in f"{self.model.name}_{self.pattern}_{self.option}".split("_"))
        return {
            "version": "1", "screen_id": name, "title": self.model.title, "language": self.model.language,
            "pattern": self.pattern, "framework": "xframe5", "datasets": [*self.datasets, *codes],
            "transactions": self.transactions, "regions": self.regions, "actions": self.actions,
            "popups": self.popups, "rules": self.rules,
        }  # fmt: skip

    def columns(self, columns: list[Column] | None = None) -> list[Column]:
        """The columns of a dataset; with widgets those that have a choice are edited by radio buttons or on lines."""
        own = [dict(column) for column in columns or self.model.columns]
        for column in own:
            if self.option == "widgets" and column["type"] in {"code", "boolean"}:
                column["widget"] = "radio"
            elif self.option == "widgets" and column["type"] == "string" and (column.get("length") or 0) > 100:
                column["widget"] = "multiline"
        return own

    def names(self, limit: int = 60) -> list[str]:
        return [column["name"] for column in self.model.columns][:limit]

    def conditions(self) -> None:
        chosen: list[Column] = []
        for column in self.model.columns[: _SEARCHED + 1]:
            plain = {key: value for key, value in column.items() if key not in {"key", "required", "widget"}}
            if column["type"] == "date":
                chosen += [dict(plain, name=f"{column['name']}_from"), dict(plain, name=f"{column['name']}_to")]
            elif column["type"] != "text":
                chosen.append(plain)
        chosen = chosen[:8] or [{"name": "word", "label": self.words["search"], "type": "string", "length": 50}]
        self.datasets.append({"id": "search", "role": "search", "columns": chosen})
        fields = [column["name"] for column in chosen]
        self.regions.append({"id": "conditions", "kind": "conditions", "dataset": "search", "fields": fields})

    def query(self, *, on_load: bool = True) -> None:
        path = f"{self.model.name}/select.do"
        entry: Spec = {"id": "search", "label": self.words["search"], "path": path, "sends": [{"dataset": "search"}]}
        entry["receives"] = [{"dataset": "list"}]
        if self.option == "paged":
            entry["page_size"] = 20
        self.transactions.append(entry)
        on = ["button", "enter", "load"] if on_load and self.option != "no_load" else ["button", "enter"]
        self.button("search", "search", "submit", transaction="search", on=on)

    def save(self, dataset: str, **more: Any) -> None:
        path = f"{self.model.name}/save.do"
        sends = [{"dataset": dataset, "rows": "changed"}]
        self.transactions.append({"id": "save", "label": self.words["save"], "path": path, "sends": sends})
        self.button("save", "save", "submit", transaction="save", validate=True, confirm=self.words["sure"], **more)

    def button(self, name: str, word: str, does: str, *, on: list[str] | None = None, **more: Any) -> None:
        self.actions.append({"id": name, "label": self.words[word], "on": on or ["button"], "do": does, **more})

    def excel(self, region: str) -> None:
        if self.option == "excel":
            self.button("excel", "excel", "export_excel", region=region)

    def _lookup(self) -> None:
        """A popup that fills the first text of the form that is no key."""
        form = next(region for region in self.regions if region["kind"] == "form")
        texts = [item["name"] for item in self.model.columns if item["type"] == "string" and not item.get("key")]
        field = next((name for name in texts if name in form["fields"]), None)
        if field is None:
            return
        popup: Spec = {"popup": "finder"}
        columns = [
            {"name": "code", "label": self.words["find"], "type": "string", "length": 10, "key": True},
            {"name": "name", "label": self.words["rows"], "type": "string", "length": 50},
        ]
        word = {"name": "word", "label": self.words["find"], "type": "string", "length": 30}
        self.datasets.append({"id": "finder_search", "role": "search", "columns": [word], **popup})
        self.datasets.append({"id": "finder_list", "role": "list", "columns": columns, **popup})
        self.transactions.append(
            {"id": "finder", "path": "common/select.do", "sends": [{"dataset": "finder_search"}],
             "receives": [{"dataset": "finder_list"}], **popup}
        )  # fmt: skip
        self.regions.append(
            {"id": "finder_words", "kind": "conditions", "dataset": "finder_search", "fields": ["word"], **popup}
        )
        self.regions.append(
            {"id": "finder_grid", "kind": "grid", "dataset": "finder_list", "columns": ["code", "name"], **popup}
        )
        fills = [[field, "code"]] + ([[texts[1], "name"]] if len(texts) > 1 else [])
        self.button("find", "find", "open_popup", opens="finder", region=form["id"], field=field, fills=fills)
        self.button("finder_search", "search", "submit", transaction="finder", on=["button", "enter", "load"], **popup)
        self.button("choose", "choose", "choose_row", on=["button", "row_double_click"], region="finder_grid", **popup)
        self.button("finder_close", "close", "close_popup", **popup)
        self.popups.append({"id": "finder", "screen_id": "FinderPopup", "title": self.words["find"]})

    def list_dataset(self, role: str = "list") -> None:
        self.datasets.append(
            {
                "id": "list",
                "role": role,
                "entity": self.model.name,
                "label": self.words["rows"],
                "columns": self.columns(),
            }
        )

    def grid(self, **more: Any) -> None:
        label = f"{self.model.title} {self.words['rows']}" if self.model.language == "ko" else self.words["rows"]
        self.regions.append(
            {"id": "grid", "kind": "grid", "dataset": "list", "label": label, "columns": self.names(), **more}
        )

    def forms(self, dataset: str) -> None:
        names = self.names()
        first = {"id": "form", "kind": "form", "dataset": dataset, "label": self.words["first"], "fields": names}
        if self.option != "tabs" or len(names) < 2:
            self.regions.append(first)
            return
        half = (len(names) + 1) // 2
        self.regions.append(first | {"fields": names[:half], "tab": self.words["first"]})
        second = {"id": "form_more", "label": self.words["second"], "fields": names[half:], "tab": self.words["second"]}
        self.regions.append(first | second)

    def key_dataset(self, popup: str | None = None) -> None:
        columns = [dict(column, key=False) for column in self.model.columns if column.get("key")]
        own = {"popup": popup} if popup else {}
        self.datasets.append({"id": f"{popup}_key" if popup else "key", "role": "lookup", "columns": columns, **own})


def _list(draft: _Draft) -> Spec:
    draft.conditions()
    draft.list_dataset()
    draft.query()
    draft.grid()
    draft.excel("grid")
    return draft.finished()


def _form(draft: _Draft) -> Spec:
    draft.key_dataset()
    draft.datasets[-1] |= {"id": "search", "role": "search"}
    fields = [column["name"] for column in draft.datasets[-1]["columns"]]
    draft.regions.append({"id": "conditions", "kind": "conditions", "dataset": "search", "fields": fields})
    draft.list_dataset("detail")
    draft.query(on_load=False)
    draft.forms("list")
    draft.button("new", "new", "reset", region="form")
    draft.save("list")
    return draft.finished()


def _list_popup(draft: _Draft) -> Spec:
    draft.conditions()
    draft.list_dataset()
    draft.query()
    deletable = draft.option == "deletable"
    draft.grid(checkable=deletable)
    draft.key_dataset("editor")
    popup: Spec = {"popup": "editor"}
    columns = draft.columns()
    path = draft.model.name
    draft.datasets.append({"id": "record", "role": "detail", "entity": path, "columns": columns, **popup})
    sent = {"path": f"{path}/detail.do", "sends": [{"dataset": "editor_key"}], "receives": [{"dataset": "record"}]}
    draft.transactions.append({"id": "read", **sent, **popup})
    draft.transactions.append(
        {"id": "write", "path": f"{path}/save.do", "sends": [{"dataset": "record", "rows": "changed"}], **popup}
    )
    draft.regions.append({"id": "editor_form", "kind": "form", "dataset": "record", "fields": draft.names(), **popup})
    draft.button("new", "new", "open_popup", opens="editor")
    draft.button("edit", "find", "open_popup", on=["row_double_click"], opens="editor", region="grid", pass_key=True)
    draft.button("again", "search", "submit", on=["popup_closed"], transaction="search")
    if deletable:
        sends = [{"dataset": "list", "rows": "changed"}]
        draft.transactions.append({"id": "drop", "path": f"{path}/delete.do", "sends": sends})
        more: Spec = {"region": "grid", "transaction": "drop", "confirm": draft.words["drop"], "then": "search"}
        draft.button("delete", "delete", "delete_checked", **more)
    draft.button("read", "search", "submit", on=["load"], transaction="read", **popup)
    more = {"transaction": "write", "validate": True, "confirm": draft.words["sure"], "then": "close", **popup}
    draft.button("write", "save", "submit", **more)
    draft.button("close", "close", "close_popup", **popup)
    draft.popups.append(
        {"id": "editor", "screen_id": "EditorPopup", "title": draft.model.title, "key": draft.model.keys}
    )
    return draft.finished()


def _list_detail(draft: _Draft) -> Spec:
    draft.conditions()
    draft.list_dataset()
    draft.query()
    draft.grid(checkable=True)
    draft.regions[-1]["columns"] = draft.names(6)
    draft.forms("list")
    draft.button("add", "add", "add_row", region="grid")
    draft.button("delete", "delete", "delete_checked", region="grid")
    draft.save("list", then="search")
    return draft.finished()


def _master_detail(draft: _Draft) -> Spec:
    draft.conditions()
    draft.list_dataset()
    draft.query()
    draft.grid()
    draft.regions[-1]["columns"] = draft.names(_SHOWN)
    draft.key_dataset()
    path = draft.model.name
    child = draft.columns(draft.model.child)
    draft.datasets.append({"id": "lines", "role": "detail", "entity": f"{path}_line", "label": "", "columns": child})
    sent = {"path": f"{path}/lines.do", "sends": [{"dataset": "key"}], "receives": [{"dataset": "lines"}]}
    draft.transactions.append({"id": "lines", **sent})
    tab = {"tab": draft.words["first"]} if draft.option == "tabs" else {}
    draft.regions.append(
        {"id": "lines_grid", "kind": "grid", "dataset": "lines", "label": draft.words["first"], "editable": True,
         "checkable": True, "columns": [column["name"] for column in child], "read_only": draft.model.keys, **tab}
    )  # fmt: skip
    if tab:
        more = {"fields": draft.names(), "tab": draft.words["second"], "label": draft.words["second"]}
        draft.regions.append({"id": "master", "kind": "form", "dataset": "list", **more})
    draft.button("select", "find", "submit", on=["row_select"], region="grid", transaction="lines")
    draft.button("add", "add", "add_row", region="lines_grid")
    draft.button("delete", "delete", "delete_checked", region="lines_grid")
    draft.save("lines", then="search")
    draft.excel("grid")
    return draft.finished()


def _multi_save(draft: _Draft) -> Spec:
    draft.conditions()
    draft.list_dataset()
    draft.query()
    draft.grid(editable=True, checkable=True)
    draft.button("add", "add", "add_row", region="grid")
    draft.button("delete", "delete", "delete_checked", region="grid")
    draft.save("list", then="search")
    draft.excel("grid")
    if draft.option == "rules":
        rule = {"id": "keys", "dataset": "list", "kind": "unique", "columns": draft.model.keys}
        draft.rules.append(rule | {"message": draft.words["unique"]})
    return draft.finished()


def _popup_picker(draft: _Draft) -> Spec:
    draft.conditions()
    draft.list_dataset()
    draft.query()
    draft.grid()
    draft.regions[-1]["columns"] = draft.names(_SHOWN)
    draft.button("choose", "choose", "choose_row", on=["button", "row_double_click"], region="grid")
    draft.button("close", "close", "close_popup")
    return draft.finished()


_BUILDERS: dict[str, Callable[[_Draft], Spec]] = {
    "list": _list,
    "form": _form,
    "list_popup": _list_popup,
    "list_detail": _list_detail,
    "master_detail": _master_detail,
    "multi_save": _multi_save,
    "popup_picker": _popup_picker,
}
