"""Ollama by its native API: its OpenAI paths can't set the context size, and lose errors in a stream.

Ollama cuts a prompt that is too long without a word unless `truncate` and `shift` forbid it: both are always sent.
"""

from http import HTTPStatus
from typing import Any

from chassis.errors import FieldError

from .errors import EngineFailed, EngineUnreachable, NotSupported
from .ollama_messages import ollama_message
from .ollama_reader import OllamaReader
from .openai import OpenAICompatibleEngine
from .protocol import EngineCall, ProbeReport, Structure
from .readers import AnswerReader
from .settings import DEFAULT_CONTEXT_WINDOW, Capability

CHAT_PATH, GENERATE_PATH, SHOW_PATH, RUNNING_PATH = "/api/chat", "/api/generate", "/api/show", "/api/ps"
_CONTENT_TYPES = frozenset({"application/x-ndjson", "application/json"})
_OPTIONS = {
    "max_tokens": "num_predict", "max_completion_tokens": "num_predict", "repetition_penalty": "repeat_penalty",
    **{name: name for name in ("temperature", "top_p", "top_k", "min_p", "seed", "presence_penalty",
                               "frequency_penalty", "num_predict", "repeat_penalty", "repeat_last_n", "num_keep")},
}  # fmt: skip
_PASSED = ("keep_alive", "suffix", "raw", "template", "images", "logprobs", "top_logprobs")
_EFFORTS: dict[str, bool | str] = {"none": False, "minimal": "low", "xhigh": "max", "ultra": "max"}


class OllamaEngine(OpenAICompatibleEngine):
    """An Ollama server. A context size that changes reloads the model, so one size is kept: the engine's setting."""

    _resident: bool | None = None

    @property
    def loads(self) -> bool:
        return self._resident is False

    async def _is_resident(self) -> bool | None:
        """Whether `/api/ps` has the model; None where it can't be said."""
        try:
            _, running = await self.upstream.get(RUNNING_PATH)
        except EngineUnreachable:
            return None
        models = running.get("models") if isinstance(running, dict) else None
        if not isinstance(models, list):
            return None
        wanted = {self.settings.public_model, f"{self.settings.public_model}:latest"}
        return any(isinstance(card, dict) and wanted & {card.get("name"), card.get("model")} for card in models)

    def request(self, call: EngineCall) -> tuple[str, dict[str, Any]]:
        """Path and body of the upstream request."""
        given = dict(call.parameters)
        body: dict[str, Any] = {
            "model": self.settings.public_model,
            "stream": True,
            "truncate": False,
            "shift": False,
            "options": self._options(given, call),
            **{name: given[name] for name in _PASSED if name in given},
        }
        think = _think(given)
        if think is not None:
            body["think"] = think
        if call.structure is not None:
            self.set_structure(body, call.structure)
        if self._as_chat(call):
            body["messages"] = [ollama_message(message) for message in self._messages(call)]
            if given.get("tools"):
                body["tools"] = given["tools"]
            return CHAT_PATH, body
        return GENERATE_PATH, body | self._generation(call)

    def _generation(self, call: EngineCall) -> dict[str, Any]:
        if call.kind == "chat":
            parameters: dict[str, Any] = {}
            prompt = self._prompt(call, parameters)
            return {"prompt": prompt, "raw": True}
        if not isinstance(call.prompt, str):
            raise NotSupported(
                f"The engine {self.settings.id} takes one prompt, as text.",
                errors=[FieldError("prompt", "must be one string for this engine")],
            )
        system = call.parameters.get("system")
        return {"prompt": call.prompt} | ({"system": system} if system else {})

    def _options(self, given: dict[str, Any], call: EngineCall) -> dict[str, Any]:
        self._set_defaults(given, call)
        options = {name: value for name, value in (given.get("options") or {}).items() if name != "num_ctx"}
        options |= {ours: given[name] for name, ours in _OPTIONS.items() if given.get(name) is not None}
        if given.get("stop"):
            options["stop"] = [given["stop"]] if isinstance(given["stop"], str) else given["stop"]
        options["num_ctx"] = self.context_size
        return options

    @property
    def context_size(self) -> int:
        """What is sent as `num_ctx`."""
        return self.settings.context_window or DEFAULT_CONTEXT_WINDOW

    def set_structure(self, body: dict[str, Any], structure: Structure) -> None:
        if structure.kind == "json_schema":
            body["format"] = structure.value
        elif structure.kind == "json_object":
            body["format"] = "json"
        elif structure.kind == "choice":
            body["format"] = {"type": "string", "enum": list(structure.value)}
        else:
            raise NotSupported(
                f"The engine {self.settings.id} can't hold an answer to a {structure.kind}.",
                errors=[FieldError(structure.kind, "not supported by Ollama; use a JSON schema")],
            )

    def reader(self, content_type: str, call: EngineCall) -> AnswerReader:  # noqa: ARG002 - counts come with the answer
        if content_type in _CONTENT_TYPES:
            return OllamaReader(self.settings.id)
        raise EngineFailed(f"The engine {self.settings.id} sent {content_type or 'no content type'}, not an answer.")

    async def probe(self) -> ProbeReport:
        """`/api/show` knows the model and its window; the window in force is what we send as `num_ctx`."""
        try:
            status, shown = await self.upstream.ask("POST", SHOW_PATH, {"model": self.settings.public_model})
        except EngineUnreachable as error:
            return ProbeReport("down", error.detail)
        if status == HTTPStatus.NOT_FOUND:
            return ProbeReport("down", f"the server has no model {self.settings.public_model}")
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            return ProbeReport("loading", "the server is busy")
        if status >= HTTPStatus.BAD_REQUEST:
            return ProbeReport("down", f"the server answered {status}")
        self._resident = await self._is_resident()
        limit = trained_window(shown)
        details = shown.get("details") if isinstance(shown, dict) else None
        quantization = str((details or {}).get("quantization_level") or "")
        return ProbeReport(
            "ready",
            context_window=min(limit, self.context_size) if limit else self.context_size,
            quantization=quantization,
            capabilities=_capabilities(shown),
        )


def _capabilities(shown: Any) -> frozenset[Capability] | None:
    """What `/api/show` says of the model; older servers say nothing. A format is kept to by all of them."""
    said = shown.get("capabilities") if isinstance(shown, dict) else None
    if not isinstance(said, list):
        return None
    known: dict[str, Capability] = {"vision": "vision", "tools": "tools", "thinking": "reasoning"}
    return frozenset({"json", *(known[name] for name in said if name in known)})


def trained_window(shown: Any) -> int | None:
    """The model's own limit, `<architecture>.context_length` of `/api/show`."""
    info = shown.get("model_info") if isinstance(shown, dict) else None
    if not isinstance(info, dict):
        return None
    found = next((value for name, value in info.items() if name.endswith(".context_length")), None)
    return found if isinstance(found, int) and found > 0 else None


def _think(given: dict[str, Any]) -> bool | str | None:
    """`think` of the request, or of OpenAI's and vLLM's members for the same."""
    if given.get("think") is not None:
        think: bool | str = given["think"]
        return think
    effort = given.get("reasoning_effort")
    if isinstance(effort, str):
        return _EFFORTS.get(effort, effort)
    template = given.get("chat_template_kwargs")
    enabled = template.get("enable_thinking") if isinstance(template, dict) else None
    return enabled if isinstance(enabled, bool) else None
