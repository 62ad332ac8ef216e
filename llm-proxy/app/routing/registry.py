"""The engines in force: replaced as a whole when settings change, while running answers keep theirs."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from chassis.errors import NotFound

from ..engines.protocol import Engine, EngineState, ProbeReport
from ..engines.settings import BUILTIN, BUILTIN_ID, DEFAULT_CONTEXT_WINDOW, EngineSettings, EngineTable

DEFAULT_MODEL = "default"
EngineFactory = Callable[[EngineSettings], Engine]


@dataclass(slots=True)
class Slot:
    """An engine and what is known of it now."""

    engine: Engine
    state: EngineState = "unknown"
    detail: str = ""
    learned_window: int | None = None
    checked_at: float = field(default=0.0)

    @property
    def settings(self) -> EngineSettings:
        return self.engine.settings

    @property
    def context_window(self) -> int:
        """Tokens for one request: the smaller of what is set and what the server says."""
        known = [window for window in (self.settings.context_window, self.learned_window) if window]
        return min(known) if known else DEFAULT_CONTEXT_WINDOW

    def note(self, report: ProbeReport) -> None:
        self.state, self.detail = report.state, report.detail
        self.learned_window = report.context_window or self.learned_window
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

    def find(self, model: str) -> Slot:
        """By id, by a model's name (a ready engine before others), or `default`.

        Raises:
            NotFound: no engine goes by this name.
        """
        if model == DEFAULT_MODEL:
            return self._slots[self.default_id]
        if model in self._slots:
            return self._slots[model]
        serving = [slot for slot in self._slots.values() if slot.settings.model == model]
        if not serving:
            raise NotFound(f"The model `{model}` does not exist.", code="model_not_found")
        return next((slot for slot in serving if slot.state == "ready"), serving[0])

    def chain(self, model: str, *, allow_fallback: bool) -> list[Slot]:
        """The engine asked for, then its fallbacks (and theirs), last `builtin`."""
        first = self.find(model)
        if not allow_fallback:
            return [first]
        order: dict[str, Slot] = {}
        self._extend(first.settings.id, order)
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
