"""The engines in force: replaced as a whole when settings change, while running answers keep theirs."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from chassis.errors import NotFound

from ..engines.protocol import Engine
from ..engines.settings import BUILTIN, BUILTIN_ID, EngineSettings, EngineTable
from .ab import Shares, valid_history
from .balance import NO_CALL, Call, choose
from .selectors import Selector, read_selector
from .slots import Slot
from .turns import STARVES_AFTER_S, ModelTurns

DEFAULT_MODEL = "default"
EngineFactory = Callable[[EngineSettings], Engine]


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
        self.replicas = 1
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
        self.share(self.replicas)
        self._set_turns()
        self.default_id = table.default_engine if table.default_engine in slots else BUILTIN_ID

    def share(self, replicas: int) -> None:
        """Divides the engines' limits among so many replicas of the proxy."""
        self.replicas = replicas
        for slot in self._slots.values():
            slot.share(replicas)

    def keep(self, shares: Mapping[str, Any]) -> None:
        """Adapters' shares of an earlier life, for engines that come with the settings. See `SharesFile`."""
        self._kept = dict(shares)

    def take_shares(self, shares: Mapping[str, Any]) -> None:
        """Adapters' shares as another replica has set them."""
        self.keep(shares)
        for slot in self._slots.values():
            if (history := self._kept_history(slot)) is not None:
                slot.shares.history = history

    def _kept_history(self, slot: Slot) -> list[dict[str, float]] | None:
        kept = self._kept.get(slot.settings.id)
        if not isinstance(kept, dict) or kept.get("server") != slot.server:
            return None
        return valid_history(kept.get("history"))

    def _slot(self, settings: EngineSettings, old: Slot | None) -> Slot:
        slot = Slot(self._factory(settings))
        if old and old.server == slot.server:
            slot.take_over(old)
        elif old is None and (history := self._kept_history(slot)) is not None:
            slot.shares = Shares(history)
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
                self._extend(fallback, order, first)
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

    def _extend(self, engine_id: str, order: dict[str, Candidate], first: Slot) -> None:
        """A fallback with the very model that was asked for is as good as that."""
        slot = self._slots.get(engine_id)
        if slot is None or engine_id in order:
            return
        order[engine_id] = Candidate(slot, equal=slot.settings.public_model == first.settings.public_model)
        for fallback in slot.settings.fallbacks:
            self._extend(fallback, order, first)


def _models_at_once(settings: EngineSettings) -> int | None:
    return settings.models_at_once or (1 if settings.kind == "ollama" else None)
