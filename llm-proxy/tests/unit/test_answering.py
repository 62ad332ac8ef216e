"""Budgets, structure and the context window."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from app.answering.assembly import Assembly
from app.answering.budget import JsonEnd, Limited
from app.answering.conformity import mismatch, repaired
from app.engines.builtin.engine import BuiltinEngine
from app.engines.errors import ContextTooLong
from app.engines.protocol import Batch, EngineCall, Piece, ProbeReport, Run, Structure, Usage
from app.engines.settings import EngineSettings
from app.routing.asking import Budget, Section
from app.routing.context_guard import ContextGuard, check_read
from app.routing.slots import Slot

CALL = EngineCall("chat", messages=[{"role": "user", "content": "hi"}])
SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('Here: {"a": {"b": [1, 2]}} and more', 'Here: {"a": {"b": [1, 2]}}'),
        ('{"a": "} ] \\" }"} x', '{"a": "} ] \\" }"}'),
        ("[1, [2]] [3]", "[1, [2]]"),
    ],
)
def test_a_json_value_ends_where_its_braces_balance_however_it_was_cut(text: str, kept: str) -> None:
    end, seen = JsonEnd(), ""
    for character in text:
        seen += character
        if end.find(character) is not None:
            break
    assert seen == kept
    assert JsonEnd().find(text) == len(kept)
    assert JsonEnd().find('say "{" and { "open": 1') is None


class Given:
    """An answer of these batches, a pause behind each."""

    def __init__(self, *batches: Batch, pause_s: float = 0.0) -> None:
        self._batches = iter(batches)
        self._pause_s = pause_s
        self._begun = self.closed = False

    async def read(self) -> Batch:
        if self._begun:
            await asyncio.sleep(self._pause_s)
        self._begun = True
        return next(self._batches, [])

    def close(self) -> None:
        self.closed = True


async def _text(budget: Budget, *batches: Batch, pause_s: float = 0.0) -> tuple[str, str | None, bool]:
    given = Given(*batches, pause_s=pause_s)
    limited = Limited(given, budget, CALL, started=asyncio.get_running_loop().time())
    items: list[Piece | Run | Usage] = []
    while batch := await limited.read():
        items += batch
    assert isinstance(items[-1], Usage)
    finish = next((item.finish for item in items if isinstance(item, Piece) and item.finish), None)
    limited.close()
    return "".join(item.text for item in items if not isinstance(item, Usage)), finish, given.closed


async def test_an_answer_stops_at_its_json_and_the_engine_with_it() -> None:
    batches: list[Batch] = [[Piece(text='{"a"')], [Run(0, [b": 1", b"} tail"])], [Piece(text="never")], [Usage(1, 9)]]
    assert await _text(Budget(stop_at_json=True), *batches) == ('{"a": 1}', "stop", True)


async def test_an_answer_stops_where_the_model_thinks_again_but_not_at_its_first_thought() -> None:  # R4.4
    batches: list[Batch] = [[Piece(text="<think>hm</think>")], [Piece(text="yes <th")], [Piece(text="ink>no")]]
    text, finish, closed = await _text(Budget(stop_think=True), *batches, [Usage(1, 9)])
    assert text == "<think>hm</think>yes <th"
    assert (finish, closed) == ("stop", True)


async def test_an_answer_ends_when_its_time_is_over() -> None:  # R4.4
    batches: list[Batch] = [[Piece(text="a")], [Piece(text="b")], [Usage(1, 9)]]
    text, finish, closed = await _text(Budget(max_time_s=0.05), *batches, pause_s=1)
    assert (text, finish, closed) == ("a", "length", True)
    whole: Batch = [Piece(text="all", finish="stop"), Usage(1, 1)]
    assert (await _text(Budget(max_time_s=5), whole))[0] == "all"


def _assembly(text: str, finish: str = "stop") -> Assembly:
    assembly = Assembly()
    assembly.add([Piece(text=text, finish=finish), Usage(1, 1)])
    return assembly


@pytest.mark.parametrize(
    ("structure", "text", "fits"),
    [
        (Structure("json_schema", SCHEMA), '{"a": 1}', True),
        (Structure("json_schema", SCHEMA), '{"a": "x"}', False),
        (Structure("json_schema", SCHEMA), '```json\n{"a": 1}\n```', True),
        (Structure("json_schema", SCHEMA), "Sure!", False),
        (Structure("json_schema", {"type": 7}), "{}", True),
        (Structure("json_object"), "{}", True),
        (Structure("json_object"), "[]", False),
        (Structure("choice", ["yes", "no"]), " yes", True),
        (Structure("choice", ["yes", "no"]), "maybe", False),
        (Structure("regex", "a+"), "aaa", True),
        (Structure("regex", "a+"), "b", False),
        (Structure("grammar", 'root ::= "a"'), "whatever", True),
    ],
)
def test_whether_an_answer_has_its_structure(structure: Structure, text: str, fits: bool) -> None:
    assert (mismatch(structure, _assembly(text)) is None) == fits
    assert mismatch(structure, _assembly(text, "length")) is None
    asked, plain = replace(CALL, structure=structure), EngineCall("completion", prompt="p", structure=structure)
    again = repaired(asked, _assembly(text), "It is wrong.")
    assert "It is wrong." in str(again.messages[-1]["content"])
    assert "It is wrong." in str(repaired(plain, _assembly(text), "It is wrong.").prompt)


class Counting(BuiltinEngine):
    """Counts a word as a token, as a server would."""

    asked = 0

    async def count(self, call: EngineCall) -> int | None:
        self.asked += 1
        return sum(len(str(message["content"]).split()) for message in call.messages)


def _slot(window: int | None = 50) -> Slot:
    engine = Counting()
    engine.settings = EngineSettings(id="e", kind="vllm", model="m")
    slot = Slot(engine)
    slot.note(ProbeReport("ready", context_window=window))
    return slot


def _call(*sizes: int) -> EngineCall:
    return EngineCall("chat", messages=[{"role": "user", "content": "ab " * size} for size in sizes])


async def test_a_prompt_over_the_window_is_refused_with_the_numbers_and_counted_once() -> None:  # R1.18
    guard, slot = ContextGuard(), _slot()
    for _ in range(2):
        with pytest.raises(ContextTooLong) as refused:
            await guard.fitted(slot, _call(60), ())
    assert refused.value.extra == {"n_prompt_tokens": 60, "n_ctx": 50}
    assert slot.engine.asked == 1  # type: ignore[attr-defined]
    with pytest.raises(ContextTooLong):
        await guard.fitted(slot, _call(5000), ())
    assert slot.engine.asked == 1  # type: ignore[attr-defined]


async def test_sections_go_by_their_priority_until_the_prompt_fits() -> None:  # R1.18
    sections = (Section(0, 5), Section(1, 1), Section(9, 0))
    call, dropped = await ContextGuard().fitted(_slot(), _call(20, 30, 20), sections)
    assert dropped == [1]
    assert len(call.messages) == 2
    assert call.room == 10


async def test_a_short_prompt_is_not_counted_and_an_unknown_window_not_guarded() -> None:
    slot = _slot(100_000)
    call, dropped = await ContextGuard().fitted(slot, _call(10), ())
    assert call.room is not None
    assert dropped == []
    assert slot.engine.asked == 0  # type: ignore[attr-defined]
    assert (await ContextGuard().fitted(_slot(None), _call(9000), ()))[0].room is None


def test_an_engine_that_read_less_than_it_was_sent_is_found_out() -> None:  # R1.18
    slot, long = _slot(), _call(4000)
    check_read(slot, long, Usage(4000, 1))
    check_read(slot, long, Usage(10, 1, estimated=True))
    with pytest.raises(ContextTooLong) as found:
        check_read(slot, long, Usage(50, 1))
    assert found.value.code == "prompt_truncated"


def test_a_repair_has_words_for_every_structure() -> None:
    kinds: list[tuple[Any, Any]] = [("choice", ["a"]), ("regex", "b+"), ("json_object", None)]
    for kind, value in kinds:
        call = EngineCall("chat", messages=[], structure=Structure(kind, value))
        assert "Write" in str(repaired(call, Assembly(), "No.").messages[-1]["content"])
