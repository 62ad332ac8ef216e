"""Which Python packages the product needs, and which part needs them; tools for tests and checks are none of them."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_LISTS = ("*/requirements.txt", "deploy/*/requirements.txt")
_LIBRARIES = ("libs/*/pyproject.toml", "client/pyproject.toml")


def runtime(root: Path) -> dict[str, set[str]]:
    """Canonical name of each installed package → the parts of the checkout that need it, directly or through others."""
    needed_by: dict[str, set[str]] = defaultdict(set)
    for part, wanted in _declared(root):
        for name in _closure(wanted):
            needed_by[name].add(part)
    return dict(needed_by)


def pinned(names: Iterator[str] | set[str]) -> list[str]:
    """`name==version` as installed, without a build's own suffix (`+cpu`), which no index of advisories knows."""
    return sorted(f"{name}=={version(name).partition('+')[0]}" for name in names)


def _declared(root: Path) -> Iterator[tuple[str, list[Requirement]]]:
    for pattern in _LISTS:
        for path in sorted(root.glob(pattern)):
            lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
            yield str(path.parent.relative_to(root)), [Requirement(line) for line in lines if line]
    for pattern in _LIBRARIES:
        for path in sorted(root.glob(pattern)):
            project = tomllib.loads(path.read_text(encoding="utf-8"))["project"]
            wanted = [project["name"], *project.get("dependencies", [])]
            yield str(path.parent.relative_to(root)), [Requirement(line) for line in wanted]


def _closure(wanted: list[Requirement]) -> set[str]:
    """The packages and all that they need, as they are installed here."""
    found: set[str] = set()
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(one, frozenset[str]()) for one in wanted]
    while waiting:
        one, extras_of_parent = waiting.pop()
        if one.marker and not any(one.marker.evaluate({"extra": extra}) for extra in extras_of_parent | {""}):
            continue
        name, extras = canonicalize_name(one.name), frozenset(one.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            needs = distribution(name).requires or []
        except PackageNotFoundError:
            continue  # for another platform, or an extra that nobody asked for
        found.add(name)
        waiting += [(Requirement(line), extras) for line in needs]
    return found
