"""The morpheme analyser in a process of its own: while it loads and works, this one's event loop stays free.

The analyser holds the interpreter's lock for seconds while it builds its tables, and for the length of every text.
Lines of JSON go both ways: texts, and whether terms stay whole; a list of lists of morphemes.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from chassis.errors import Unavailable
from chassis.logging import get_logger

from .morphemes import KiwiAnalyzer, Morpheme, MorphemeAnalyzer, read_terms

_MODULE = "app.core.morpheme_process"
_SERVICE = Path(__file__).parents[2]
_SLICE = 16
"""Texts of one exchange: a query waits for no more of a bulk request than this."""
_READY = b"[]\n"
_log = get_logger(__name__)


class AnalyzerGone(Exception):
    """The process has ended."""


class ProcessAnalyzer:
    """A started process; it is started anew where it has ended, and callers are told to come again meanwhile."""

    def __init__(self, command: list[str] | None = None) -> None:
        """Returns when the analyser is loaded; `command` replaces the process in tests."""
        self._command = command or [sys.executable, "-m", _MODULE]
        self._lock = threading.Lock()
        self._restarting = threading.Event()
        self._closed = False
        self._process = self._start()

    def analyze(self, texts: Iterable[str], *, terms: bool = False) -> Iterator[list[Morpheme]]:
        """The morphemes of each text, in order.

        Raises:
            Unavailable: the process has ended; it is being started again.
        """
        waiting = iter(texts)
        while batch := list(islice(waiting, _SLICE)):
            for found in self._exchange(batch, terms=terms):
                yield [Morpheme(*item) for item in found]

    def close(self) -> None:
        """Ends the process."""
        self._closed = True
        _end(self._process)

    def _exchange(self, batch: list[str], *, terms: bool) -> list[list[Any]]:
        if self._restarting.is_set():
            raise self._unavailable()
        with self._lock:
            try:
                found: list[list[Any]] = orjson.loads(self._ask(orjson.dumps({"texts": batch, "terms": terms}) + b"\n"))
            except (AnalyzerGone, OSError) as error:
                self._restart(str(error))
                raise self._unavailable() from error
        return found

    def _ask(self, line: bytes) -> bytes:
        into = self._process.stdin
        if into is None:
            raise AnalyzerGone("the process has no input")
        into.write(line)
        into.flush()
        return _line_of(self._process)

    def _start(self) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            self._command,
            cwd=_SERVICE,
            env=dict(os.environ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # an interrupt from the keyboard ends this process first
        )
        try:
            _line_of(process)
        except AnalyzerGone:
            _end(process)
            raise
        return process

    def _restart(self, reason: str) -> None:
        if self._closed or self._restarting.is_set():
            return
        _log.error("morpheme_process_ended", reason=reason)
        self._restarting.set()
        threading.Thread(target=self._start_again, name="restart-morphemes", daemon=True).start()

    def _start_again(self) -> None:
        _end(self._process)
        try:
            self._process = self._start()
        except (AnalyzerGone, OSError) as error:
            _log.error("morpheme_process_not_started", reason=str(error))
        self._restarting.clear()

    def _unavailable(self) -> Unavailable:
        return Unavailable("The morpheme analyser is being started again.", code="loading", retry_after_s=2)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    with suppress(BrokenPipeError):
        process.communicate()


def _line_of(process: "subprocess.Popen[bytes]") -> bytes:
    line = process.stdout.readline() if process.stdout else b""
    if not line.endswith(b"\n"):
        raise AnalyzerGone(f"the process ended with {process.poll()}")
    return line


def serve(lines: Iterable[bytes], write: Callable[[bytes], object], load: Callable[[], MorphemeAnalyzer]) -> None:
    """The process's work: says when it is ready, then answers line by line until there are no more."""
    analyzer = load()
    write(_READY)
    for line in lines:
        asked = orjson.loads(line)
        found = analyzer.analyze(asked["texts"], terms=asked["terms"])
        answer = [[[item.form, item.tag, item.start, item.length] for item in morphemes] for morphemes in found]
        write(orjson.dumps(answer) + b"\n")


def main() -> None:
    def write(line: bytes) -> None:
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()

    serve(sys.stdin.buffer, write, lambda: KiwiAnalyzer(read_terms()))


if __name__ == "__main__":
    main()
