"""Any server that speaks OpenAI's protocol. It is always asked to stream: only that can be cancelled everywhere."""

from typing import Any

from chassis.errors import FieldError

from .chat_template import render_chat, template_for
from .errors import EngineFailed, EngineLacksModel, EngineUnreachable, NotSupported, lacks_responses
from .http_pool import ConnectionPool
from .protocol import EngineCall, EngineStream, ProbeReport, Structure
from .readers import AnswerReader, DocumentReader, EventsReader
from .reading import Limits
from .responses_reader import ResponsesReader
from .settings import EngineSettings
from .upstream import Upstream
from .upstream_stream import UpstreamStream

CHAT_PATH, COMPLETIONS_PATH, MODELS_PATH = "/v1/chat/completions", "/v1/completions", "/v1/models"
RESPONSES_PATH = "/v1/responses"
_CHAT_ONLY = ("messages", "tools", "tool_choice", "parallel_tool_calls", "reasoning_effort", "chat_template_kwargs")
_OLLAMA_ONLY = ("keep_alive", "raw", "template")
_COMPLETIONS_ONLY = ("suffix", "echo", "best_of")


class OpenAICompatibleEngine:
    """An engine behind `/v1/chat/completions`, `/v1/completions`, or both."""

    def __init__(self, settings: EngineSettings, *, pool: ConnectionPool, limits: Limits) -> None:
        self.settings = settings
        self.upstream = Upstream(pool, limits, engine=settings.id, base_url=settings.base_url, api_key=settings.api_key)

    async def open(self, call: EngineCall) -> EngineStream:
        """The answer's pieces, its usage last."""
        path, body = self.request(call)
        try:
            reading = await self.upstream.post(path, body, loads=self.loads)
        except EngineLacksModel as error:
            if path == RESPONSES_PATH and "Not Found" in error.detail:
                raise lacks_responses(self.settings.id) from error
            raise
        try:
            return UpstreamStream(reading, self.reader(reading.content_type, call))
        except BaseException:
            reading.close()
            raise

    @property
    def loads(self) -> bool:
        """Whether the server will load the model for the next call."""
        return False

    def reader(self, content_type: str, call: EngineCall) -> AnswerReader:
        """What reads an answer of this type."""
        if content_type == "text/event-stream" and call.kind == "responses":
            return ResponsesReader(self.settings.id, call)
        if content_type == "text/event-stream":
            return EventsReader(self.settings.id, call)
        if content_type == "application/json":
            return DocumentReader(self.settings.id, call)
        raise EngineFailed(f"The engine {self.settings.id} sent {content_type or 'no content type'}, not an answer.")

    def request(self, call: EngineCall) -> tuple[str, dict[str, Any]]:
        """Path and body of the upstream request."""
        if call.kind == "responses":
            return RESPONSES_PATH, self._response_request(call)
        as_chat = self._as_chat(call)
        body = dict(call.parameters)
        for name in _COMPLETIONS_ONLY if as_chat else _CHAT_ONLY:
            if body.pop(name, None) is not None and as_chat and call.kind == "completion":
                raise NotSupported(
                    f"The engine {self.settings.id} has chat alone, and can't serve this.",
                    errors=[FieldError(name, "needs an engine with a completions API")],
                )
        if as_chat:
            body["messages"] = self._messages(call)
        else:
            body["prompt"] = self._prompt(call, body)
        self._set_defaults(body, call)
        self.set_thinking(body)
        if call.structure is not None:
            self.set_structure(body, call.structure)
        body["model"] = call.adapter or self.settings.public_model
        body["stream"] = True
        body["stream_options"] = {"include_usage": True}
        return (CHAT_PATH if as_chat else COMPLETIONS_PATH), body

    def _response_request(self, call: EngineCall) -> dict[str, Any]:
        """As the caller wrote it, within the engine's limits."""
        body = dict(call.parameters)
        if self.settings.temperature is not None:
            body.setdefault("temperature", self.settings.temperature)
        wanted = body.get("max_output_tokens") or self.settings.output_tokens
        body["max_output_tokens"] = wanted if call.room is None else min(wanted, call.room)
        return body | {"model": call.adapter or self.settings.public_model, "stream": True}

    def _as_chat(self, call: EngineCall) -> bool:
        if self.settings.api == "both":
            return call.kind == "chat"
        return self.settings.api == "chat"

    def _messages(self, call: EngineCall) -> list[dict[str, Any]]:
        if call.kind == "chat":
            return call.messages
        if isinstance(call.prompt, str):
            return [{"role": "user", "content": call.prompt}]
        raise NotSupported(
            f"The engine {self.settings.id} has chat alone: one prompt, as text.",
            errors=[FieldError("prompt", "must be one string for this engine")],
        )

    def _prompt(self, call: EngineCall, body: dict[str, Any]) -> str | list[Any]:
        if call.kind == "completion":
            return call.prompt
        template = template_for(self.settings.public_model)
        given = body.get("stop") or []
        body["stop"] = list(dict.fromkeys([*([given] if isinstance(given, str) else given), *template.stop]))[:4]
        if "max_completion_tokens" in body:
            body.setdefault("max_tokens", body.pop("max_completion_tokens"))
        return render_chat(call.messages, template)

    def _set_defaults(self, body: dict[str, Any], call: EngineCall) -> None:
        """The engine's own limits; what does not fit into the window any more is not asked for."""
        if self.settings.temperature is not None:
            body.setdefault("temperature", self.settings.temperature)
        name = "max_completion_tokens" if "max_completion_tokens" in body else "max_tokens"
        wanted = body.get(name) or self.settings.output_tokens
        body[name] = wanted if call.room is None else min(wanted, call.room)

    def set_thinking(self, body: dict[str, Any]) -> None:
        """Ollama's `think` in this kind of server's words, and nothing of what only Ollama knows."""
        for name in _OLLAMA_ONLY:
            body.pop(name, None)
        think = body.pop("think", None)
        if isinstance(think, str):
            body.setdefault("reasoning_effort", think)

    def set_structure(self, body: dict[str, Any], structure: Structure) -> None:
        """Writes what the answer is held to in the words of this kind of server."""
        if structure.kind == "json_object":
            body["response_format"] = {"type": "json_object"}
        elif structure.kind == "json_schema":
            schema = {"name": structure.name, "schema": structure.value}
            if structure.strict is not None:
                schema["strict"] = structure.strict
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        else:
            raise NotSupported(
                f"The engine {self.settings.id} can't hold an answer to a {structure.kind}.",
                errors=[FieldError(structure.kind, "not supported by this kind of engine")],
            )

    async def probe(self) -> ProbeReport:
        """Asks for the list of models, which costs no tokens."""
        try:
            status, models = await self.upstream.get(MODELS_PATH)
        except EngineUnreachable as error:
            return ProbeReport("down", error.detail)
        if status == 503:
            return ProbeReport("loading", "the server is loading its model")
        if status in {401, 403}:
            return ProbeReport("down", "the server refuses our key")
        return self.report(models)

    def report(self, models: Any) -> ProbeReport:
        """What the list of models says about ours; a server that has no such list is taken at its word."""
        card = model_card(models, self.settings.model)
        window = (card or {}).get("max_model_len")
        if card is None and model_ids(models) and self.settings.model:
            return ProbeReport("ready", f"the server does not list the model {self.settings.model}")
        return ProbeReport("ready", context_window=window if isinstance(window, int) else None)


def waiting_in(metrics: Any, name: str) -> int | None:
    """A gauge of a server's metrics (Prometheus' text), all its series together; None where there is none."""
    lines = metrics.splitlines() if isinstance(metrics, str) else []
    values = [line.rpartition(" ")[2] for line in lines if line.startswith((f"{name} ", f"{name}{{"))]
    try:
        return int(sum(map(float, values))) if values else None
    except ValueError:
        return None


def model_ids(models: Any) -> list[str]:
    """The ids in an answer of `/v1/models`; empty where it is something else."""
    data = models.get("data") if isinstance(models, dict) else None
    return [str(card.get("id")) for card in data if isinstance(card, dict)] if isinstance(data, list) else []


def model_card(models: Any, model: str) -> dict[str, Any] | None:
    """The card of a model, or the only card there is."""
    if not model_ids(models):
        return None
    cards: list[dict[str, Any]] = [card for card in models["data"] if isinstance(card, dict)]
    found = next((card for card in cards if card.get("id") == model), None)
    return found or (cards[0] if len(cards) == 1 else None)
