"""An engine in force, and what is known of it now."""

import time
from dataclasses import dataclass, field

from ..engines.protocol import Engine, EngineCall, EngineState, ProbeReport
from ..engines.settings import DEFAULT_CONTEXT_WINDOW, Capability, EngineKind, EngineSettings
from ..engines.usage import prompt_text
from .ab import Shares
from .breaker import Breaker
from .queue import Queue
from .turns import ModelTurns

_GENERAL: frozenset[Capability] = frozenset({"tools", "json"})
KIND_CAPABILITIES: dict[EngineKind, frozenset[Capability]] = {
    "openai": _GENERAL | {"responses"},
    "vllm": _GENERAL | {"responses"},
    "llamacpp": _GENERAL | {"responses"},
    "ollama": _GENERAL,
    "builtin": frozenset({"json"}),
}


@dataclass(slots=True)
class Load:
    """The calls that a server is working on for us, their tokens read and to be written, and all calls so far."""

    running: int = 0
    outstanding: int = 0
    served: int = 0


@dataclass(slots=True)
class Slot:
    """An engine and what is known of it now."""

    engine: Engine
    state: EngineState = "unknown"
    detail: str = ""
    learned_window: int | None = None
    quantization: str = ""
    adapters: tuple[str, ...] = ()
    learned_capabilities: frozenset[Capability] | None = None
    seen: bool = False
    """Whether it was ever ready: one that never was may still be starting."""
    server_waiting: int | None = None
    """Calls in the server's own queue, whoever sent them."""
    checked_at: float = field(default=0.0)
    load: Load = field(default_factory=Load)
    breaker: Breaker = field(default_factory=lambda: Breaker(time.monotonic))
    shares: Shares = field(default_factory=Shares)
    turns: ModelTurns | None = None
    """Where its server swaps models: shared with the other engines there."""
    queue: Queue = field(init=False)

    def __post_init__(self) -> None:
        self.queue = Queue(self.settings.id, self.settings.max_concurrency, self.settings.max_queue)

    @property
    def settings(self) -> EngineSettings:
        return self.engine.settings

    @property
    def server(self) -> str:
        """Where its model is: what is known of one is not true of another."""
        return f"{self.settings.base_url} {self.settings.model}"

    @property
    def context_window(self) -> int:
        """Tokens for one request: the smaller of what is set and what the server says."""
        known = [window for window in (self.settings.context_window, self.learned_window) if window]
        return min(known) if known else DEFAULT_CONTEXT_WINDOW

    @property
    def known_window(self) -> int | None:
        """As `context_window`, or None where nobody said one."""
        return self.context_window if self.settings.context_window or self.learned_window else None

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What is set, else what the server says, else what all servers of its kind can."""
        if self.settings.capabilities is not None:
            return frozenset(self.settings.capabilities)
        return self.learned_capabilities or KIND_CAPABILITIES[self.settings.kind]

    def goes_by(self, name: str) -> bool:
        """Whether it is meant by a model's name, or by an alias."""
        return bool(name) and (self.settings.model == name or name in self.settings.aliases)

    def tokens_of(self, call: EngineCall) -> int:
        """The tokens of a call, read and to be written."""
        wanted = call.parameters.get("max_tokens") or self.settings.output_tokens
        return len(prompt_text(call)) // 4 + int(wanted)

    def take_over(self, old: "Slot") -> None:
        """What is known of the same server goes on, its calls and its queue too; they hold to the new limits."""
        self.state, self.detail, self.checked_at, self.seen = old.state, old.detail, old.checked_at, old.seen
        self.learned_window, self.quantization = old.learned_window, old.quantization
        self.adapters, self.learned_capabilities = old.adapters, old.learned_capabilities
        self.load, self.breaker, self.shares = old.load, old.breaker, old.shares
        self.queue = old.queue

    def share(self, replicas: int) -> None:
        """Its limits as they are set, or this replica's part of them: at least one call."""
        limit = self.settings.max_concurrency
        self.queue.change(max(1, limit // replicas) if limit else None, self.settings.max_queue)

    def note(self, report: ProbeReport) -> None:
        self.state, self.detail = report.state, report.detail
        self.seen = self.seen or report.state == "ready"
        self.learned_window = report.context_window or self.learned_window
        self.quantization = report.quantization or self.quantization
        self.adapters = report.adapters or self.adapters
        self.learned_capabilities = report.capabilities or self.learned_capabilities
        self.server_waiting = report.waiting
        self.checked_at = time.monotonic()
