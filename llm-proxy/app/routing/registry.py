"""The engines in force: replaced as a whole when settings change, while running answers keep theirs."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from chassis.errors import NotFound

from ..engines.protocol import Engine, EngineCall, EngineState, ProbeReport
from ..engines.settings import BUILTIN, BUILTIN_ID, DEFAULT_CONTEXT_WINDOW, EngineSettings, EngineTable
from ..engines.usage import prompt_text
from .ab import Shares
from .balance import choose
from .breaker import Breaker
from .queue import Queue

DEFAULT_MODEL = "default"
EngineFactory = Callable[[EngineSettings], Engine]


@dataclass(slots=True)
class Slot:
    """An engine and what is known of it now."""

    engine: Engine
    state: EngineState = "unknown"
    detail: str = ""
    learned_window: int | None = None
    quantization: str = ""
    adapters: tuple[str, ...] = ()
    checked_at: float = field(default=0.0)
    served: int = 0
    outstanding: int = 0
    """Tokens of the calls that it is working on, read and to be written."""
    breaker: Breaker = field(default_factory=lambda: Breaker(time.monotonic))
    shares: Shares = field(default_factory=Shares)
    queue: Queue = field(init=False)

    def __post_init__(self) -> None:
        self.queue = Queue(self.settings.id, self.settings.max_concurrency, self.settings.max_queue)

    @property
    def settings(self) -> EngineSettings:
        return self.engine.settings

    @property
    def context_window(self) -> int:
        """Tokens for one request: the smaller of what is set and what the server says."""
        known = [window for window in (self.settings.context_window, self.learned_window) if window]
        return min(known) if known else DEFAULT_CONTEXT_WINDOW

    @property
    def known_window(self) -> int | None:
        """As `context_window`, or None where nobody said one."""
        return self.context_window if self.settings.context_window or self.learned_window else None

    def load_of(self, call: EngineCall) -> int:
        """The tokens of a call, read and to be written."""
        wanted = call.parameters.get("max_tokens") or self.settings.output_tokens
        return len(prompt_text(call)) // 4 + int(wanted)

    def note(self, report: ProbeReport) -> None:
        self.state, self.detail = report.state, report.detail
        self.learned_window = report.context_window or self.learned_window
        self.quantization = report.quantization or self.quantization
        self.adapters = report.adapters or self.adapters
        self.checked_at = time.monotonic()


class Registry:
    """Engines by id. `builtin` is always among them."""

    def __init__(self, factory: EngineFactory) -> None:
        self._factory = factory
        self._slots: dict[str, Slot] = {}
        self.default_id = BUILTIN_ID
        self.apply(EngineTable())

    def apply(self, table: EngineTable) -> None:
        """Puts a table in force. An engine whose settings did not change keeps its object and its state."""
        wanted = {item.id: item for item in table.engines if item.enabled and item.id != BUILTIN_ID}
        wanted[BUILTIN_ID] = BUILTIN
        slots = {}
        for engine_id, settings in wanted.items():
            old = self._slots.get(engine_id)
            slots[engine_id] = old if old and old.settings == settings else Slot(self._factory(settings))
        self._slots = slots
        self.default_id = table.default_engine if table.default_engine in slots else BUILTIN_ID

    def slots(self) -> Iterable[Slot]:
        return list(self._slots.values())

    def find(self, model: str, session: str = "") -> Slot:
        """By id, by a model's name (see `balance.choose`), or `default`.

        Raises:
            NotFound: no engine goes by this name.
        """
        if model == DEFAULT_MODEL:
            return self._slots[self.default_id]
        if model in self._slots:
            return self._slots[model]
        serving = self._serving(model)
        if not serving:
            raise NotFound(f"The model `{model}` does not exist.", code="model_not_found")
        return choose(serving, session)

    def _serving(self, model: str) -> list[Slot]:
        return [slot for slot in self._slots.values() if model and slot.settings.model == model]

    def chain(self, model: str, *, allow_fallback: bool, session: str = "") -> list[Slot]:
        """The engine asked for, others with its model, then its fallbacks (and theirs), last `builtin`.

        An engine that was asked for by its id has no equals.
        """
        first = self.find(model, session)
        order = {first.settings.id: first}
        if model not in self._slots:
            equals = [slot for slot in self._serving(first.settings.model) if slot is not first]
            order |= {slot.settings.id: slot for slot in sorted(equals, key=lambda slot: slot.state != "ready")}
        if not allow_fallback:
            return list(order.values())
        for slot in list(order.values()):
            for fallback in slot.settings.fallbacks:
                self._extend(fallback, order)
        builtin = self._slots[BUILTIN_ID]
        order.pop(BUILTIN_ID, None)
        return [*order.values(), builtin] if first is not builtin else [builtin]

    def _extend(self, engine_id: str, order: dict[str, Slot]) -> None:
        slot = self._slots.get(engine_id)
        if slot is None or engine_id in order:
            return
        order[engine_id] = slot
        for fallback in slot.settings.fallbacks:
            self._extend(fallback, order)
