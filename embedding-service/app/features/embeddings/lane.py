"""A lane to the model: what waits is packed into batches by token count, and encoded by the lane's own thread."""

import asyncio
import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chassis.errors import TooManyRequests

Encode = Callable[[Sequence[list[int]]], NDArray[np.float32]]


@dataclass(slots=True)
class _Waiting:
    ids: list[int]
    result: asyncio.Future[NDArray[np.float32]]


class Lane:
    """One of two: queries, and bulk work.

    Each has a thread, so that a query never stands behind a bulk batch; the bulk lane's thread yields the cores to
    the other (`niceness`).
    """

    def __init__(self, name: str, *, batch_tokens: int, queue_tokens: int, niceness: int = 0) -> None:
        self._batch_tokens = batch_tokens
        self._queue_tokens = queue_tokens
        self._waiting: deque[_Waiting] = deque()
        self._waiting_tokens = 0
        self._pump: asyncio.Task[None] | None = None
        self._executor = ThreadPoolExecutor(
            1, thread_name_prefix=f"lane-{name}", initializer=_lower_priority, initargs=(niceness,)
        )

    @property
    def waiting_tokens(self) -> int:
        return self._waiting_tokens

    async def encode(self, encode: Encode, sequences: Sequence[list[int]]) -> list[NDArray[np.float32]]:
        """One unit vector for each sequence, in order.

        Raises:
            TooManyRequests: more tokens wait than the lane may hold.
        """
        tokens = sum(map(len, sequences))
        if self._waiting and self._waiting_tokens + tokens > self._queue_tokens:
            raise TooManyRequests("Too many texts wait to be embedded.", code="queue_full", retry_after_s=1)
        loop = asyncio.get_running_loop()
        items = [_Waiting(ids, loop.create_future()) for ids in sequences]
        self._waiting.extend(sorted(items, key=lambda item: len(item.ids)))
        self._waiting_tokens += tokens
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._run(encode))
        return await asyncio.gather(*(item.result for item in items))

    def close(self) -> None:
        if self._pump is not None:
            self._pump.cancel()
        self._executor.shutdown(wait=False, cancel_futures=True)

    async def _run(self, encode: Encode) -> None:
        loop = asyncio.get_running_loop()
        while batch := self._next_batch():
            try:
                vectors = await loop.run_in_executor(self._executor, encode, [item.ids for item in batch])
            except Exception as error:  # noqa: BLE001 - the lane's outermost loop: the callers get the error, it goes on
                for item in batch:
                    if not item.result.done():
                        item.result.set_exception(error)
                continue
            for item, vector in zip(batch, vectors, strict=True):
                if not item.result.done():
                    item.result.set_result(vector)

    def _next_batch(self) -> list[_Waiting]:
        """From the front, as much as fits when padded to its longest; what nobody waits for any more is dropped."""
        batch: list[_Waiting] = []
        longest = 0
        while self._waiting:
            item = self._waiting[0]
            if not item.result.done():
                longest = max(longest, len(item.ids))
                if batch and longest * (len(batch) + 1) > self._batch_tokens:
                    break
                batch.append(item)
            self._waiting.popleft()
            self._waiting_tokens -= len(item.ids)
        return batch


def _lower_priority(niceness: int) -> None:
    if niceness and hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)
