"""Reading event streams in tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import orjson

STREAM = {"Accept": "text/event-stream"}


def frames(response: httpx.Response) -> Iterator[dict[str, Any]]:
    """The events of an open response; each holds to the form that the README gives."""
    frame: dict[str, str] = {}
    for line in response.iter_lines():
        if line.startswith(":"):
            yield {"type": "comment"}
        elif line:
            name, _, value = line.partition(": ")
            frame[name] = value
        elif frame:
            document: dict[str, Any] = orjson.loads(frame["data"])
            assert frame["id"] == str(document["seq"])
            assert frame["event"] == document["type"]
            yield document
            frame = {}


@contextmanager
def streamed(client: httpx.Client, method: str, path: str, **kwargs: Any) -> Iterator[Iterator[dict[str, Any]]]:
    headers = {**STREAM, **kwargs.pop("headers", {})}
    with client.stream(method, path, headers=headers, **kwargs) as response:
        assert response.status_code == 200, response.read()
        yield frames(response)


def generate(client: httpx.Client, prompt: str = "Task 관리 화면 만들어줘", **body: Any) -> list[dict[str, Any]]:
    """All events of a generation."""
    with streamed(client, "POST", "/api/v1/generations", json={"prompt": prompt, **body}) as events:
        return list(events)
