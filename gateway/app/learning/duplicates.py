"""The same sample twice, or nearly: by hash, and by MinHash over pieces of its words."""

import hashlib
import importlib
import re
from typing import Any

_WORD = re.compile(r"\w+|[^\w\s]")
_PIECE = 4
"""Words in a row: their order counts, and one changed word costs four pieces."""
_PERMUTATIONS = 128
_BANDS = 16
"""Of eight rows: at a similarity of 0.9 all but 2 in 10,000 pairs meet in a band."""
_SEED = 20_261_128
NEARLY_SAME = 0.9
"""Jaccard's index of the pieces. Screens of two tables share their frame: at 0.8 they would count as one."""


class Duplicates:
    """Remembers what passed; about 1.5 KB for each sample."""

    def __init__(self, *, nearly: float = NEARLY_SAME) -> None:
        self._nearly = nearly
        self._hashes: set[bytes] = set()
        self._minhash: Any = importlib.import_module("rensa").RMinHash
        lsh: Any = importlib.import_module("rensa").RMinHashLSH
        self._index: Any = lsh(threshold=nearly, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        self._signatures: list[Any] = []
        self.same = 0
        self.nearly_same = 0

    def seen(self, text: str) -> bool:
        """Whether this text, or nearly this, has passed before; if not, it has now."""
        words = _WORD.findall(text.lower())
        digest = hashlib.blake2b(" ".join(words).encode(), digest_size=16).digest()
        if digest in self._hashes:
            self.same += 1
            return True
        signature = self._signature(words)
        if any(self._signatures[key].jaccard(signature) >= self._nearly for key in self._index.query(signature)):
            self.nearly_same += 1
            return True
        self._hashes.add(digest)
        self._index.insert(len(self._signatures), signature)
        self._signatures.append(signature)
        return False

    def _signature(self, words: list[str]) -> Any:
        pieces = {" ".join(words[start : start + _PIECE]) for start in range(max(1, len(words) - _PIECE + 1))}
        signature = self._minhash(num_perm=_PERMUTATIONS, seed=_SEED)
        signature.update(list(pieces))
        return signature
