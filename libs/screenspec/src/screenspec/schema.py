"""The JSON Schema of a screen spec, as engines are held to it: no titles, no descriptions, small."""

from typing import Any

from .spec import ScreenSpec

_DROPPED = frozenset({"title", "description"})


def response_schema() -> dict[str, Any]:
    """The schema for constrained decoding: `additionalProperties: false` throughout, definitions by reference."""
    schema: dict[str, Any] = _trimmed(ScreenSpec.model_json_schema(by_alias=True))
    return schema


def compact_schema() -> str:
    """The same in one line for each part, for prompts: `dataset: id*, role*(search|list…), label, columns[column]`."""
    schema = response_schema()
    parts = {"spec": schema, **schema["$defs"]}
    return "\n".join(f"{_lower(name)}: {_members(part)}" for name, part in parts.items())


def _trimmed(node: Any, *, names: bool = False) -> Any:
    """Without titles and descriptions; `names` says that the keys are members' names, which all stay."""
    if isinstance(node, dict):
        kept = {key: value for key, value in node.items() if names or key not in _DROPPED}
        return {key: _trimmed(value, names=key in {"properties", "$defs"}) for key, value in kept.items()}
    if isinstance(node, list):
        return [_trimmed(item) for item in node]
    return node


def _members(part: dict[str, Any]) -> str:
    required = set(part.get("required", ()))
    members = part["properties"].items()
    return ", ".join(f"{name}{'*' if name in required else ''}{_type(node)}" for name, node in members)


def _type(node: dict[str, Any]) -> str:
    options = [option for option in node.get("anyOf", [node]) if option.get("type") != "null"]
    return "".join(_plain_type(option) for option in options)


def _plain_type(node: dict[str, Any]) -> str:
    if "enum" in node:
        return "(" + "|".join(str(value) for value in node["enum"]) + ")"
    if "const" in node:
        return f"({node['const']})"
    if "$ref" in node:
        return "{" + _lower(node["$ref"].rsplit("/", 1)[-1]) + "}"
    if node.get("type") == "array":
        return "[" + _plain_type(node["items"]).strip("{}()") + "]" if "items" in node else "[code,label]"
    return {"boolean": "?", "integer": "#"}.get(node.get("type", ""), "")


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
