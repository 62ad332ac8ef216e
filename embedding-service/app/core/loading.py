"""Something slow to load: loaded once for the process, in a thread of its own, retried where it fails."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from chassis.errors import Unavailable
from chassis.logging import get_logger

T = TypeVar("T")
_RETRY_AFTER_S = 2
_log = get_logger(__name__)


class Loading(Generic[T]):
    """A value that is there a while after `start`. Callers never wait for it: they are told to come again."""

    def __init__(self, name: str, load: Callable[[], T], *, retry_pause_s: float = 30.0) -> None:
        self._name = name
        self._load = load
        self._retry_pause_s = retry_pause_s
        self._value: T | None = None
        self._failure = ""
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"load-{name}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends the retries; a load that is under way goes on, but nothing waits for it."""
        self._stopped.set()

    @property
    def ready(self) -> bool:
        return self._value is not None

    def get(self) -> T:
        """The value.

        Raises:
            Unavailable: it is still being loaded, or the last try failed.
        """
        if self._value is None:
            raise Unavailable(f"The {self._name} is {self.state()}.", code="loading", retry_after_s=_RETRY_AFTER_S)
        return self._value

    def state(self) -> str:
        if self._value is not None:
            return "loaded"
        return f"not usable: {self._failure}" if self._failure else "still being loaded"

    async def check(self) -> str:
        """For a readiness probe: the state, or the error of `get`."""
        self.get()
        return self.state()

    def _run(self) -> None:
        while not self._stopped.is_set():
            started = time.perf_counter()
            try:
                self._value = self._load()
            except Exception as error:  # noqa: BLE001 - the outermost loop of a thread: it reports and tries again
                self._failure = f"{type(error).__name__}: {error}"
                _log.error("load_failed", what=self._name, exc_info=error)
                self._stopped.wait(self._retry_pause_s)
            else:
                _log.info("loaded", what=self._name, seconds=round(time.perf_counter() - started, 1))
                return
