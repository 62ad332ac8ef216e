"""A client of `/ws/chat/…` for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from websockets.sync.client import ClientConnection, connect

from ..fakes.admin import KEY

Json = dict[str, Any]
OF_THE_MOMENT = {"presence", "notification", "pong", "typing"}


class Socket:
    """`seen` holds every frame; frames of the moment are passed over unless they are asked for."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.seen: list[Json] = []

    def send(self, type_: str, **members: Any) -> None:
        self.connection.send(orjson.dumps({"type": type_, **members}).decode())

    def frame(self, timeout: float = 15) -> Json:
        frame: Json = orjson.loads(self.connection.recv(timeout))
        self.seen.append(frame)
        return frame

    def until(self, *types: str, timeout: float = 15) -> Json:
        """The next frame of one of the types."""
        while (frame := self.frame(timeout))["type"] not in types:
            continue
        return frame

    def turn(self) -> list[Json]:
        """The kept frames up to the end of a turn."""
        frames: list[Json] = []
        while True:
            frame = self.frame()
            if "seq" in frame:
                frames.append(frame)
            if frame["type"] == "ai_complete" or (frame["type"] == "error" and "seq" in frame):
                return frames


@contextmanager
def chat(gateway: str, session_id: str, *, key: str = KEY, slash: str = "", **query: Any) -> Iterator[Socket]:
    """An open socket whose greeting was read."""
    parameters = "&".join(f"{name}={value}" for name, value in query.items())
    url = f"{gateway.replace('http', 'ws', 1)}/ws/chat/{session_id}{slash}?{parameters}"
    with connect(url, additional_headers={"Authorization": f"Bearer {key}"}, proxy=None, max_size=None) as connection:
        socket = Socket(connection)
        assert socket.frame()["type"] == "resume"
        yield socket


def text_of(frames: list[Json]) -> str:
    """The answer's text as a client shows it: what a `reset` voids is forgotten."""
    text = ""
    for frame in frames:
        if frame["type"] == "reset":
            text = ""
        elif frame["type"] == "ai_chunk":
            text += frame["chunk"]
    return text
