"""Text analysis off the event loop, with an upper bound on what may wait for it."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from chassis.errors import TooManyRequests

T = TypeVar("T")


class TextWorker:
    """Runs analysis of texts in threads; refuses with 429 where too many characters wait already."""

    def __init__(self, *, queue_characters: int, threads: int = 2, name: str = "text") -> None:
        self._limit = queue_characters
        self._waiting = 0
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)

    async def run(self, work: Callable[[], T], *, texts: Sequence[str]) -> T:
        size = sum(map(len, texts))
        if self._waiting and self._waiting + size > self._limit:
            raise TooManyRequests("Too much text waits to be analysed.", code="queue_full", retry_after_s=1)
        self._waiting += size
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, work)
        finally:
            self._waiting -= size

    def close(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
