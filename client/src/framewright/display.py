"""A generation as a person watches it: a line for each stage, what the engine is at, and questions."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.status import Status

from .client import Event
from .messages import Messages

_STYLES = {"completed": "[green]✓[/green]", "failed": "[red]✗[/red]"}


class Display:
    """Shows events as they come. Only a terminal gets the moving line; a file gets the finished ones."""

    def __init__(self, console: Console, messages: Messages) -> None:
        self._console = console
        self._say = messages
        self._status: Status | None = None
        self._characters = 0

    def show(self, event: Event) -> None:
        handlers: dict[str, Callable[[Mapping[str, Any]], None]] = {
            "stage": self._stage,
            "progress": self._progress,
            "delta": self._delta,
            "reset": self._reset,
            "warning": self._warning,
        }
        handler = handlers.get(event.type)
        if handler:
            handler(event.data)
        if event.terminal:
            self.quiet()

    def line(self, text: str) -> None:
        self._console.print(escape(text), soft_wrap=True)

    def quiet(self) -> None:
        """Takes the moving line away: before a question, and at the end."""
        if self._status:
            self._status.stop()
            self._status = None

    def _stage(self, data: Mapping[str, Any]) -> None:
        name, status = self._say.stage(str(data.get("stage"))), data.get("status")
        if status == "started":
            self._characters = 0
            self._move(name)
            return
        self.quiet()
        facts = [str(data["summary"])] if data.get("summary") else []
        if data.get("fallback"):
            facts.append(f"({self._say('fallback')})")
        ms = f"{data['ms']:7.0f} ms" if isinstance(data.get("ms"), int | float) else " " * 10
        mark = _STYLES.get(str(status), "·")
        self._console.print(f"{mark} {escape(_padded(name))} {ms}  {escape(' '.join(facts))}", soft_wrap=True)

    def _progress(self, data: Mapping[str, Any]) -> None:
        total = f" {data['done']}/{data['total']}" if data.get("total") else ""
        self._move(f"{data.get('message') or self._say.stage(str(data.get('stage')))}{total}")

    def _delta(self, data: Mapping[str, Any]) -> None:
        self._characters += len(str(data.get("text", "")))
        self._move(f"{self._say.stage('engine')}: {self._say('characters', count=self._characters)}")

    def _reset(self, data: Mapping[str, Any]) -> None:
        self._characters = 0
        stage = self._say.stage(str(data.get("stage")))
        self.line(self._say("reset", stage=stage, reason=data.get("reason", "")))

    def _warning(self, data: Mapping[str, Any]) -> None:
        self._console.print(f"[yellow]{escape(self._say('warning', message=data.get('message')))}[/yellow]")

    def _move(self, text: str) -> None:
        if not self._console.is_terminal:
            return
        if self._status is None:
            self._status = self._console.status(escape(text))
            self._status.start()
        else:
            self._status.update(escape(text))


def local_time(stated: str) -> datetime:
    """A moment of the mesh in the time of whoever reads it."""
    return datetime.fromisoformat(stated).astimezone().replace(tzinfo=None)


def _padded(text: str, width: int = 16) -> str:
    """Padded to columns of a terminal, where Korean letters take two."""
    wide = sum(2 if ord(letter) > 0x10FF else 1 for letter in text)
    return text + " " * max(0, width - wide)
