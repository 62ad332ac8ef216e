"""Files that are exchanged as a whole: a reader sees the old content or the new one, and so do replicas beside it."""

import os
from pathlib import Path
from tempfile import mkstemp


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file that its owner alone can read, with its folder, by way of a draft of its own.

    Raises:
        OSError: it can't be written; what was there before is there still, and no draft is left.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = mkstemp(prefix=f"{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
