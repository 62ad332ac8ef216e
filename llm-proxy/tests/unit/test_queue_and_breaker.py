"""Queues, breakers and the choice among equal engines."""

import asyncio

import pytest
from app.engines.builtin.engine import BuiltinEngine
from app.engines.errors import EngineBusy
from app.engines.protocol import EngineCall, ProbeReport
from app.engines.settings import EngineSettings
from app.routing.asking import Asked, Progress
from app.routing.balance import Call, choose
from app.routing.breaker import FAILURES, FIRST_PAUSE_S, LONGEST_PAUSE_S, Breaker
from app.routing.queue import Queue
from app.routing.slots import Slot
from app.routing.turns import ModelTurns


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_breaker_opens_after_failures_in_a_row_and_tries_once_after_a_pause() -> None:  # R2.3
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(FAILURES - 1):
        breaker.failed()
    breaker.succeeded()
    for _ in range(FAILURES):
        assert breaker.admits()
        breaker.failed()
    assert not breaker.admits()
    assert breaker.waits_s == FIRST_PAUSE_S
    clock.now += FIRST_PAUSE_S
    assert breaker.admits()
    assert not breaker.admits()  # one trial at a time
    breaker.failed()
    assert breaker.waits_s == 2 * FIRST_PAUSE_S
    clock.now += LONGEST_PAUSE_S
    assert breaker.admits()
    breaker.undecided()  # its caller left: the next call is the trial
    assert breaker.admits()
    breaker.succeeded()
    assert breaker.admits()
    assert breaker.admits()


async def _entered(queue: Queue, user: str, order: list[str]) -> None:
    await queue.enter(user, Progress(), patience_s=5)
    order.append(user)


async def test_users_take_turns_however_much_one_of_them_asks() -> None:  # R2.3
    queue = Queue("e", 1, 10)
    await queue.enter("first", Progress(), patience_s=1)
    order: list[str] = []
    users = ["greedy", "greedy", "greedy", "modest"]
    tasks = [asyncio.create_task(_entered(queue, user, order)) for user in users]
    await asyncio.sleep(0)
    assert queue.length == 4
    for _ in users:
        queue.leave(1.0)
        await asyncio.sleep(0)
    await asyncio.gather(*tasks)
    assert order == ["greedy", "modest", "greedy", "greedy"]


async def test_the_place_in_the_queue_is_told_and_moves() -> None:
    queue = Queue("e", 1, 10)
    await queue.enter("a", Progress(), patience_s=1)
    one, two = Progress(), Progress()
    tasks = [asyncio.create_task(queue.enter(user, told, patience_s=5)) for user, told in (("b", one), ("c", two))]
    await asyncio.sleep(0)
    assert (one.position, two.position) == (1, 2)
    assert two.expected_s == 2 * one.expected_s > 0
    queue.leave(1.0)
    await asyncio.sleep(0)
    assert (one.position, two.position) == (0, 1)
    queue.leave(1.0)
    await asyncio.gather(*tasks)
    assert two.position == 0


async def test_a_full_queue_and_a_turn_that_does_not_come_are_busy_with_a_time() -> None:
    queue = Queue("e", 1, 1)
    await queue.enter("a", Progress(), patience_s=1)
    with pytest.raises(EngineBusy, match="No turn"):
        await queue.enter("b", Progress(), patience_s=0.01)
    waiting = asyncio.create_task(queue.enter("b", Progress(), patience_s=5))
    await asyncio.sleep(0)
    with pytest.raises(EngineBusy, match="places") as full:
        await queue.enter("c", Progress(), patience_s=5)
    assert full.value.retry_after_s is not None
    assert full.value.retry_after_s >= 1
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert queue.length == 0
    queue.leave(1.0)
    assert queue.active == 0


async def test_a_turn_that_comes_as_its_caller_leaves_goes_to_the_next() -> None:
    queue = Queue("e", 1, 10)
    await queue.enter("a", Progress(), patience_s=1)
    tasks = [asyncio.create_task(queue.enter(user, Progress(), patience_s=5)) for user in ("b", "c")]
    await asyncio.sleep(0)
    queue.leave(1.0)
    tasks[0].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert tasks[1].done()
    assert not tasks[1].cancelled()
    assert queue.active == 1


def _slot(name: str, **changes: object) -> Slot:
    engine = BuiltinEngine()
    engine.settings = EngineSettings.model_validate({"id": name, "kind": "vllm", "model": "m", **changes})
    slot = Slot(engine)
    slot.note(ProbeReport("ready"))
    return slot


def _call(session: str = "", text: str = "hi", prefix_chars: int = 0) -> Call:
    call = EngineCall("chat", messages=[{"role": "user", "content": text}])
    return Call(Asked(call, session=session), prefix_chars)


def test_the_engine_with_the_least_outstanding_tokens_is_chosen_and_weights_hold() -> None:
    one, two = _slot("one", weight=3), _slot("two")
    one.load.outstanding, two.load.outstanding = 200, 100
    assert choose([one, two], _call("")) is one
    one.load.outstanding = 400
    assert choose([one, two], _call("")) is two
    one.load.outstanding = two.load.outstanding = 0
    for _ in range(40):
        choose([one, two], _call("")).load.served += 1
    assert one.load.served == 30
    one.note(ProbeReport("down"))
    assert choose([one, two], _call("")) is two


def test_a_session_keeps_its_engine_and_moves_only_when_that_is_overloaded_or_gone() -> None:
    slots = [_slot(name) for name in ("one", "two", "three")]
    homes = {f"s{number}": choose(slots, _call(f"s{number}")) for number in range(60)}
    assert {slot.settings.id for slot in homes.values()} == {"one", "two", "three"}
    gone = slots[0]
    for session, home in homes.items():
        moved = choose(slots[1:], _call(session))
        assert moved is home or home is gone
    busy = homes["s0"]
    busy.load.outstanding = 10_000
    assert choose(slots, _call("s0")) is busy  # what one or two calls are worth does not matter
    busy.load.running = 9
    assert choose(slots, _call("s0")) is not busy


def test_no_weight_means_no_calls_unless_nothing_else_is_there() -> None:
    off, on = _slot("off", weight=0), _slot("on")
    assert choose([off, on], _call("x")) is on
    assert choose([off], _call("")) is off


def test_long_prompts_that_begin_alike_keep_to_one_engine_and_short_ones_to_none() -> None:
    slots = [_slot(name) for name in ("one", "two", "three")]
    system = "You write screens. " * 20
    chosen = {choose(slots, _call(text=f"{system} {number}", prefix_chars=100)).settings.id for number in range(9)}
    assert len(chosen) == 1
    for number in range(9):
        choose(slots, _call(text=f"short {number}", prefix_chars=100)).load.served += 1
    assert {slot.load.served for slot in slots} == {3}


def test_an_engine_whose_server_has_the_model_goes_before_one_that_would_swap() -> None:
    one, two = _slot("one"), _slot("two")
    one.turns = ModelTurns(1, Clock())
    one.turns._running = {"other": 0}
    one.load.served, two.load.served = 0, 100
    assert choose([one, two], _call()) is two
    one.turns._running = {"m": 0}
    assert choose([one, two], _call()) is one
