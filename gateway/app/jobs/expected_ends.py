"""The job library writes a stack trace for each job that fails; one that ended for its subject's reason is one line."""

import logging

from .app import Busy, TriedInVain


class ExpectedEnds(logging.Filter):
    """Lets every record pass; that of an end which a job chose itself without its trace, with its reason."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, (TriedInVain, Busy)):
            record.msg, record.args = f"{record.getMessage()}: {error}", ()
            record.exc_info = record.exc_text = None
        return True


def write_expected_ends_plainly() -> None:
    """For the process's handlers, as they are now: a logger's own filter would not see what its children log."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(ExpectedEnds())
