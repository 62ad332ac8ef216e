"""The exit codes of the command."""

from enum import IntEnum


class Exit(IntEnum):
    """The command's exit codes."""

    DONE = 0
    FAILED = 1
    WRONG_COMMAND_LINE = 2
    UNREACHABLE = 3
    KEY_REFUSED = 4
    UNSUPPORTED = 5
    CANCELLED = 6
    INTERRUPTED = 130
