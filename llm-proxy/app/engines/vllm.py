"""vLLM: structured output under `structured_outputs` (its older `guided_…` members are ignored by the server)."""

import re
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from .adapters import Adapter
from .errors import EngineUnreachable, NotSupported
from .openai import CHAT_PATH, MODELS_PATH, OpenAICompatibleEngine, model_card, waiting_in
from .protocol import EngineCall, ProbeReport, Structure
from .upstream_errors import error_from

TOKENIZE_PATH, METRICS_PATH = "/tokenize", "/metrics"
LOAD_PATH, UNLOAD_PATH = "/v1/load_lora_adapter", "/v1/unload_lora_adapter"
LOAD_LIMIT_S = 60.0
_QUANTIZATIONS = re.compile(r"awq|gptq|int4|int8|fp8|nvfp4|mxfp4|w4a16|w8a8|bnb|4bit|q[2-8]_[0-9a-z_]+", re.IGNORECASE)
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

    async def probe(self) -> ProbeReport:
        """As any other; its metrics say how many calls wait, whoever sent them."""
        report = await super().probe()
        if report.state != "ready":
            return report
        try:
            _, metrics = await self.upstream.get(METRICS_PATH)
        except EngineUnreachable:
            return report
        return replace(report, waiting=waiting_in(metrics, "vllm:num_requests_waiting"))

    def report(self, models: Any) -> ProbeReport:
        """The card's `root` is the model's path or name, which says how it was quantized."""
        card = model_card(models, self.settings.model)
        root = str((card or {}).get("root") or self.settings.model)
        return replace(super().report(models), quantization=quantization_in(root), adapters=_adapters(models))

    async def list_adapters(self) -> list[Adapter]:
        """Models with a parent are adapters."""
        _, models = await self.upstream.get(MODELS_PATH)
        data = models.get("data") if isinstance(models, dict) else None
        cards = [card for card in data or () if isinstance(card, dict) and card.get("parent")]
        return [Adapter(str(card["id"]), str(card.get("root") or "")) for card in cards]

    async def load_adapter(self, name: str, path: str) -> None:
        await self._tell(LOAD_PATH, {"lora_name": name, "lora_path": path})

    async def unload_adapter(self, name: str) -> None:
        await self._tell(UNLOAD_PATH, {"lora_name": name})

    async def _tell(self, path: str, body: dict[str, str]) -> None:
        """Raises what the server says: it answers text where all went well."""
        status, answer = await self.upstream.ask("POST", path, body, limit_s=LOAD_LIMIT_S)
        if status == HTTPStatus.NOT_FOUND and isinstance(answer, dict) and "detail" in answer:
            raise NotSupported(
                f"The engine {self.settings.id} does not allow adapters at run time "
                "(--enable-lora and VLLM_ALLOW_RUNTIME_LORA_UPDATING=1)."
            )
        if status >= HTTPStatus.BAD_REQUEST:
            raise error_from(status, answer, engine=self.settings.id)

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


def quantization_in(name: str) -> str:
    """The quantization that a model's name or path tells of; empty where it tells of none."""
    match = _QUANTIZATIONS.search(name)
    return match[0].lower() if match else ""


def _adapters(models: Any) -> tuple[str, ...]:
    data = models.get("data") if isinstance(models, dict) else None
    return tuple(str(card["id"]) for card in data or () if isinstance(card, dict) and card.get("parent"))
