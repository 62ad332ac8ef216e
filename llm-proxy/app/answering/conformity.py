"""Whether an answer has the structure that it was to be held to, and the words with which it is asked for again."""

import re
from dataclasses import replace

import orjson

from ..engines.protocol import EngineCall, Structure
from .assembly import Assembly

_FENCE = re.compile(r"^\s*```[a-z]*\s*\n(.*?)\n?\s*```\s*$", re.DOTALL)
_TEXT_LIMIT = 300


def mismatch(structure: Structure | None, assembly: Assembly) -> str | None:
    """What is wrong, or None. An answer that was cut off by its length is not judged."""
    first = assembly.first()
    if structure is None or first is None or first.finish in {"length", "tool_calls"}:
        return None
    if structure.kind.startswith("json"):
        problem = _json_problem(structure, first.content)
        inner = unfenced(first.content)
        if problem is not None and inner != first.content and _json_problem(structure, inner) is None:
            first.replace(inner)
            return None
        return problem
    text = first.content
    if structure.kind == "choice":
        return None if text.strip() in {str(choice) for choice in structure.value} else "It is none of the choices."
    if structure.kind == "regex":
        return None if re.fullmatch(str(structure.value), text) else "It does not match the expression."
    return None


def _json_problem(structure: Structure, text: str) -> str | None:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return f"It is not JSON: {error}"[:_TEXT_LIMIT]
    if structure.kind == "json_object":
        return None if isinstance(value, dict) else "It is not a JSON object."
    from jsonschema import SchemaError
    from jsonschema.validators import validator_for
    from referencing.exceptions import Unresolvable

    try:
        kind = validator_for(structure.value)
        kind.check_schema(structure.value)
        found = next(kind(structure.value).iter_errors(value), None)
    except (SchemaError, Unresolvable):
        return None  # a schema that is wrong itself is the engine's to refuse
    return None if found is None else f"{found.json_path}: {found.message}"[:_TEXT_LIMIT]


def repaired(call: EngineCall, assembly: Assembly, problem: str) -> EngineCall:
    """The call once more, with the structure in words behind it."""
    assert call.structure is not None  # noqa: S101 - asked again for its structure
    text = first.content if (first := assembly.first()) else ""
    words = f"Answer again. {problem} {_in_words(call.structure)} Write nothing else: no fence, no explanation."
    if call.kind == "completion":
        prompt = call.prompt if isinstance(call.prompt, str) else ""
        return replace(call, prompt=f"{prompt}\n\n{words}\n")
    said = [{"role": "assistant", "content": text}, {"role": "user", "content": words}]
    return replace(call, messages=[*call.messages, *said])


def _in_words(structure: Structure) -> str:
    if structure.kind == "json_schema":
        return f"Write JSON that is valid by this schema: {orjson.dumps(structure.value).decode()}"
    if structure.kind == "choice":
        return f"Write one of: {', '.join(map(str, structure.value))}"
    if structure.kind == "regex":
        return f"Write text that matches: {structure.value}"
    return "Write one JSON object."


def unfenced(text: str) -> str:
    """The text without a code fence around it."""
    match = _FENCE.match(text)
    return match[1] if match else text
