"""The engine object for each kind of engine."""

from collections.abc import Callable

from .builtin.engine import BuiltinEngine
from .http_pool import ConnectionPool
from .llamacpp import LlamaCppEngine
from .ollama import OllamaEngine
from .openai import OpenAICompatibleEngine
from .protocol import Engine
from .reading import Limits
from .settings import EngineSettings
from .vllm import VllmEngine


def engine_factory(pool: ConnectionPool, limits: Limits) -> Callable[[EngineSettings], Engine]:
    """A function from settings to an engine; all engines share the connections."""
    kinds: dict[str, type[OpenAICompatibleEngine]] = {
        "openai": OpenAICompatibleEngine,
        "vllm": VllmEngine,
        "llamacpp": LlamaCppEngine,
        "ollama": OllamaEngine,
    }

    def make(settings: EngineSettings) -> Engine:
        if settings.kind == "builtin":
            return BuiltinEngine()
        return kinds[settings.kind](settings, pool=pool, limits=limits)

    return make
