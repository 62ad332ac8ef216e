"""Servers that swap models, and names that say what an engine has to be."""

import asyncio
import socket
from typing import Any

import pytest
from app.engines.builtin.engine import BuiltinEngine
from app.engines.errors import EngineBusy
from app.engines.http_pool import Address
from app.engines.protocol import ProbeReport
from app.engines.settings import EngineSettings, EngineTable
from app.routing.asking import Progress
from app.routing.registry import Registry
from app.routing.replicas import Replicas
from app.routing.selectors import Selector, read_selector
from app.routing.turns import ModelTurns

from chassis.errors import InvalidInput, NotFound


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Callers:
    """Calls that wait for their turn, in the order in which they got it."""

    def __init__(self, turns: ModelTurns) -> None:
        self._turns = turns
        self.order: list[str] = []
        self.tasks: list[asyncio.Task[None]] = []

    async def come(self, *models: str) -> None:
        for model in models:
            self.tasks.append(asyncio.create_task(self._call(model)))
            await asyncio.sleep(0)

    async def _call(self, model: str) -> None:
        await self._turns.enter(model, Progress(), patience_s=5)
        self.order.append(model)

    async def go(self, model: str) -> None:
        self._turns.leave(model)
        await asyncio.sleep(0)


async def test_calls_for_the_model_that_is_there_go_first_and_nobody_waits_longer_than_the_bound() -> None:
    clock = Clock()
    callers = Callers(turns := ModelTurns(1, clock, starves_after_s=20))
    await callers.come("a", "b", "a", "a")
    assert callers.order == ["a", "a", "a"]  # the server does not swap for the call between them
    clock.now += 21
    await callers.come("a", "a")  # b has waited too long: a is asked no more
    assert callers.order == ["a", "a", "a"]
    for _ in range(3):
        await callers.go("a")
    assert callers.order == ["a", "a", "a", "b"]
    assert turns.swaps_for("a")
    await callers.go("b")
    assert callers.order[4:] == ["a", "a"]
    await asyncio.gather(*callers.tasks)


async def test_a_server_that_is_idle_swaps_at_once_and_one_with_room_holds_two() -> None:
    one = Callers(ModelTurns(1, Clock()))
    await one.come("a")
    await one.go("a")
    await one.come("b")
    assert one.order == ["a", "b"]
    two = Callers(turns := ModelTurns(2, Clock()))
    await two.come("a", "b", "c")
    assert two.order == ["a", "b"]
    await two.go("b")
    assert two.order == ["a", "b", "c"]
    assert (turns.swaps_for("a"), turns.swaps_for("b")) == (False, True)
    for task in one.tasks + two.tasks:
        task.cancel()


