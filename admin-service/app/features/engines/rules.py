"""What may be set of an engine, and what its model's name says."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from chassis.errors import FieldError

from ...db.serving import BUILTIN
from ...security.url_policy import UrlPolicy

RESERVED_IDS = frozenset({"default", "env", "framewright"})
"""Words that mean something else where an engine's id may stand."""
_SELECTORS = ("class:", "capability:")
_SMALL_BELOW_B, _MEDIUM_TO_B = 10.0, 40.0
_PARAMETERS = re.compile(r"(?<![a-z0-9.])(?:(\d+)x)?(\d+(?:\.\d+)?)b(?![a-z0-9])", re.IGNORECASE)


def class_of(model: str, *, cloud: bool = False) -> str:
    """Small (under 10 B parameters), medium (to 40 B) or large, by the size in the name.

    Where the name has none, a cloud's model is large and any other small.
    """
    sizes = [float(match[2]) * float(match[1] or 1) for match in _PARAMETERS.finditer(model)]
    if not sizes:
        return "large" if cloud else "small"
    size = max(sizes)
    if size < _SMALL_BELOW_B:
        return "small"
    return "medium" if size <= _MEDIUM_TO_B else "large"


def origin(base_url: str | None) -> tuple[str, str]:
    """Where a secret would be sent."""
    parts = urlsplit(base_url or "")
    return parts.scheme, parts.netloc.lower()


def problems(engine: Mapping[str, Any], others: Mapping[str, Sequence[str]], policy: UrlPolicy) -> list[FieldError]:
    """Everything that is wrong with an engine; `others` has the fallbacks of each other engine."""
    found: list[FieldError] = []
    if engine["kind"] == BUILTIN:
        if engine["base_url"]:
            found.append(FieldError("base_url", "The built-in engine has no server."))
    elif not engine["base_url"]:
        found.append(FieldError("base_url", "It is needed for this kind of engine.", "missing"))
    else:
        refusal = policy.url_refusal(engine["base_url"])
        if refusal:
            found.append(FieldError("base_url", refusal, "address_refused"))
    if engine["max_output_tokens"] >= engine["context_window"]:
        found.append(FieldError("max_output_tokens", "It has to be less than the context window."))
    found += _alias_problems(engine["id"], engine["aliases"], others)
    return found + _fallback_problems(engine["id"], engine["fallbacks"], others)


def _alias_problems(engine_id: str, aliases: Sequence[str], others: Collection[str]) -> list[FieldError]:
    """A name that means something else would never reach the engine."""
    found: list[FieldError] = []
    for alias in aliases:
        if alias in RESERVED_IDS or alias.startswith(_SELECTORS):
            found.append(FieldError("aliases", f"{alias} has a meaning of its own.", "reserved"))
        elif alias in others and alias != engine_id:
            found.append(FieldError("aliases", f"There is an engine {alias}.", "taken"))
    return found


def _fallback_problems(
    engine_id: str, fallbacks: Sequence[str], others: Mapping[str, Sequence[str]]
) -> list[FieldError]:
    found = [
        FieldError("fallbacks", f"There is no engine {name}.", "unknown")
        for name in fallbacks
        if name != engine_id and name not in others
    ]
    if engine_id in fallbacks or _reaches(engine_id, fallbacks, others):
        found.append(FieldError("fallbacks", "The chain comes back to this engine.", "cycle"))
    return found


def _reaches(engine_id: str, start: Sequence[str], others: Mapping[str, Sequence[str]]) -> bool:
    seen: set[str] = set()
    left = list(start)
    while left:
        name = left.pop()
        if name in seen:
            continue
        seen.add(name)
        following = others.get(name, ())
        if engine_id in following:
            return True
        left.extend(following)
    return False
