# Made by client/unasync.py from framewright._async: change that, and run it.
"""Calls to a mesh, and event streams that survive cut connections."""

import time
from collections.abc import Callable, Generator
from contextlib import closing
from typing import Any

import httpx

from framewright.answers import (
    TryAgain,
    check_stream,
    check_worth_another,
    document_of,
    event_of,
    named_generation,
    raise_for_status,
)
from framewright.errors import Unreachable, WrongAddress
from framewright.events import Event
from framewright.requests import (
    EVENT_STREAM,
    NOT_SENT,
    PAUSES_S,
    SILENCE_S,
    Course,
    generation_path,
    options_of,
    silence,
)
from framewright.sse import Decoder


class Connection:
    """One HTTP client; what it raises are this package's errors."""

    def __init__(
        self,
        base_url: str,
        auth: httpx.Auth | None,
        *,
        pauses_s: tuple[float, ...] = PAUSES_S,
        on_cut: Callable[[str], None] = lambda _reason: None,
    ) -> None:
        """Raises `WrongAddress` where nothing can be reached by it, or by the environment's proxy."""
        self.base_url = base_url
        self._pauses_s, self._on_cut = pauses_s, on_cut
        try:
            self._http = httpx.Client(**options_of(base_url, auth))
        except (httpx.InvalidURL, ValueError, ImportError) as error:  # the latter two are said of a proxy
            raise WrongAddress(f"{base_url}: {error}") from error

    def close(self) -> None:
        self._http.close()

    def json(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        params: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        limit_s: float = SILENCE_S,
    ) -> Any:
        """The document that `call` is answered with; `WrongAddress` where it is none."""
        answer = self.call(method, path, body=body, params=params, headers=headers, limit_s=limit_s)
        return document_of(answer)

    def call(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        params: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        limit_s: float = SILENCE_S,
    ) -> httpx.Response:
        """The answer, where it is a success; it may begin after `limit_s`.

        Raises:
            Unreachable, Refused, KeyRefused
        """
        try:
            response = self._http.request(
                method, path, json=body, params=params, headers=headers, timeout=silence(limit_s)
            )
        except httpx.RequestError as error:
            raise Unreachable(f"{self.base_url}: {error or type(error).__name__}") from error
        raise_for_status(response)
        return response

    def cancel(self, generation_id: str) -> str:
        """Cancels a generation; the status that it ended with."""
        return str((self.json("DELETE", generation_path(generation_id)))["status"])

    def ordering(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> Course:
        """The beginning of a generation that `follow` orders; sent again, the order has to be the same one."""
        return Course(order=self._http.build_request("POST", path, json=body, headers={**EVENT_STREAM, **headers}))

    def follow(self, course: Course) -> Generator[Event, None, None]:
        """Every event from where the course is, each once, to the terminal one, on as many connections as it takes."""
        failures = 0
        while True:
            wait_s = 0.0
            try:
                with closing(self._read(course)) as events:
                    for event in events:
                        if event.seq <= course.seq:
                            continue
                        course.seq, failures = event.seq, 0
                        course.generation_id = course.generation_id or str(event.data.get("generation_id", ""))
                        yield event
                        if event.terminal:
                            return
                if course.over:
                    return
                reason = "the stream ended early"
            except TryAgain as error:
                reason, wait_s = str(error), error.wait_s
            except httpx.RequestError as error:
                reason = str(error) or type(error).__name__
                if isinstance(error, NOT_SENT) and not course.generation_id and not failures:
                    failures = len(self._pauses_s)  # nothing was ordered, and nobody is there
            if failures >= len(self._pauses_s):
                raise Unreachable(f"{self.base_url}: {reason}")
            self._on_cut(reason)
            time.sleep(max(self._pauses_s[failures], wait_s))
            failures += 1

    def _next(self, course: Course) -> httpx.Request:
        """The order until it is known to be taken; then its events after those that came."""
        if course.order is not None and not course.generation_id:
            return course.order
        headers = {**EVENT_STREAM, "Last-Event-ID": str(course.seq)}
        return self._http.build_request("GET", f"{generation_path(course.generation_id)}/events", headers=headers)

    def _read(self, course: Course) -> Generator[Event, None, None]:
        response = self._http.send(self._next(course), stream=True)
        try:
            if response.is_error:
                response.read()
                check_worth_another(response)
            raise_for_status(response)
            course.over = response.status_code == httpx.codes.NO_CONTENT
            if course.over:
                return
            check_stream(response)
            course.generation_id = course.generation_id or named_generation(response)
            decoder = Decoder()
            for chunk in response.iter_bytes():
                for frame in decoder.feed(chunk):
                    yield event_of(frame.data)
        finally:
            response.close()
