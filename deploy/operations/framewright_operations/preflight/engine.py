"""Checks of the engine that .env names: whether it answers, has the model, and how large its window is."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from typing import Any

from .report import Finding, fault, good, warning

LEAST_WINDOW = 4096
_LIMIT_S = 5


def engine(settings: Mapping[str, str]) -> Iterator[Finding]:
    url = settings.get("FRAMEWRIGHT_ENGINE_URL", "").rstrip("/").removesuffix("/v1")
    if not url:
        yield warning("no_engine")
        return
    # Containers' name for this machine is not known to the machine itself.
    here = url.replace("host.docker.internal", "127.0.0.1")
    kind = settings.get("FRAMEWRIGHT_ENGINE_KIND") or "openai"
    wanted = settings.get("FRAMEWRIGHT_ENGINE_MODEL", "")
    key = settings.get("FRAMEWRIGHT_ENGINE_API_KEY") or settings.get("OPENAI_API_KEY") or ""
    try:
        models = _models(here, kind, key)
        if wanted and wanted not in models:
            yield fault("engine_model", url=url, model=wanted, known=", ".join(models) or "-")
            return
        model = wanted or next(iter(models), "-")
        window = models.get(model) or _window(here, kind, model, key)
    except (OSError, ValueError, KeyError, TypeError) as error:
        reason = getattr(error, "reason", None) or getattr(error, "code", None) or type(error).__name__
        yield fault("engine_away", url=url, reason=reason)
        return
    if not window:
        yield warning("engine_window_unknown", url=url, model=model)
    elif window < LEAST_WINDOW:
        yield fault("engine_window", url=url, window=window)
    else:
        yield good("engine", url=url, model=model, window=window)


def _models(url: str, kind: str, key: str) -> dict[str, int]:
    """The server's models, each with its window where the list says it (vLLM), else 0."""
    if kind == "ollama":
        return {str(one["name"]): 0 for one in _ask(f"{url}/api/tags", key)["models"]}
    return {str(one["id"]): int(one.get("max_model_len") or 0) for one in _ask(f"{url}/v1/models", key)["data"]}


def _window(url: str, kind: str, model: str, key: str) -> int:
    """Of llama.cpp: a slot's; of Ollama: the model's own, which OLLAMA_CONTEXT_LENGTH may cut."""
    if kind == "llamacpp":
        return int(_ask(f"{url}/props", key)["default_generation_settings"]["n_ctx"])
    if kind == "ollama":
        shown = _ask(f"{url}/api/show", key, {"model": model}).get("model_info", {})
        return next((int(value) for name, value in shown.items() if name.endswith(".context_length")), 0)
    return 0


def _ask(url: str, key: str, body: dict[str, str] | None = None) -> dict[str, Any]:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(url, data=data, headers=headers)  # noqa: S310 - the operator's own engine
    with urllib.request.urlopen(request, timeout=_LIMIT_S) as response:  # noqa: S310
        document: dict[str, Any] = json.load(response)
    return document
