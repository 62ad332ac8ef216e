"""One service's process: started, waited for, started again when it dies, and stopped."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .layout import end_of
from .messages import MeshError, Say
from .record import ProcessMark, signal_group

START_LIMIT_S = 90.0
START_ATTEMPTS = 3
STOP_LIMIT_S = 25.0
"""The gateway drains for up to 20 s."""
_POLL_S = 0.03
_POLL_GROWTH = 1.05
_LONGEST_POLL_S = 0.25
_FIRST_PAUSE_S = 0.5
_LONGEST_PAUSE_S = 30.0
_STEADY_AFTER_S = 60.0


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, and how to see that it serves."""

    name: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    log: Path
    halted: Path
    """While this file exists, the service is kept down."""
    is_ready: Callable[[], Awaitable[bool]]


class ServiceProcess:
    """Keeps one program running. `say` tells people, `changed` is called when pid or restarts change."""

    def __init__(self, program: Program, *, say: Say, changed: Callable[[], None]) -> None:
        self.program = program
        self.restarts = 0
        self.mark: ProcessMark | None = None
        self._say = say
        self._changed = changed
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = False
        self._ready_at = 0.0

    async def start(self) -> float:
        """Starts the program and waits until it serves; returns the seconds that took.

        Raises:
            MeshError: it died three times, or did not get ready in time; with the end of its log.
        """
        self.program.halted.unlink(missing_ok=True)
        started = time.monotonic()
        for attempt in range(START_ATTEMPTS):
            if attempt:
                await asyncio.sleep(_FIRST_PAUSE_S * attempt)
            await self._spawn()
            if await self._wait_until_ready(started + START_LIMIT_S):
                return time.monotonic() - started
            if time.monotonic() > started + START_LIMIT_S:
                break
        tail = end_of(self.program.log)
        raise MeshError("did_not_start", name=self.program.name, log=self.program.log, tail=tail)

    async def keep(self) -> None:
        """Starts it again whenever it dies, with pauses that grow, until `stop`."""
        pause = _FIRST_PAUSE_S
        while not self._stopping:
            code = await self._running().wait()
            if self._is_stopping():
                return
            if time.monotonic() - self._ready_at > _STEADY_AFTER_S:
                pause = _FIRST_PAUSE_S
            if self.program.halted.exists():
                self._say("halted", name=self.program.name)
                await self._wait_until_released()
            else:
                self._say("ended", name=self.program.name, how=_describe(code), pause=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_S)
            await self._restart()

    async def stop(self) -> None:
        """Asks the process group to end, and insists after a while."""
        self._stopping = True
        process = self._process
        if process is None or process.returncode is not None:
            return
        signal_group(process.pid, signal.SIGTERM)
        try:
            async with asyncio.timeout(STOP_LIMIT_S):
                await process.wait()
        except TimeoutError:
            self._say("killed", name=self.program.name)
        signal_group(process.pid, signal.SIGKILL)
        await process.wait()

    async def _restart(self) -> None:
        if self._stopping:
            return
        self.restarts += 1
        started = time.monotonic()
        await self._spawn()
        if await self._wait_until_ready(started + START_LIMIT_S):
            self._say("ready_again", name=self.program.name, seconds=time.monotonic() - started)

    async def _spawn(self) -> None:
        with self.program.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self.program.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.program.folder,
                env=dict(self.program.environment),
                start_new_session=True,
            )
        self.mark = ProcessMark.of(self._process.pid)
        self._changed()

    async def _wait_until_ready(self, deadline: float) -> bool:
        """False where the process died, or the time is over."""
        process = self._running()
        pause = _POLL_S
        while time.monotonic() < deadline and process.returncode is None:
            if await self.program.is_ready():
                self._ready_at = time.monotonic()
                return True
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await process.wait()
            pause = min(pause * _POLL_GROWTH, _LONGEST_POLL_S)
        return False

    async def _wait_until_released(self) -> None:
        """A file, so that a command in another process can do it: looked at, for there is nothing to wait on."""
        while self.program.halted.exists() and not self._stopping:  # noqa: ASYNC110 - as above
            await asyncio.sleep(_POLL_S)

    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise RuntimeError(f"{self.program.name} was never started")
        return self._process

    def _is_stopping(self) -> bool:
        return self._stopping


def _describe(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