async def test_who_waits_for_a_swap_is_told_and_may_give_up() -> None:
    clock = Clock()
    turns = ModelTurns(1, clock, starves_after_s=20)
    await turns.enter("a", Progress(), patience_s=1)
    with pytest.raises(EngineBusy, match="no turn for the model b"):
        await turns.enter("b", Progress(), patience_s=0.01)
    progress = Progress()
    waiting = asyncio.create_task(turns.enter("b", progress, patience_s=5))
    await asyncio.sleep(0)
    assert (progress.position, progress.expected_s) == (1, 20.0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert progress.position == 0
    last = asyncio.create_task(turns.enter("b", progress, patience_s=5))
    await asyncio.sleep(0)
    turns.leave("a")
    last.cancel()  # its turn had just come
    await asyncio.gather(last, return_exceptions=True)
    await turns.enter("a", Progress(), patience_s=0.01)


def _registry(*engines: dict[str, Any]) -> Registry:
    def make(settings: EngineSettings) -> Any:
        engine = BuiltinEngine()
        engine.settings = settings
        return engine

    registry = Registry(make)
    registry.apply(EngineTable.model_validate({"engines": engines, "default_engine": engines[0]["id"]}))
    return registry


SMALL = {"id": "s", "kind": "vllm", "model": "qwen2.5-coder:7b", "base_url": "http://a", "aliases": ["coder"]}
SEES = {"id": "v", "kind": "llamacpp", "model": "gemma3:27b", "base_url": "http://b", "capabilities": ["vision"]}
LARGE = {"id": "l", "kind": "openai", "model": "llama-70b", "base_url": "http://c", "aliases": ["coder"], "weight": 0}


def _ids(registry: Registry, model: str) -> list[str]:
    return [item.slot.settings.id for item in registry.chain(model, allow_fallback=False)]


def test_engines_by_class_by_capability_and_by_alias() -> None:  # R1.4 R1.14
    registry = _registry(SMALL, SEES, LARGE)
    assert _ids(registry, "class:small") == ["s"]
    assert _ids(registry, "class:medium") == ["v"]
    assert _ids(registry, "capability:vision") == ["v"]
    assert _ids(registry, "class:large,capability:tools") == ["l"]
    assert set(_ids(registry, "coder")) == {"s", "l"}
    chain = registry.chain("coder", allow_fallback=True)
    assert [item.equal for item in chain] == [True, True, False]
    with pytest.raises(NotFound):
        registry.chain("class:large,capability:vision", allow_fallback=True)
    with pytest.raises(InvalidInput, match="class:huge"):
        registry.chain("class:huge", allow_fallback=True)
    assert read_selector("classy") is None
    assert read_selector("capability:json,capability:tools") == Selector("", frozenset({"json", "tools"}))


def test_a_fallback_with_the_same_model_is_no_lesser_answer() -> None:
    same = SMALL | {"id": "same", "base_url": "http://d", "fallbacks": ["v"]}
    chain = _registry(SMALL | {"fallbacks": ["same"]}, same, SEES).chain("s", allow_fallback=True)
    assert [(item.slot.settings.id, item.equal) for item in chain] == [
        ("s", True), ("same", True), ("v", False), ("builtin", False),
    ]  # fmt: skip


def test_builtin_is_selected_only_where_there_is_no_other() -> None:
    assert _ids(_registry(SMALL), "class:small") == ["s"]
    assert _ids(_registry(SEES), "class:small") == ["builtin"]


def test_what_a_model_can_do_is_set_or_learned_or_known_of_its_kind() -> None:
    registry = _registry({**SMALL, "kind": "ollama"}, SEES)
    ollama, sees = registry.find("s"), registry.find("v")
    assert "tools" in ollama.capabilities
    ollama.note(ProbeReport("ready", capabilities=frozenset({"reasoning"})))
    assert ollama.capabilities == {"reasoning"}
    sees.note(ProbeReport("ready", capabilities=frozenset({"tools"})))
    assert sees.capabilities == {"vision"}


def test_engines_with_different_models_on_one_server_take_turns_where_it_swaps() -> None:
    ollama = {"id": "o1", "kind": "ollama", "model": "a", "base_url": "http://o"}
    swap = {"id": "x1", "kind": "llamacpp", "model": "a", "base_url": "http://x", "models_at_once": 2}
    registry = _registry(
        ollama, ollama | {"id": "o2", "model": "b"}, SMALL,
        swap, swap | {"id": "x2", "model": "b"}, swap | {"id": "x3", "model": "c"},
    )  # fmt: skip
    turns = registry.find("o1").turns
    assert turns is not None
    assert turns is registry.find("o2").turns
    assert registry.find("s").turns is None
    swapping = registry.find("x1").turns
    assert swapping is not None
    assert swapping.places == 2
    registry.apply(EngineTable.model_validate({"engines": [ollama, {**ollama, "id": "o2", "model": "c"}]}))
    assert registry.find("o2").turns is turns
    registry.apply(EngineTable.model_validate({"engines": [ollama]}))
    assert registry.find("o1").turns is None


def test_adapters_shares_outlive_other_changes_of_their_engine() -> None:  # R4.6
    registry = _registry(SMALL)
    registry.find("s").shares.set({"x": 1})
    registry.apply(EngineTable.model_validate({"engines": [{**SMALL, "weight": 2}]}))
    assert registry.find("s").shares.now == {"x": 1}
    registry.apply(EngineTable.model_validate({"engines": [{**SMALL, "model": "other"}]}))
    assert registry.find("s").shares.now == {}


async def test_replicas_share_an_engines_limit_and_a_lost_name_changes_nothing() -> None:
    addresses = ["10.0.0.1", "10.0.0.2", "10.0.0.2"]

    async def found(_name: str, port: int) -> list[Address]:
        if not addresses:
            raise OSError("no such name")
        return [(socket.AF_INET, address, port) for address in addresses]

    registry = _registry({**SMALL, "max_concurrency": 5}, SEES)
    replicas = Replicas("llm-proxy", registry, found, interval_s=1)
    await replicas.look()
    assert (registry.find("s").queue.limit, registry.find("v").queue.limit) == (2, None)
    addresses.clear()
    await replicas.look()
    assert registry.find("s").queue.limit == 2
    registry.apply(EngineTable.model_validate({"engines": [{**SMALL, "max_concurrency": 1}]}))
    assert registry.find("s").queue.limit == 1
    registry.share(1)
    registry.apply(EngineTable.model_validate({"engines": [{**SMALL, "max_concurrency": 9}]}))
    assert registry.find("s").queue.limit == 9
