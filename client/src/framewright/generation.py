"""One generation for a person: watch it, answer its questions, write its files, say how it ended."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from .client import Client, Event
from .display import Display
from .errors import ClientError
from .exits import Exit
from .files import write_artifacts
from .messages import Messages


class Generation:
    """Follows the events of a generation, and keeps what the end needs."""

    def __init__(
        self,
        client: Client,
        display: Display,
        say: Messages,
        *,
        answer_to: Callable[[Mapping[str, Any]], str | None] | None,
    ) -> None:
        """`answer_to` gives the answer to a question; None where nobody can be asked."""
        self.id = ""
        self.end: Event | None = None
        self._client = client
        self._display = display
        self._say = say
        self._answer_to = answer_to
        self._contents: dict[str, bytes] = {}

    def follow(self, events: Iterable[Event]) -> None:
        for event in events:
            self.id = self.id or str(event.data.get("generation_id") or "")
            if event.type == "artifact":
                self._contents[str(event.data["path"])] = str(event.data["content"]).encode()
            elif event.type == "reset":
                self._contents.clear()
            self._display.show(event)
            if event.type == "question" and self._answer_to:
                self._display.quiet()
                self._send(event.data, self._answer_to(event.data))
            if event.terminal:
                self.end = event

    def write(self, folder: Path, result: Mapping[str, Any]) -> list[Path]:
        """Writes the result's artifacts below `folder`: what the events brought, or else fetched."""
        return write_artifacts(folder, {item["path"]: self._content(item) for item in result.get("artifacts") or ()})

    def report(self, result: Mapping[str, Any], written: list[Path], folder: Path) -> Exit:
        """Says how it ended; returns the exit code."""
        line = self._display.line
        if result.get("status") == "cancelled":
            line(self._say("cancelled"))
            return Exit.CANCELLED
        if result.get("status") != "completed":
            problem = (self.end.data.get("problem") if self.end else None) or result.get("problem") or {}
            line(self._say("failed", detail=problem.get("detail") or result.get("status")))
            return Exit.FAILED
        intent = result.get("intent") or {}
        if intent.get("kind") == "unsupported":
            self._unsupported(intent)
            return Exit.UNSUPPORTED
        if result.get("answer"):
            line(f"\n{result['answer']}\n")
        self._diagnostics(result)
        if result.get("degraded"):
            line(self._say("degraded", engine=result.get("engine")))
        line(self._say("done", seconds=_seconds(result), engine=result.get("engine") or "-"))
        if written:
            line(self._say("written", count=len(written), folder=folder))
            for path in written:
                line(f"  {path}")
        return Exit.DONE

    def _send(self, question: Mapping[str, Any], answer: str | None) -> None:
        if answer is None:
            return
        try:
            self._client.answer(self.id, str(question["question_id"]), answer)
        except ClientError as error:  # it was too late: the events tell how it went on
            self._display.line(str(error))

    def _content(self, artifact: Mapping[str, Any]) -> bytes:
        path = str(artifact["path"])
        content = self._contents.get(path, b"")
        if hashlib.sha256(content).hexdigest() == artifact.get("sha256"):
            return content
        return self._client.artifact(self.id, path)

    def _unsupported(self, intent: Mapping[str, Any]) -> None:
        self._display.line(self._say("unsupported", reason=intent.get("reason") or ""))
        if intent.get("alternatives"):
            self._display.line(self._say("alternatives"))
            for alternative in intent["alternatives"]:
                self._display.line(f"  - {alternative}")

    def _diagnostics(self, result: Mapping[str, Any]) -> None:
        for artifact in result.get("artifacts") or ():
            for item in artifact.get("diagnostics") or ():
                place = f"{artifact['path']}:{item['line']}" if item.get("line") else artifact["path"]
                self._display.line(f"{self._say('diagnostics')}: {place}: {item.get('message')}")


def _seconds(result: Mapping[str, Any]) -> float:
    timings = result.get("timings") or {}
    total = timings.get("total") if isinstance(timings, dict) else 0
    return float(total or 0) / 1000
