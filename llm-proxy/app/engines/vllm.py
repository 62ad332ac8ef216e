"""vLLM: structured output under `structured_outputs` (its older `guided_…` members are ignored by the server)."""

from typing import Any

from .openai import OpenAICompatibleEngine
from .protocol import Structure

_MEMBERS = {
    "json_schema": "json",
    "json_object": "json_object",
    "regex": "regex",
    "choice": "choice",
    "grammar": "grammar",
}


class VllmEngine(OpenAICompatibleEngine):
    """A vLLM server. Its models say their context window (`max_model_len`)."""

    def set_structure(self, body: dict[str, Any], structure: Structure) -> None:
        value = True if structure.kind == "json_object" else structure.value
        body["structured_outputs"] = {_MEMBERS[structure.kind]: value}
