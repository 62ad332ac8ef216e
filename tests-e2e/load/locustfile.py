"""Users as they are: those who make screens, who ask, who search, who administer; and the shape of their coming.

Run by `make load PROFILE=…`; by itself: `locust -f load/locustfile.py --host URL`, the key in FRAMEWRIGHT_KEY.
"""

import os
import sys
from itertools import count
from pathlib import Path
from typing import ClassVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from locust import FastHttpUser, LoadTestShape, between, task

from load.profiles import PROFILES
from load.words import Words

PROFILE = PROFILES[os.environ.get("LOAD_PROFILE", "smoke")]
ENGINE = os.environ.get("LOAD_MODEL") or None
_words = Words()
_numbers = count()
_STREAM = {"Accept": "text/event-stream"}


class _User(FastHttpUser):
    abstract = True
    network_timeout = 120.0
    default_headers: ClassVar = {"Authorization": f"Bearer {os.environ['FRAMEWRIGHT_KEY']}"}

    def generate(self, body: dict[str, object]) -> None:
        if ENGINE:
            body["model"] = ENGINE
        with self.client.post(
            "/api/v1/generations", json=body, headers=_STREAM, name="generate", catch_response=True
        ) as answer:
            if "event: completed" not in (answer.text or ""):
                answer.failure(f"not completed: {(answer.text or '')[-200:]}")

    def search(self, name: str = "search") -> None:
        body = {"query": _words.query(next(_numbers)), "framework": "xframe5"}
        self.client.post("/api/v1/search", json=body, name=name)


class ScreenMaker(_User):
    """Looks something up, makes a screen, reads it, and thinks."""

    weight = 3
    wait_time = between(4, 12)

    @task
    def make(self) -> None:
        self.search()
        self.generate({"prompt": _words.prompt(next(_numbers))})
        self.client.get("/api/v1/generations?limit=10", name="list generations")


class Asker(_User):
    """A chat: one session, message after message."""

    weight = 2
    wait_time = between(3, 10)
    session = ""

    def on_start(self) -> None:
        self.session = self.client.post("/api/sessions", json={}, name="new session").json()["id"]

    @task
    def ask(self) -> None:
        body = {"message": _words.message(next(_numbers)), **({"model": ENGINE} if ENGINE else {})}
        path = f"/api/sessions/{self.session}/messages"
        with self.client.post(path, json=body, headers=_STREAM, name="chat", catch_response=True) as answer:
            if "event: completed" not in (answer.text or ""):
                answer.failure(f"not completed: {(answer.text or '')[-200:]}")


class Searcher(_User):
    """Types, reads, types again."""

    weight = 4
    wait_time = between(0.5, 2)

    @task
    def look(self) -> None:
        self.search()


class Administrator(_User):
    """Looks after it all, now and then."""

    weight = 1
    wait_time = between(2, 8)

    @task
    def look_around(self) -> None:
        for path in ("users", "engines", "generations?limit=20", "audit?limit=20", "templates"):
            self.client.get(f"/api/admin/{path}", name=f"admin {path.partition('?')[0]}")


class Shape(LoadTestShape):
    """The profile's stages, one after the other."""

    def tick(self) -> tuple[int, float] | None:
        now = self.get_run_time()
        stage = next((stage for stage in PROFILE.stages if now < stage.until_s), None)
        return (stage.users, stage.a_second) if stage else None
