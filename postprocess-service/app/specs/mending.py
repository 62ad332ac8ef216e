"""Mends the references of a spec where that is safe, each mend by name; what stays is a problem."""

import difflib
from collections.abc import Callable
from typing import Any

from screenspec.data_model import DataModel
from screenspec.problems import SpecProblem
from screenspec.references import check_references
from screenspec.spec import ScreenSpec

from .fixes import Fix, fix

_PASSES = 4
_LABELS = {
    "ko": {"submit": "조회", "add_row": "추가", "open_popup": "신규", "reset": "신규", "delete_checked": "삭제",
           "choose_row": "선택", "close_popup": "닫기", "export_excel": "엑셀"},
    "en": {"submit": "Search", "add_row": "Add", "open_popup": "New", "reset": "New", "delete_checked": "Delete",
           "choose_row": "Choose", "close_popup": "Close", "export_excel": "Excel"},
}  # fmt: skip
Document = dict[str, Any]


def mend_references(spec: ScreenSpec, data_model: DataModel | None) -> tuple[ScreenSpec, list[Fix], list[SpecProblem]]:
    """The spec with its references mended, the mends, and the problems that could not be mended."""
    fixes: list[Fix] = []
    for _ in range(_PASSES):
        problems = check_references(spec)
        if not problems:
            return spec, fixes, []
        mender = _ReferenceMender(spec, data_model)
        spec = mender.run(problems)
        if not mender.fixes:
            return spec, fixes, problems
        fixes.extend(mender.fixes)
    return spec, fixes, check_references(spec)


