"""A lock between processes on an open file; the system lets it go when its holder dies."""

import sys

if sys.platform == "win32":
    import msvcrt

    def taken(descriptor: int) -> bool:
        """Takes the lock, unless another process has it."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def taken(descriptor: int) -> bool:
        """Takes the lock, unless another process has it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
