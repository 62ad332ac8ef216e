"""The exit codes of the command."""

from enum import IntEnum


class Exit(IntEnum):
    """The command's exit codes; 2 is a wrong command line."""

    DONE = 0
    FAILED = 1
    UNREACHABLE = 3
    KEY_REFUSED = 4
    UNSUPPORTED = 5
    CANCELLED = 6
    INTERRUPTED = 130
