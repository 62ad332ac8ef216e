"""Structured output: the many members that servers have for it, read as one thing."""

from typing import Any

from chassis.errors import FieldError, InvalidInput

from ..engines.protocol import Structure, StructureKind

_MEMBERS: dict[str, StructureKind] = {
    "guided_json": "json_schema",
    "guided_regex": "regex",
    "guided_choice": "choice",
    "guided_grammar": "grammar",
    "json_schema": "json_schema",
    "grammar": "grammar",
}
_STRUCTURED_OUTPUTS: dict[str, StructureKind] = {
    "json": "json_schema",
    "json_object": "json_object",
    "regex": "regex",
    "choice": "choice",
    "grammar": "grammar",
}


def take_structure(parameters: dict[str, Any]) -> Structure | None:
    """Removes every member for structured output from `parameters`, and gives what they ask for.

    Raises:
        InvalidInput: two kinds at once, or a `response_format` that nobody knows.
    """
    found: list[Structure] = []
    response_format = parameters.pop("response_format", None)
    if response_format is not None:
        found += _from_response_format(response_format)
    outputs = parameters.pop("structured_outputs", None)
    if isinstance(outputs, dict):
        found += [Structure(kind, outputs[name]) for name, kind in _STRUCTURED_OUTPUTS.items() if outputs.get(name)]
    found += [Structure(kind, value) for name, kind in _MEMBERS.items() if (value := parameters.pop(name, None))]
    if len(found) > 1:
        raise _invalid("response_format", "An answer can be held to one structure only.")
    return found[0] if found else None


def _from_response_format(response_format: Any) -> list[Structure]:
    kind = response_format.get("type") if isinstance(response_format, dict) else None
    if kind == "text":
        return []
    if kind == "json_object":
        return [Structure("json_object")]
    if kind == "json_schema":
        wrapped = response_format.get("json_schema")
        schema = wrapped.get("schema") if isinstance(wrapped, dict) else None
        if not isinstance(schema, dict):
            raise _invalid("response_format.json_schema.schema", "The schema must be an object.")
        return [Structure("json_schema", schema, str(wrapped.get("name") or "answer"), wrapped.get("strict"))]
    raise _invalid("response_format.type", "It must be `text`, `json_object` or `json_schema`.")


def _invalid(field: str, message: str) -> InvalidInput:
    return InvalidInput(message, code="invalid_response_format", errors=[FieldError(field, message)])
