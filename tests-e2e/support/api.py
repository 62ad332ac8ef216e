"""The gateway's API as a caller sees it, over HTTP alone."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from framewright.sse import Decoder

GENERATIONS = "/api/v1/generations"
TERMINAL = frozenset({"completed", "failed", "cancelled"})
Event = dict[str, Any]


@dataclass
class Api:
    http: httpx.Client

    def generate(self, prompt: str, **request: Any) -> list[Event]:
        """All events of a generation, followed to its end."""
        with self.stream("POST", GENERATIONS, json={"prompt": prompt, **request}) as events:
            return list(events)

    def resume(self, generation_id: str, after: int) -> list[Event]:
        headers = {"Last-Event-ID": str(after)}
        with self.stream("GET", f"{GENERATIONS}/{generation_id}/events", headers=headers) as events:
            return list(events)

    @contextmanager
    def stream(self, method: str, path: str, **request: Any) -> Iterator[Iterator[Event]]:
        """The events as they come; leaving the block cuts the connection."""
        headers = {"Accept": "text/event-stream", **request.pop("headers", {})}
        with self.http.stream(method, path, headers=headers, **request) as response:
            assert response.status_code == 200, response.read()
            assert response.headers["content-type"].startswith("text/event-stream")
            yield _events(response)

    def result(self, generation_id: str) -> dict[str, Any]:
        response = self.http.get(f"{GENERATIONS}/{generation_id}")
        assert response.status_code == 200, response.text
        document: dict[str, Any] = response.json()
        return document

    def wait_for(self, prompt: str, **request: Any) -> httpx.Response:
        """The JSON answer, after the end."""
        return self.http.post(GENERATIONS, json={"prompt": prompt, **request})

    def knows_engine(self, name: str) -> bool:
        """Whether the change of an engine has come through to where prompts are taken (5 s for each step)."""
        body = {"prompt": "Task 관리 화면 만들어줘", "model": name}
        answer = self.http.post(GENERATIONS, json=body, headers={"Prefer": "respond-async"})
        if answer.status_code == 202:
            self.http.delete(answer.headers["location"])
        return answer.status_code == 202

    def files(self, generation_id: str) -> dict[str, bytes]:
        result = self.result(generation_id)
        base = f"{GENERATIONS}/{generation_id}/artifacts"
        return {item["path"]: self.http.get(f"{base}/{item['path']}").content for item in result["artifacts"]}


def _events(response: httpx.Response) -> Iterator[Event]:
    decoder = Decoder()
    for chunk in response.iter_raw():
        for frame in decoder.feed(chunk):
            event: Event = json.loads(frame.data)
            assert frame.id == str(event["seq"])
            assert frame.event == event["type"]
            yield event


def of_type(events: list[Event], kind: str) -> list[Event]:
    return [event for event in events if event["type"] == kind]


def assert_whole(events: list[Event]) -> None:
    """Every `seq` from 1 on, once, in order; the last event is the terminal one, and the only one."""
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert [event["type"] in TERMINAL for event in events] == [False] * (len(events) - 1) + [True]
