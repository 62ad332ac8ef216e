"""The engines in force: replaced as a whole when settings change, while running answers keep theirs."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from chassis.errors import NotFound

from ..engines.protocol import Engine, EngineCall, EngineState, ProbeReport
from ..engines.settings import (
    BUILTIN,
    BUILTIN_ID,
    DEFAULT_CONTEXT_WINDOW,
    Capability,
    EngineKind,
    EngineSettings,
    EngineTable,
)
from ..engines.usage import prompt_text
from .ab import Shares, valid_history
from .balance import NO_CALL, Call, choose
from .breaker import Breaker
from .queue import Queue
from .selectors import Selector, read_selector
from .turns import STARVES_AFTER_S, ModelTurns

DEFAULT_MODEL = "default"
_GENERAL: frozenset[Capability] = frozenset({"tools", "json"})
KIND_CAPABILITIES: dict[EngineKind, frozenset[Capability]] = {
    "openai": _GENERAL | {"responses"},
    "vllm": _GENERAL | {"responses"},
    "llamacpp": _GENERAL | {"responses"},
    "ollama": _GENERAL,
    "builtin": frozenset({"json"}),
}
EngineFactory = Callable[[EngineSettings], Engine]


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
        self.state, self.detail, self.checked_at = old.state, old.detail, old.checked_at
        self.learned_window, self.quantization = old.learned_window, old.quantization
        self.adapters, self.learned_capabilities = old.adapters, old.learned_capabilities
        self.load, self.breaker, self.shares = old.load, old.breaker, old.shares
        self.queue = old.queue
        self.queue.change(self.settings.max_concurrency, self.settings.max_queue)

    def note(self, report: ProbeReport) -> None:
        self.state, self.detail = report.state, report.detail
        self.learned_window = report.context_window or self.learned_window
        self.quantization = report.quantization or self.quantization
        self.adapters = report.adapters or self.adapters
        self.learned_capabilities = report.capabilities or self.learned_capabilities
        self.server_waiting = report.waiting
        self.checked_at = time.monotonic()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An engine that may answer. `equal`: it is as good as the one that was asked for, and no fallback to speak of."""

    slot: Slot
    equal: bool


class Registry:
    """Engines by id. `builtin` is always among them."""

    def __init__(self, factory: EngineFactory, *, starves_after_s: float = STARVES_AFTER_S) -> None:
        self._factory = factory
        self._starves_after_s = starves_after_s
        self._slots: dict[str, Slot] = {}
        self._turns: dict[str, ModelTurns] = {}
        self._kept: dict[str, Any] = {}
        self.default_id = BUILTIN_ID
        self.apply(EngineTable())

    def apply(self, table: EngineTable) -> None:
        """Puts a table in force. An engine whose settings did not change keeps its object and its state.

        One whose server and model stay keeps what is known of it, whatever else changes. Running answers go on.
        """
        wanted = {item.id: item for item in table.engines if item.enabled and item.id != BUILTIN_ID}
        wanted[BUILTIN_ID] = BUILTIN
        slots = {}
        for engine_id, settings in wanted.items():
            old = self._slots.get(engine_id)
            slots[engine_id] = old if old and old.settings == settings else self._slot(settings, old)
        self._slots = slots
        self._set_turns()
        self.default_id = table.default_engine if table.default_engine in slots else BUILTIN_ID

    def keep(self, shares: Mapping[str, Any]) -> None:
        """Adapters' shares of an earlier life, for engines that come with the settings. See `SharesFile`."""
        self._kept = dict(shares)

    def _slot(self, settings: EngineSettings, old: Slot | None) -> Slot:
        slot = Slot(self._factory(settings))
        kept = self._kept.get(settings.id)
        if old and old.server == slot.server:
            slot.take_over(old)
        elif old is None and isinstance(kept, dict) and kept.get("server") == slot.server:
            slot.shares = Shares(valid_history(kept.get("history")))
        return slot

    def _set_turns(self) -> None:
        """Engines with different models on one server take turns there, where it swaps them."""
        servers: dict[str, list[Slot]] = {}
        for slot in self._slots.values():
            if slot.settings.base_url:
                servers.setdefault(slot.settings.base_url, []).append(slot)
        turns: dict[str, ModelTurns] = {}
        for url, slots in servers.items():
            places = min((places for slot in slots if (places := _models_at_once(slot.settings))), default=None)
            if places and len({slot.settings.model for slot in slots}) > places:
                known = self._turns.get(url)
                turns[url] = known if known and known.places == places else self._new_turns(places)
            for slot in slots:
                slot.turns = turns.get(url)
        self._turns = turns

    def _new_turns(self, places: int) -> ModelTurns:
        return ModelTurns(places, time.monotonic, self._starves_after_s)

    def slots(self) -> Iterable[Slot]:
        return list(self._slots.values())

    def get(self, engine_id: str) -> Slot | None:
        return self._slots.get(engine_id)

    def find(self, model: str, call: Call = NO_CALL) -> Slot:
        """One engine for a name: see `chain`."""
        return self._first(model, call)[0]

    def chain(self, model: str, *, allow_fallback: bool, call: Call = NO_CALL) -> list[Candidate]:
        """The engine asked for, its equals, then the fallbacks of all of these (and theirs), last `builtin`.

        A name is an engine's id, which has no equals; a model's name or an alias; `default`; or a selector as
        `class:small` or `capability:vision,capability:tools`.

        Raises:
            NotFound: no engine goes by this name.
            InvalidInput: a selector that nobody knows.
        """
        first, others = self._first(model, call)
        order = {slot.settings.id: Candidate(slot, equal=True) for slot in (first, *others)}
        if not allow_fallback:
            return list(order.values())
        for candidate in list(order.values()):
            for fallback in candidate.slot.settings.fallbacks:
                self._extend(fallback, order)
        builtin = order.pop(BUILTIN_ID, None) or Candidate(self._slots[BUILTIN_ID], equal=False)
        return [*order.values(), builtin]

    def _first(self, model: str, call: Call) -> tuple[Slot, list[Slot]]:
        """The engine that gets the call, and its equals in the order in which they are asked."""
        if model == DEFAULT_MODEL:
            return self._slots[self.default_id], []
        if model in self._slots:
            return self._slots[model], []
        serving = [slot for slot in self._slots.values() if slot.goes_by(model)]
        if not serving and (selector := read_selector(model)) is not None:
            serving = self._selected(selector)
        if not serving:
            raise NotFound(f"The model `{model}` does not exist.", code="model_not_found")
        first = choose(serving, call)
        return first, sorted((slot for slot in serving if slot is not first), key=lambda slot: slot.state != "ready")

    def _selected(self, selector: Selector) -> list[Slot]:
        """The engines that fit; `builtin` where there is no other."""
        fitting = [slot for slot in self._slots.values() if selector.fits(slot.settings.size_class, slot.capabilities)]
        return [slot for slot in fitting if slot.settings.id != BUILTIN_ID] or fitting

    def _extend(self, engine_id: str, order: dict[str, Candidate]) -> None:
        slot = self._slots.get(engine_id)
        if slot is None or engine_id in order:
            return
        order[engine_id] = Candidate(slot, equal=False)
        for fallback in slot.settings.fallbacks:
            self._extend(fallback, order)


def _models_at_once(settings: EngineSettings) -> int | None:
    return settings.models_at_once or (1 if settings.kind == "ollama" else None)
