"""Changes of files, by their content: an editor that only touches a file changes nothing."""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

POLL_S = 0.5


def changes(
    files: Sequence[Path], waiting: Callable[[], None], *, sleep: Callable[[float], None] = time.sleep
) -> Iterator[None]:
    """Once at the beginning, and then each time one of the files has changed; `waiting` is told before each wait."""
    seen = _contents(files)
    yield None
    while True:
        waiting()
        while (now := _contents(files)) == seen:
            sleep(POLL_S)
        seen = now
        yield None


def _contents(files: Sequence[Path]) -> list[str | None]:
    return [_hash(path) for path in files]


def _hash(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:  # in the middle of being replaced
        return None
