"""Frames out of bytes, however the network cut them."""

from collections.abc import Iterable

from framewright.sse import Decoder, Frame

STREAM = (
    ': comment\n\nid: 1\nevent: stage\ndata: {"a": "가"}\n\nid: 2\r\ndata: one\r\ndata: two\r\n\r\ndata:x\n\ndata: cut'
).encode()
FRAMES = [Frame('{"a": "가"}', "stage", "1"), Frame("one\ntwo", "", "2"), Frame("x", "", "2")]


def decode(pieces: Iterable[bytes]) -> list[Frame]:
    decoder = Decoder()
    return [frame for piece in pieces for frame in decoder.feed(piece)]


def test_frames_are_the_same_whatever_the_pieces():
    for size in (1, 2, 3, 7, 50, len(STREAM)):
        pieces = [STREAM[at : at + size] for at in range(0, len(STREAM), size)]
        assert decode(pieces) == FRAMES, size


def test_an_event_without_data_is_no_event():
    assert decode([b"event: x\n\nretry: 5\n\n"]) == []
