"""What came of an experiment's arms: counted over all that was generated, judged over those who take part."""

from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any

from ...quality.significance import Arm, Difference, compare_arms
from ...quality.statistics import percentile

Row = Mapping[str, Any]
_LIKED = 4
"""A rating from here on is an acceptance, where no code was sent back."""


def frameworks_of(arms: Iterable[Mapping[str, Any]]) -> list[str]:
    """Those that the arms' templates are of; none where an arm has an engine, which makes all of them differ."""
    arms = list(arms)
    if any(arm["engine"] for arm in arms):
        return []
    return sorted({template.partition("/")[0] for arm in arms for template in arm["templates"]})


def judged(rows: Sequence[Row], arms: Sequence[Mapping[str, Any]], planned: int) -> list[dict[str, Any]]:
    """For each arm what came of it; p-values once every arm has its planned units, and of no later screens than that.

    So it makes no difference how often anybody looks. `rows` are in their order.
    """
    names = [str(arm["name"]) for arm in arms]
    enough = _until_planned(rows, names, planned)
    differences = [Difference() for _ in names]
    if enough is not None:
        control, *others = (_arm(name, enough) for name in names)
        differences[1:] = compare_arms(control, others)
    return [
        {**_counted(name, rows, planned), **difference.document()}
        for name, difference in zip(names, differences, strict=True)
    ]


def _until_planned(rows: Sequence[Row], names: Sequence[str], planned: int) -> Sequence[Row] | None:
    """The screens up to the one that made the last arm complete; None before."""
    units: dict[str, set[str]] = {name: set() for name in names}
    for number, row in enumerate(rows, start=1):
        units.get(row["arm"], set()).add(row["unit"])
        if all(len(found) >= planned for found in units.values()):
            return rows[:number]
    return None


def _arm(name: str, rows: Sequence[Row]) -> Arm:
    by_unit = _by_unit(name, rows).values()
    rates = [fmean(map(_accepted, mine)) for mine in by_unit]
    edited = [[row["edit_ratio"] for row in mine if row["edit_ratio"] is not None] for mine in by_unit]
    return Arm(name, rates, [fmean(ratios) for ratios in edited if ratios])


def _counted(name: str, rows: Sequence[Row], planned: int) -> dict[str, Any]:
    arm, mine = _arm(name, rows), [row for row in rows if row["arm"] == name]
    accepted = sum(map(_accepted, mine))
    times = [float(row["duration_ms"]) for row in mine if row["duration_ms"] is not None]
    return {
        "name": name,
        "units": len(arm.rates),
        "missing_units": max(0, planned - len(arm.rates)),
        "generations": len(mine),
        "failed": sum(row["status"] != "completed" for row in mine),
        "degraded": sum(bool(row["degraded"]) for row in mine),
        "accepted": accepted,
        "accepted_rate": accepted / len(mine) if mine else None,
        "unit_accepted_rate": fmean(arm.rates) if arm.rates else None,
        "distance_mean": fmean(arm.distances) if arm.distances else None,
        "duration_ms_p50": percentile(times, 50),
    }


def _by_unit(name: str, rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row["arm"] == name:
            found.setdefault(row["unit"], []).append(row)
    return found


def _accepted(row: Row) -> bool:
    return bool(row["accepted"]) or (row["rating"] or 0) >= _LIKED
