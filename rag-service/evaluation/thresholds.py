"""What a threshold and a number of hits leave of the results, and which of them serves a class of models best."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.hits import Hit

from .queries import Query

CUTS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)
LIMITS = (4, 6, 8)
CLASSES = {"small": (4, 1.0), "medium": (6, 2.0), "large": (8, 3.0)}
"""Of each class the number of hits that its prompt has room for, and beta: how many times more a relevant entry that
is missing costs than a useless one that is there (van Rijsbergen). A small model is led astray by what does not
belong to its task; a large one picks what it needs."""
Results = Sequence[tuple[Query, Sequence[Hit]]]


@dataclass(frozen=True, slots=True)
class Effect:
    """Hits for each query, share of them that are graded, share of the relevant entries found, queries answered."""

    threshold: float
    limit: int
    hits: float
    precision: float
    recall: float
    answered: float
    characters: float

    def f_measure(self, beta: float) -> float:
        weight = beta * beta
        below = weight * self.precision + self.recall
        return (1 + weight) * self.precision * self.recall / below if below else 0.0


def effect(results: Results, threshold: float, limit: int) -> Effect:
    total = good = found = wanted = answered = characters = 0
    for query, hits in results:
        kept = [hit for hit in hits if hit.score >= threshold][:limit]
        ids = {hit.id for hit in kept}
        total += len(ids)
        good += len(ids & set(query.grades))
        found += len(ids & query.relevant)
        wanted += len(query.relevant)
        answered += bool(ids & query.relevant)
        characters += sum(len(hit.text) for hit in kept)
    count = max(1, len(results))
    return Effect(
        threshold,
        limit,
        total / count,
        good / max(1, total),
        found / max(1, wanted),
        answered / count,
        characters / count,
    )


def best(effects: Iterable[Effect], beta: float) -> Effect:
    return max(effects, key=lambda item: item.f_measure(beta))


def report(results: Results, chosen: dict[str, tuple[float, int]]) -> list[str]:
    """Lines of a table: each threshold at each number of hits, the best by class, and what is set now."""
    effects = {(cut, limit): effect(results, cut, limit) for cut in CUTS for limit in LIMITS}
    lines = ["threshold, limit: hits per query, precision, recall of relevant entries, queries answered, characters"]
    lines += [_line(f"{cut:.2f} {limit:3}", item) for (cut, limit), item in effects.items()]
    for name, (limit, beta) in CLASSES.items():
        found = best((effects[cut, limit] for cut in CUTS), beta)
        lines.append(
            _line(f"best for {name} (F{beta:g} {found.f_measure(beta):.3f}): {found.threshold} {limit}", found)
        )
        if name in chosen:
            item = effect(results, *chosen[name])
            lines.append(_line(f"set for {name} (F{beta:g} {item.f_measure(beta):.3f}): {chosen[name]}", item))
    return lines


def _line(name: str, item: Effect) -> str:
    return f"{name}: {item.hits:5.2f} {item.precision:.3f} {item.recall:.3f} {item.answered:.3f} {item.characters:6.0f}"