class _ReferenceMender:
    """One pass over the problems, from the last to the first, so that indexes stay right."""

    def __init__(self, spec: ScreenSpec, data_model: DataModel | None) -> None:
        self._spec = spec
        self._document: Document = spec.model_dump(by_alias=True)
        self._data_model = data_model
        self.fixes: list[Fix] = []
        self._mends: dict[str, Callable[[list[str]], None]] = {
            "unknown_code_group": self._code_group,
            "unknown_column": self._column,
            "duplicate_column": self._drop_item,
            "unknown_dataset": self._dataset,
            "unknown_transaction": self._action_member,
            "unknown_region": self._action_member,
            "unknown_popup": self._action_member,
            "unknown_action": self._then,
            "missing_member": self._action_member,
            "wrong_region": self._action_member,
            "duplicate_id": self._duplicate,
            "dataset_twice": self._drop_part,
            "code_in_transaction": self._drop_part,
            "nothing_shown": self._shown,
            "no_label": self._label,
        }

    def run(self, problems: list[SpecProblem]) -> ScreenSpec:
        for problem in reversed(problems):
            mend = self._mends.get(problem.code)
            if mend is not None:
                mend(problem.path.split("."))
        self._document["rules"] = [rule for rule in self._document["rules"] if rule["columns"]]
        self._document["actions"] = [action for action in self._document["actions"] if action is not None]
        return ScreenSpec.model_validate(self._document)

    def _note(self, rule: str, **names: str) -> None:
        self.fixes.append(fix(rule, self._spec.language, **names))

    def _at(self, path: list[str]) -> Any:
        node: Any = self._document
        for step in path:
            node = node[int(step)] if isinstance(node, list) else node[step]
        return node

    def _same_scope(self, kind: str, part: Document) -> list[Document]:
        return [item for item in self._document[kind] if item is not None and item["popup"] == part["popup"]]

    def _code_group(self, path: list[str]) -> None:
        column = self._at(path[:-1])
        group = column["code_group"]
        known = self._data_model.code_group(group) if self._data_model else None
        names = {item["id"] for item in self._document["datasets"]}
        name = group.lower()
        if (
            known is None
            or not known.values
            or (
                name in names
                and not any(item["id"] == name and item["code_group"] == group for item in self._document["datasets"])
            )
        ):
            column["code_group"] = None
            column["type"] = "string" if column["type"] == "code" else column["type"]
            self._note("code_group_dropped", name=group)
        elif name not in names:
            dataset = {
                "id": name,
                "role": "code",
                "label": known.label,
                "columns": [],
                "code_group": group,
                "rows": known.values,
                "entity": None,
                "popup": None,
            }
            self._document["datasets"].append(dataset)
            self._note("code_dataset_added", name=name)

    def _column(self, path: list[str]) -> None:
        if path[0] == "actions":
            self._drop_fill(path)
            return
        names, index = self._at(path[:-1]), int(path[-1])
        old = names[index]
        new = self._nearest_column(path, old)
        if new is not None and new not in names:
            names[index] = new
            self._note("unknown_reference", old=old, new=new)
        else:
            del names[index]
            self._note("reference_dropped", old=old)

    def _drop_fill(self, path: list[str]) -> None:
        """A field that a popup's choice does not fill, after all."""
        action = self._at(path[:2])
        if action is None:
            return
        if path[-1] == "field":
            self._note("reference_dropped", old=action["field"])
            action["field"] = None
        else:
            self._note("reference_dropped", old=".".join(action["fills"][int(path[-1])]))
            del action["fills"][int(path[-1])]

    def _nearest_column(self, path: list[str], old: str) -> str | None:
        if path[0] != "regions":
            return None
        region = self._at(path[:2])
        datasets = [item for item in self._same_scope("datasets", region) if item["id"] == region["dataset"]]
        return _nearest(old, [column["name"] for item in datasets for column in item["columns"]])

    def _drop_item(self, path: list[str]) -> None:
        place = path[:-1] if path[-1].isdigit() else path[:-2]
        index = int(path[-1] if path[-1].isdigit() else path[-2])
        items = self._at(place)
        old = items[index] if isinstance(items[index], str) else items[index]["name"]
        del items[index]
        self._note("duplicate_dropped", old=old)

    def _dataset(self, path: list[str]) -> None:
        part, owner = self._at(path[:-1]), self._at(path[:2])
        popup = owner.get("popup")
        names = [item["id"] for item in self._document["datasets"] if item["popup"] == popup and item["role"] != "code"]
        new = _nearest(part["dataset"], names)
        if new is not None:
            self._note("unknown_reference", old=part["dataset"], new=new)
            part["dataset"] = new
        elif path[0] == "transactions":
            self._drop_part(path)
        elif path[0] == "rules":
            part["columns"] = []
            self._note("part_dropped", old=part["id"])

    def _action_member(self, path: list[str]) -> None:
        if path[0] != "actions" or path[-1] == "popup":
            return
        action, member = self._at(path[:2]), path[-1]
        if action is None:
            return
        new = self._fitting(action, member)
        if new is not None and new != action[member]:
            action[member] = new
            self._note("member_filled", path=".".join(path), new=new)
        else:
            self._document["actions"][int(path[1])] = None
            self._note("part_dropped", old=action["id"])

    def _fitting(self, action: Document, member: str) -> str | None:
        """What an action most likely means: the nearest name, the name that is its own, or the only one."""
        if member == "opens":
            names = [item["id"] for item in self._document["popups"]]
        elif member == "region":
            kinds = {"grid"} if action["do"] in {"add_row", "choose_row", "export_excel"} else {"grid", "form"}
            names = [item["id"] for item in self._same_scope("regions", action) if item["kind"] in kinds]
        else:
            names = [item["id"] for item in self._same_scope("transactions", action)]
        if action["id"] in names:
            return str(action["id"])
        nearest = _nearest(action[member] or "", names)
        return nearest or (names[0] if len(names) == 1 or (member == "region" and names) else None)

    def _then(self, path: list[str]) -> None:
        action = self._at(path[:2])
        if action is not None:
            self._note("reference_dropped", old=action["then"])
            action["then"] = None

    def _duplicate(self, path: list[str]) -> None:
        items, index = self._document[path[0]], int(path[1])
        if path[0] == "popups" or items[index] is None:
            return
        self._note("duplicate_dropped", old=items[index]["id"])
        if path[0] == "actions":
            items[index] = None
        else:
            del items[index]

    def _drop_part(self, path: list[str]) -> None:
        items, index = self._at(path[:-2]), int(path[-2])
        self._note("reference_dropped", old=items[index]["dataset"])
        del items[index]

    def _shown(self, path: list[str]) -> None:
        region = self._at(path[:-1])
        datasets = [item for item in self._same_scope("datasets", region) if item["id"] == region["dataset"]]
        names = [column["name"] for item in datasets for column in item["columns"]]
        if names:
            region[path[-1]] = list(dict.fromkeys(names))
            self._note("columns_filled", name=region["id"])

    def _label(self, path: list[str]) -> None:
        action = self._at(path[:-1])
        if action is None:
            return
        action["label"] = _LABELS[self._spec.language][action["do"]]
        if action["do"] == "submit" and "save" in action["id"]:
            action["label"] = "저장" if self._spec.language == "ko" else "Save"
        self._note("default_label", path=action["id"], new=action["label"])


def _nearest(name: str, names: list[str]) -> str | None:
    found = difflib.get_close_matches(name, names, n=1, cutoff=0.75) if len(name) <= 63 else []
    return found[0] if found else None
