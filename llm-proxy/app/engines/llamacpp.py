"""llama.cpp's llama-server: schemas and grammars in its own members, the window of a slot from `/props`."""

from http import HTTPStatus
from typing import Any

import orjson

from chassis.errors import FieldError

from .adapters import Adapter
from .errors import EngineUnreachable, NotSupported
from .openai import CHAT_PATH, OpenAICompatibleEngine, waiting_in
from .protocol import EngineCall, ProbeReport, Structure
from .settings import Capability
from .upstream_errors import error_from
from .vllm import quantization_in

HEALTH_PATH, PROPS_PATH, ADAPTERS_PATH, METRICS_PATH = "/health", "/props", "/lora-adapters", "/metrics"
TEMPLATE_PATH, TOKENIZE_PATH = "/apply-template", "/tokenize"


class LlamaCppEngine(OpenAICompatibleEngine):
    """A llama-server. It ignores the model's name, and divides its context by the number of slots."""

    def request(self, call: EngineCall) -> tuple[str, dict[str, Any]]:
        """The penalty of repetitions has another name here."""
        path, body = super().request(call)
        if "repetition_penalty" in body:
            body.setdefault("repeat_penalty", body.pop("repetition_penalty"))
        return path, body

    def set_structure(self, body: dict[str, Any], structure: Structure) -> None:
        if structure.kind == "json_schema":
            body["json_schema"] = structure.value
        elif structure.kind == "json_object":
            body["json_schema"] = {"type": "object"}
        elif structure.kind == "grammar":
            body["grammar"] = structure.value
        elif structure.kind == "choice":
            body["grammar"] = "root ::= " + " | ".join(_literal(str(choice)) for choice in structure.value)
        else:
            raise NotSupported(
                f"The engine {self.settings.id} can't hold an answer to a regular expression.",
                errors=[FieldError(structure.kind, "not supported by llama.cpp; use a grammar")],
            )

    async def probe(self) -> ProbeReport:
        """`/health` says whether the model is loaded, `/props` how many tokens fit into one request."""
        try:
            status, _ = await self.upstream.get(HEALTH_PATH)
            if status == 503:
                return ProbeReport("loading", "the server is loading its model")
            _, props = await self.upstream.get(PROPS_PATH)
            metrics = (await self.upstream.get(METRICS_PATH))[1] if _has_metrics(props) else None
        except EngineUnreachable as error:
            return ProbeReport("down", error.detail)
        path = str(props.get("model_path") or "") if isinstance(props, dict) else ""
        return ProbeReport(
            "ready",
            context_window=_slot_window(props),
            quantization=quantization_in(path),
            capabilities=_capabilities(props),
            waiting=waiting_in(metrics, "llamacpp:requests_deferred"),
        )

    async def list_adapters(self) -> list[Adapter]:
        """By number, as they were given at the server's start."""
        status, found = await self.upstream.get(ADAPTERS_PATH)
        if status != HTTPStatus.OK or not isinstance(found, list):
            return []
        return [Adapter(str(item["id"]), str(item.get("path", "")), float(item.get("scale", 0))) for item in found]

    async def scale_adapters(self, scales: dict[str, float]) -> None:
        """The server takes numbers that it does not know without a word: they are refused here."""
        unknown = sorted(set(scales) - {item.name for item in await self.list_adapters()})
        if unknown:
            raise NotSupported(
                f"The engine {self.settings.id} has no such adapter: {', '.join(unknown)}.",
                errors=[FieldError(f"scales.{name}", "not known") for name in unknown],
            )
        body = [{"id": int(name), "scale": scale} for name, scale in scales.items()]
        status, answer = await self.upstream.ask("POST", ADAPTERS_PATH, body)
        if status >= HTTPStatus.BAD_REQUEST:
            raise error_from(status, answer, engine=self.settings.id)

    def set_thinking(self, body: dict[str, Any]) -> None:
        """A model's template is what knows whether it thinks."""
        if isinstance(think := body.get("think"), bool):
            body["chat_template_kwargs"] = {"enable_thinking": think, **(body.get("chat_template_kwargs") or {})}
        super().set_thinking(body)

    async def count(self, call: EngineCall) -> int | None:
        """The server applies its template, then counts."""
        path, body = self.request(call)
        try:
            if path == CHAT_PATH:
                _, applied = await self.upstream.ask("POST", TEMPLATE_PATH, {"messages": body["messages"]})
                text = applied.get("prompt") if isinstance(applied, dict) else None
            else:
                text = body["prompt"]
            if not isinstance(text, str):
                return None
            _, answer = await self.upstream.ask("POST", TOKENIZE_PATH, {"content": text, "add_special": True})
        except EngineUnreachable:
            return None
        tokens = answer.get("tokens") if isinstance(answer, dict) else None
        return len(tokens) if isinstance(tokens, list) else None


def _has_metrics(props: Any) -> bool:
    """They are there only where the server was started with `--metrics`."""
    return isinstance(props, dict) and bool(props.get("endpoint_metrics"))


def _capabilities(props: Any) -> frozenset[Capability] | None:
    """What `/props` says of the model and its template; None where the server is too old to say it."""
    caps = props.get("chat_template_caps") if isinstance(props, dict) else None
    if not isinstance(caps, dict):
        return None
    found: set[Capability] = {"json", "responses"}
    if caps.get("supports_tools") or caps.get("supports_tool_calls"):
        found.add("tools")
    if caps.get("supports_preserve_reasoning"):
        found.add("reasoning")
    modalities = props.get("modalities")
    if isinstance(modalities, dict) and modalities.get("vision"):
        found.add("vision")
    return frozenset(found)


def _literal(choice: str) -> str:
    """A GBNF string literal: JSON's escapes are among those that it knows."""
    return orjson.dumps(choice).decode()


def _slot_window(props: Any) -> int | None:
    settings = props.get("default_generation_settings") if isinstance(props, dict) else None
    window = settings.get("n_ctx") if isinstance(settings, dict) else None
    return window if isinstance(window, int) and window > 0 else None
