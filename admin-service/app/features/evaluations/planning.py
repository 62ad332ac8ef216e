"""What an evaluation consists of: its cases and variants as they are at the start."""

from collections.abc import Mapping, Sequence
from typing import Any

from ...core.errors import invalid_field
from ...db.serving import BUILTIN
from ...quality.golden import GoldenCase, Pack, accepted_files, case_of, read_cases

MOST_ITEMS = 20_000
_PRICES = {"input_per_million": "prompt_million", "output_per_million": "completion_million", "gpu_hour": "gpu_hour"}
"""By their names in the settings."""


def find_pack(packs: Mapping[str, Pack], framework: str) -> Pack:
    """Raises Unprocessable where there is no such pack."""
    if framework not in packs:
        raise invalid_field("framework", f"There is no pack {framework}; there are: {', '.join(packs)}.", "unknown")
    return packs[framework]


def chosen_cases(pack: Pack, wanted: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The cases as documents: golden ones by the request's filters, then its own.

    Raises:
        Unprocessable: a case is not known, is there twice or can't be read, or none is left.
    """
    found = [document_of(case, accepted_files(pack, case)) for case in _golden(pack, wanted)]
    found += [_own(members, pack.name) for members in wanted["own_cases"]]
    if not found:
        raise invalid_field("cases", "No case is left to evaluate.", "empty")
    ids = [case["id"] for case in found]
    if len(set(ids)) < len(ids):
        raise invalid_field("own_cases", "Two cases have the same id.", "taken")
    return found


def named_variants(variants: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """With a name for each: what tells it from the others."""
    several_modes = len({variant["mode"] for variant in variants}) > 1
    named = []
    for variant in variants:
        parts = [variant["engine"], *([variant["mode"]] if several_modes else [])]
        parts += [f"{template}@{version or 'pack'}" for template, version in sorted(variant["templates"].items())]
        values = {name: value for name, value in variant["values"].items() if value is not None}
        parts += [f"{name} {value:g}" for name, value in sorted(values.items())]
        named.append({**variant, "values": values, "name": variant["name"] or " · ".join(parts)})
    names = [variant["name"] for variant in named]
    if len(set(names)) < len(names):
        raise invalid_field("variants", "Two variants are the same, or have the same name.", "taken")
    return named


def priced(
    variants: Sequence[Mapping[str, Any]], prices: Mapping[str, Mapping[str, float]]
) -> list[dict[str, Any]]:  # fmt: skip
    """With what each costs, which stays as it is at the start: as given, else by the settings' prices of its engine."""
    found = []
    for variant in variants:
        engine = variant["engine"]
        usual = {name: prices.get(engine, {}).get(member, 0.0) for name, member in _PRICES.items()}
        usual["gpus"] = 0.0 if engine == BUILTIN else 1.0
        given = {name: variant[name] for name in usual if variant[name] is not None}
        found.append({**variant, **usual, **given})
    return found


def items_of(cases: Sequence[Mapping[str, Any]], variants: int, repeats: int) -> list[tuple[str, int, int]]:
    """(case, variant, repeat), all variants of a case together: what is half done compares them all the same."""
    return [
        (case["id"], variant, repeat)
        for repeat in range(repeats)
        for case in cases
        for variant in range(variants)
    ]  # fmt: skip


def document_of(case: GoldenCase, accepted: Mapping[str, str]) -> dict[str, Any]:
    """A case as the evaluation keeps it; `restored` reads it back."""
    return {
        "id": case.id,
        "language": case.language,
        "prompt": case.prompt,
        "pattern": case.pattern,
        "entities": ["|".join(names) for names in case.entities],
        "fields": " ".join(
            f"{'|'.join(field.names)}{'*' if field.key else ''}:{'|'.join(field.types)}" for field in case.fields
        ),
        "whole": case.whole,
        "actions": list(case.actions),
        "transactions": list(case.transactions),
        "options": list(case.options),
        "files": list(case.files),
        "request": dict(case.request or {}),
        "accepted_files": dict(accepted),
    }


def restored(document: Mapping[str, Any], framework: str) -> GoldenCase:
    return case_of(document, framework=framework)


def _golden(pack: Pack, wanted: Mapping[str, Any]) -> list[GoldenCase]:
    if wanted["own_cases"] and not (wanted["cases"] or wanted["patterns"] or wanted["languages"] or wanted["limit"]):
        return []
    cases = read_cases(pack.folder)
    if wanted["cases"]:
        known = {case.id: case for case in cases}
        unknown = [case_id for case_id in wanted["cases"] if case_id not in known]
        if unknown:
            raise invalid_field("cases", f"There is no golden case {', '.join(unknown[:5])}.", "unknown")
        cases = [known[case_id] for case_id in dict.fromkeys(wanted["cases"])]
    cases = [case for case in cases if not wanted["patterns"] or case.pattern in wanted["patterns"]]
    cases = [case for case in cases if not wanted["languages"] or case.language in wanted["languages"]]
    return _spread(cases, wanted["limit"]) if wanted["limit"] else cases


def _spread(cases: Sequence[GoldenCase], limit: int) -> list[GoldenCase]:
    """The first case of each pattern and language, then the second ones, and so on."""
    places: dict[tuple[str, str], int] = {}
    ranked: list[tuple[int, int, GoldenCase]] = []
    for case in cases:
        kind = case.pattern, case.language
        places[kind] = places.get(kind, -1) + 1
        ranked.append((places[kind], len(ranked), case))
    return [case for _, _, case in sorted(ranked, key=lambda entry: entry[:2])[:limit]]


def _own(members: Mapping[str, Any], framework: str) -> dict[str, Any]:
    try:
        case = case_of(members, framework=framework)
    except ValueError as error:
        raise invalid_field("own_cases", str(error)) from error
    return document_of(case, members["accepted_files"])
