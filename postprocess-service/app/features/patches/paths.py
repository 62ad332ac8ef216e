"""Paths that stay inside a workspace, on every system that may hold one."""

import re
import unicodedata

from .edits import EditFailure

_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3]) *(?:\..*)?",
    re.IGNORECASE,
)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_LONGEST = 300
_LONGEST_PART = 200
_OWN = frozenset({".git", ".framewright", ".hg", ".svn", ".ssh"})
"""Folders that no patch writes into: version control's state, and the journal of patches itself."""


def checked_path(path: str) -> str:
    """The path as it was given.

    Raises:
        EditFailure: `unsafe_path`, with the reason.
    """
    reason = _reason(path)
    if reason:
        raise EditFailure("unsafe_path", reason=reason)
    return path


def _reason(path: str) -> str:
    if not path or len(path) > _LONGEST:
        return "length"
    if _FORBIDDEN.search(path):
        return "characters"
    if path.startswith(("/", "~")):
        return "absolute"
    if unicodedata.normalize("NFC", path) != path and unicodedata.normalize("NFD", path) != path:
        return "characters"
    return next((reason for part in path.split("/") if (reason := _reason_of_part(part))), "")


def _reason_of_part(part: str) -> str:
    if part in {"", ".", ".."}:
        return "dots"
    if len(part) > _LONGEST_PART:
        return "length"
    if part.endswith((" ", ".")) or part.startswith(" "):
        return "ends in a blank or dot"
    if _DEVICE.fullmatch(part.rstrip(" ")):
        return "device name"
    return "protected folder" if part.lower() in _OWN else ""
