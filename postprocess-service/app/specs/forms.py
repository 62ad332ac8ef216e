"""Mends the form of a spec before it is validated: names, types, lists, members that the format does not know."""

import re
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from screenspec.spec import ScreenSpec

from .fixes import Fix, fix

_NAMES = frozenset({"id", "name", "dataset", "entity", "popup", "transaction", "region", "opens", "then"})
_NAME_LISTS = frozenset({"fields", "columns", "read_only", "key"})
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")
_TYPES = {
    "varchar": "string", "char": "string", "str": "string", "nvarchar": "string", "varchar2": "string",
    "clob": "text", "textarea": "text", "longtext": "text", "int": "integer", "bigint": "integer", "long": "integer",
    "smallint": "integer", "number": "decimal", "numeric": "decimal", "float": "decimal", "double": "decimal",
    "money": "decimal", "bool": "boolean", "timestamp": "datetime", "enum": "code", "select": "code", "combo": "code",
}  # fmt: skip
_PARTS: dict[str, type[BaseModel]] = {
    name: get_args(hint)[0]
    for name, hint in get_type_hints(ScreenSpec).items()
    if get_args(hint) and isinstance(get_args(hint)[0], type) and issubclass(get_args(hint)[0], BaseModel)
}


class FormMender:
    """Mends one document, in place of which it gives a new one."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.fixes: list[Fix] = []

    def mend(self, document: dict[str, Any]) -> dict[str, Any]:
        return self._part(document, ScreenSpec, "")

    def _note(self, rule: str, **names: str) -> None:
        self.fixes.append(fix(rule, self._language, **names))

    def _part(self, document: dict[str, Any], model: type[BaseModel], path: str) -> dict[str, Any]:
        members = {field.alias or name: name for name, field in model.model_fields.items()}
        result: dict[str, Any] = {}
        for key, value in document.items():
            where = f"{path}.{key}".lstrip(".")
            if key not in members and key not in members.values():
                self._note("unknown_member", path=where)
            elif value is not None:
                result[key] = self._member(key, value, model, where)
        if "label" in model.model_fields and model.model_fields["label"].is_required() and not result.get("label"):
            result["label"] = str(result.get("name", "")).replace("_", " ").strip().capitalize() or "-"
            self._note("default_label", path=path, new=result["label"])
        return result

    def _member(self, key: str, value: Any, model: type[BaseModel], where: str) -> Any:
        inner = self._model_of(key, model)
        annotation = str(model.model_fields[key].annotation) if key in model.model_fields else ""
        is_list = annotation.startswith(("list", "typing.List"))
        if is_list and not isinstance(value, list):
            self._note("list_form", path=where)
            value = [value]
        if inner is not None and is_list:
            return [
                self._part(item, inner, f"{where}.{index}") if isinstance(item, dict) else self._plain_item(item, key)
                for index, item in enumerate(value)
            ]
        if key in _NAME_LISTS and is_list:
            return [self._name(item) if isinstance(item, str) else item for item in value]
        if key in _NAMES and isinstance(value, str):
            return self._name(value)
        if key == "rows" and is_list:
            return [self._row(item, where) for item in value]
        if key == "type" and isinstance(value, str):
            return self._type(value)
        return self._screen_id(value) if key == "screen_id" and isinstance(value, str) else value

    @staticmethod
    def _plain_item(item: Any, key: str) -> Any:
        """`"sends": ["list"]` means the dataset of that name."""
        return {"dataset": item} if key in {"sends", "receives"} and isinstance(item, str) else item

    @staticmethod
    def _model_of(key: str, model: type[BaseModel]) -> type[BaseModel] | None:
        field = model.model_fields.get(key)
        arguments = get_args(field.annotation) if field else ()
        found = arguments[0] if arguments else None
        return found if isinstance(found, type) and issubclass(found, BaseModel) else None

    def _name(self, value: str) -> str:
        if _NAME.match(value):
            return value
        spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", value[:200])
        new = re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")[:63]
        if not new or not new[0].isalpha():
            return value
        self._note("name_form", old=value, new=new)
        return new

    def _screen_id(self, value: str) -> str:
        words = re.findall(r"[A-Za-z0-9]+", value[:200])
        new = "".join(word[0].upper() + word[1:] for word in words)[:63]
        if new == value or not new or not new[0].isalpha():
            return value
        self._note("name_form", old=value, new=new)
        return new

    def _type(self, value: str) -> str:
        lower = value.strip().lower().split("(", maxsplit=1)[0]
        new = _TYPES.get(lower, lower)
        if new != value:
            self._note("type_name", old=value, new=new)
        return new

    def _row(self, item: Any, where: str) -> Any:
        """`{"code": "01", "name": "대기"}` and `"대기"` are rows of a code dataset, too."""
        if isinstance(item, dict) and len(item) >= 2:
            self._note("value_form", path=where)
            return [str(value) for value in list(item.values())[:2]]
        if isinstance(item, str):
            self._note("value_form", path=where)
            return [item, item]
        return [str(value) for value in item[:2]] if isinstance(item, list) else item
