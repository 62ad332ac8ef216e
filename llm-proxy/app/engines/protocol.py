"""What an engine is to the rest of the proxy: it is given a call and gives batches of pieces."""

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

from .settings import Capability, EngineSettings

EngineState = Literal["ready", "loading", "down", "unknown"]
CallKind = Literal["chat", "completion", "responses"]
StructureKind = Literal["json_schema", "json_object", "regex", "choice", "grammar"]


@dataclass(frozen=True, slots=True)
class Structure:
    """What the answer is held to; each kind of engine has its own words for it."""

    kind: StructureKind
    value: Any = None
    name: str = "answer"
    strict: bool | None = None


@dataclass(frozen=True, slots=True)
class EngineCall:
    """A request, free of any engine's dialect. `parameters` are the sampling members as the caller sent them.

    `fallback_reason` says why the call came to this engine, where another one was asked for. `room` is what the
    prompt leaves of the engine's context window, in tokens, where that is known.
    `adapter` is one that the engine has loaded.
    """

    kind: CallKind
    messages: list[dict[str, Any]] = field(default_factory=list)
    prompt: str | list[Any] = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    structure: Structure | None = None
    fallback_reason: str = ""
    room: int | None = None
    adapter: str = ""


@dataclass(slots=True)
class Piece:
    """Something new in choice `index`: text, reasoning, parts of tool calls, or the reason why it ended."""

    index: int = 0
    text: str = ""
    reasoning: str = ""
    tool_calls: list[dict[str, Any]] | None = None
    finish: str | None = None
    logprobs: Any = None
    extra: dict[str, Any] | None = None


@dataclass(slots=True)
class Run:
    """Text alone of choice `index`, in the engine's own parts: each one UTF-8 that needs no escape within JSON."""

    index: int
    parts: list[bytes]

    @property
    def text(self) -> str:
        return b"".join(self.parts).decode()


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of a call. `estimated` where the engine did not say."""

    prompt_tokens: int
    completion_tokens: int
    reasoning_tokens: int | None = None
    cached_tokens: int | None = None
    estimated: bool = False

    def document(self) -> dict[str, Any]:
        """OpenAI's form."""
        result: dict[str, Any] = {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "total_tokens": self.prompt_tokens + self.completion_tokens,
        }
        if self.cached_tokens is not None:
            result["prompt_tokens_details"] = {"cached_tokens": self.cached_tokens}
        if self.reasoning_tokens is not None:
            result["completion_tokens_details"] = {"reasoning_tokens": self.reasoning_tokens}
        return result


Batch = list[Piece | Run | Usage]
"""What one read of the engine's answer gave, never empty. The last batch of an answer ends in its `Usage`."""


@dataclass(frozen=True, slots=True)
class ProbeReport:
    """What a cheap question to an engine showed; `context_window` in tokens for one request, where it says so."""

    state: EngineState
    detail: str = ""
    context_window: int | None = None
    quantization: str = ""
    adapters: tuple[str, ...] = ()
    capabilities: frozenset[Capability] | None = None
    waiting: int | None = None
    """Calls in the server's own queue."""


class EngineStream(Protocol):
    """An answer that is read. `close` must be called in the end, and ends the engine's work where it is not at it."""

    async def read(self) -> Batch:
        """What is new; empty behind the batch that ended in the `Usage`."""
        ...

    def close(self) -> None: ...


class Engine(Protocol):
    """One engine. All methods raise the errors of `engines.errors` alone."""

    @property
    def settings(self) -> EngineSettings: ...

    async def open(self, call: EngineCall) -> EngineStream:
        """The answer as it comes."""
        ...

    async def probe(self) -> ProbeReport: ...


@runtime_checkable
class CountsTokens(Protocol):
    """An engine whose server counts tokens."""

    async def count(self, call: EngineCall) -> int | None:
        """The prompt's tokens as the server counts them; None where it can't say now."""
        ...
