"""Adapters (LoRA) of engines: what a server that has them can be asked to do."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Adapter:
    """One adapter of a server. `scale` where the server mixes adapters in by weight (llama.cpp), else None."""

    name: str
    path: str = ""
    scale: float | None = None


@runtime_checkable
class ListsAdapters(Protocol):
    async def list_adapters(self) -> list[Adapter]: ...


@runtime_checkable
class LoadsAdapters(ListsAdapters, Protocol):
    """vLLM: adapters come and go at run time, each one a model of its own."""

    async def load_adapter(self, name: str, path: str) -> None: ...

    async def unload_adapter(self, name: str) -> None: ...


@runtime_checkable
class ScalesAdapters(ListsAdapters, Protocol):
    """llama.cpp: adapters are given at the server's start, and mixed in by scale."""

    async def scale_adapters(self, scales: dict[str, float]) -> None: ...
