"""How far generated files are from accepted ones: the share of tokens that an editor would have to change."""

import re
from collections.abc import Mapping, Sequence

_TOKEN = re.compile(r"\w+|[^\w\s]")


def text_distance(one: str, other: str) -> float:
    """0: the same but for blanks; 1: nothing in common. Levenshtein over tokens, by the longer text's length."""
    from rapidfuzz.distance import Levenshtein

    left, right = _tokens(one), _tokens(other)
    return float(Levenshtein.normalized_distance(left, right)) if left or right else 0.0


def files_distance(accepted: Mapping[str, str], generated: Mapping[str, str]) -> float | None:
    """Over the accepted files, by their length; each beside the file of its name, else the only one of its kind.

    None where nothing was accepted.
    """
    weights = {name: max(1, len(_tokens(content))) for name, content in accepted.items()}
    if not weights:
        return None
    total = 0.0
    for name, content in accepted.items():
        other = _counterpart(name, generated)
        total += weights[name] * (1.0 if other is None else text_distance(content, generated[other]))
    return total / sum(weights.values())


def _counterpart(name: str, generated: Mapping[str, str]) -> str | None:
    if name in generated:
        return name
    ending = name.rpartition(".")[2]
    popup = "popup" in name.lower()
    alike = [item for item in generated if item.endswith(f".{ending}") and ("popup" in item.lower()) == popup]
    return alike[0] if len(alike) == 1 else None


def _tokens(text: str) -> Sequence[str]:
    return _TOKEN.findall(text)
