"""Vectors by the hash of their text: what was embedded once costs a look-up."""

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Embedded:
    """A text's unit vector, how many tokens it has, and whether some were cut off."""

    vector: NDArray[np.float32]
    tokens: int
    truncated: bool


class VectorCache:
    """The most recently used; `entries` of them."""

    def __init__(self, entries: int) -> None:
        self._entries = entries
        self._kept: OrderedDict[bytes, Embedded] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, text: str) -> Embedded | None:
        key = _key(text)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, text: str, embedded: Embedded) -> None:
        if not self._entries:
            return
        self._kept[_key(text)] = embedded
        while len(self._kept) > self._entries:
            self._kept.popitem(last=False)


def _key(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=16).digest()
