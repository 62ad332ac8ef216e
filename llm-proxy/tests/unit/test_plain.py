"""Frames that are passed on without being parsed: what they give is what the parser would have given."""

import orjson
from app.engines.normalise import pieces_of
from app.engines.plain import PlainFrames
from app.engines.protocol import Batch, EngineCall, Piece, Run, Usage
from app.engines.readers import EventsReader
from hypothesis import given, strategies as st

CALL = EngineCall("chat", messages=[{"role": "user", "content": "hi"}])
WORDS = st.sampled_from(["한", 'say "x"', "back\\slash", "\n", " ", "slot"])
TEXTS = st.lists(st.text(max_size=12) | WORDS, max_size=12)


def frame(text: str, **members: object) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "logprobs": None, "finish_reason": None}
    return b"data: " + orjson.dumps({"id": "x", "choices": [choice], **members}) + b"\n\n"


def text_of(batches: list[Batch]) -> str:
    return "".join(item.text for batch in batches for item in batch if not isinstance(item, Usage))


@given(TEXTS, st.integers(min_value=1, max_value=400))
def test_any_text_comes_through_however_it_was_cut(texts: list[str], size: int) -> None:
    stream = b"".join(frame(text) for text in texts) + b"data: [DONE]\n\n"
    reader = EventsReader("e", CALL)
    batches = [reader.feed(stream[start : start + size]) for start in range(0, len(stream), size)]
    assert text_of(batches) == "".join(texts)
    assert reader.ended
    last = batches[-1][-1]
    assert isinstance(last, Usage)
    assert last.completion_tokens == sum(1 for text in texts if text)


def test_frames_of_one_form_are_one_run_and_other_forms_are_parsed() -> None:
    reader = EventsReader("e", CALL)
    assert reader.feed(frame("first")) == [Piece(0, "first")]
    assert reader.feed(frame("a") + frame("둘") + frame("c")) == [Run(0, [b"a", "둘".encode(), b"c"])]
    mixed = reader.feed(frame("d") + frame('q"') + frame("e") + frame("f", usage={"prompt_tokens": 1}))
    assert text_of([mixed]) == 'dq"ef'
    assert [type(item) for item in mixed] == [Run, Piece, Run, Piece]


def test_what_can_not_be_proved_is_not_learned() -> None:
    plain = PlainFrames(lambda document: pieces_of(document, engine="e"))
    twice = b'{"note":{"content":"same"},"choices":[{"index":0,"delta":{"content":"same"}}]}'
    plain.learn(twice, orjson.loads(twice), pieces_of(orjson.loads(twice), engine="e"))
    assert plain.text_of(twice) is None


def test_bytes_that_are_no_text_are_left_to_the_parser() -> None:
    plain = PlainFrames(lambda document: pieces_of(document, engine="e"))
    example = frame("a")[6:-2]
    plain.learn(example, orjson.loads(example), [Piece(0, "a")])
    assert plain.text_of(frame("b")[6:-2]) == b"b"
    assert plain.text_of(example.replace(b'"a"', b'"\xff"')) is None
    assert plain.split(frame("b").replace(b'"b"', b'"\xff"'), 0) == ([], 0)
    escaped, broken = frame("line\n"), frame("c").replace(b'"c"', b'"\xff"')
    run = frame("b") * 3
    assert plain.split(run + escaped + frame("d"), 0) == ([b"b"] * 3, len(run))
    assert plain.split(run + broken + frame("d"), 0) == ([b"b"] * 3, len(run))
    assert plain.split(b"x" + run, 1) == ([b"b"] * 3, 1 + len(run))
