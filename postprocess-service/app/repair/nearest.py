"""Finds the name that was meant: same but for case and underscores, or near enough and without a rival."""

from collections.abc import Collection
from difflib import SequenceMatcher

ENOUGH = 0.82
MARGIN = 0.04
LONGEST = 64


def plain(name: str) -> str:
    """A name without what conventions differ in."""
    return name.replace("_", "").replace("-", "").lower()


def nearest(name: str, known: Collection[str], enough: float = ENOUGH) -> str | None:
    """The known name that `name` stands for, or None where there is none, or more than one."""
    if name in known:
        return name
    names = sorted(set(known))
    wanted = plain(name)
    same = [item for item in names if plain(item) == wanted]
    if same:
        return same[0] if len(same) == 1 else None
    if not 3 <= len(name) <= LONGEST:
        return None
    scored = sorted(((_likeness(wanted, plain(item)), item) for item in names), reverse=True)
    if not scored or scored[0][0] < enough or (len(scored) > 1 and scored[0][0] - scored[1][0] < MARGIN):
        return None
    return scored[0][1]


def _likeness(left: str, right: str) -> float:
    if abs(len(left) - len(right)) > max(len(left), len(right)) * (1 - ENOUGH) + 2:
        return 0.0
    if _at_most(left, right) < ENOUGH - 0.1:
        return 0.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _at_most(left: str, right: str) -> float:
    """The likeness of two names if their common letters stood in the same order: `quick_ratio`, without a matcher."""
    common = sum(min(left.count(letter), right.count(letter)) for letter in set(left))
    return 2.0 * common / (len(left) + len(right) or 1)
