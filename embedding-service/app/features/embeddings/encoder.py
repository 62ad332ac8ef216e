"""The port of an embedding model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Tokens:
    """One text as token ids, cut to the model's length; `truncated` where something was cut off."""

    ids: list[int]
    truncated: bool


class Encoder(Protocol):
    """A loaded model. Its methods block: they are called from worker threads alone."""

    @property
    def model(self) -> str: ...

    @property
    def fingerprint(self) -> str:
        """Tells two models apart whose vectors can't be compared."""
        ...

    @property
    def dimension(self) -> int: ...

    @property
    def prefixes(self) -> tuple[str, str]:
        """What stands before a query and before a document, for models trained that way."""
        ...

    def tokenize(self, texts: Sequence[str]) -> list[Tokens]: ...

    def encode(self, sequences: Sequence[list[int]]) -> NDArray[np.float32]:
        """Unit vectors, one row for each sequence."""
        ...
