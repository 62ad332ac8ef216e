"""The engine object for each kind of engine."""

from collections.abc import Callable

import aiohttp

from .builtin.engine import BuiltinEngine
from .llamacpp import LlamaCppEngine
from .ollama import OllamaEngine
from .openai import OpenAICompatibleEngine
from .protocol import Engine
from .reading import Limits
from .settings import EngineSettings
from .vllm import VllmEngine


def engine_factory(session: aiohttp.ClientSession, limits: Limits) -> Callable[[EngineSettings], Engine]:
    """A function from settings to an engine; all engines share the session."""
    kinds: dict[str, type[OpenAICompatibleEngine]] = {
        "openai": OpenAICompatibleEngine,
        "vllm": VllmEngine,
        "llamacpp": LlamaCppEngine,
        "ollama": OllamaEngine,
    }

    def make(settings: EngineSettings) -> Engine:
        if settings.kind == "builtin":
            return BuiltinEngine()
        return kinds[settings.kind](settings, session=session, limits=limits)

    return make
