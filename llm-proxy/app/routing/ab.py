"""Which of an engine's adapters a call gets: shares that sum up by weight, and the way back to those before."""

import hashlib
import random
from dataclasses import dataclass, field
from typing import Any

BASE = ""
"""The model without an adapter."""


@dataclass(slots=True)
class Shares:
    """Weights by adapter (`""` is the base model), with their history."""

    history: list[dict[str, float]] = field(default_factory=list)

    @property
    def now(self) -> dict[str, float]:
        return self.history[-1] if self.history else {}

    def set(self, weights: dict[str, float]) -> None:
        self.history = [*self.history[-19:], dict(weights)]

    def roll_back(self) -> dict[str, float]:
        """To the weights before; to the base model where there are none."""
        self.history = self.history[:-1]
        return self.now

    def drop(self, name: str) -> None:
        """For an adapter that is gone: nothing goes back to it."""
        self.history = [{key: value for key, value in item.items() if key != name} for item in self.history]

    def choose(self, session: str) -> str:
        """A session keeps its adapter as long as the weights stay."""
        weights = {name: weight for name, weight in self.now.items() if weight > 0}
        if not weights:
            return BASE
        point = _fraction(session) * sum(weights.values())
        for name, weight in weights.items():
            point -= weight
            if point < 0:
                return name
        return next(reversed(weights))


def valid_history(document: Any) -> list[dict[str, float]]:
    """What of a stored history can be used."""
    items = document if isinstance(document, list) else []
    return [
        {str(name): float(weight) for name, weight in item.items() if isinstance(weight, int | float) and weight >= 0}
        for item in items
        if isinstance(item, dict)
    ]


def _fraction(session: str) -> float:
    if not session:
        return random.random()  # noqa: S311 - shares, not secrets
    return int.from_bytes(hashlib.blake2b(session.encode(), digest_size=6).digest()) / 2**48
