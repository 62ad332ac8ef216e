"""vLLM: structured output under `structured_outputs` (its older `guided_…` members are ignored by the server)."""

from http import HTTPStatus
from typing import Any

from .errors import EngineUnreachable
from .openai import CHAT_PATH, OpenAICompatibleEngine
from .protocol import EngineCall, Structure

TOKENIZE_PATH = "/tokenize"
COUNT_LIMIT_S = 5.0

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

    def set_thinking(self, body: dict[str, Any]) -> None:
        """A model's template is what knows whether it thinks."""
        if isinstance(think := body.get("think"), bool):
            body["chat_template_kwargs"] = {"enable_thinking": think, **(body.get("chat_template_kwargs") or {})}
        super().set_thinking(body)

    async def count(self, call: EngineCall) -> int | None:
        """`/tokenize` applies the chat template itself."""
        path, body = self.request(call)
        asked = {"model": body["model"]}
        asked |= {"messages": body["messages"]} if path == CHAT_PATH else {"prompt": body["prompt"]}
        try:
            status, answer = await self.upstream.ask("POST", TOKENIZE_PATH, asked, limit_s=COUNT_LIMIT_S)
        except EngineUnreachable:
            return None
        count = answer.get("count") if status == HTTPStatus.OK and isinstance(answer, dict) else None
        return count if isinstance(count, int) else None
