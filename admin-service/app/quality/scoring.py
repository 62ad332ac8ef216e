"""The score of one generation beside what its case expects. Deterministic: the same record gives the same figures."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from .distance import files_distance
from .fields import FieldScore, columns_of, same_name, score_columns, score_texts
from .golden import GoldenCase
from .verbs import actions_of, options_of, transactions_of

SCORING_VERSION = "1"
"""Changes with any rule below: evaluations scored by other rules are not compared."""
WEIGHTS = {"valid": 0.25, "expectations": 0.40, "fields": 0.35}
"""Of the score from 0 to 100."""
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Prices:
    """What a variant costs: money for a million tokens, and for an hour of a GPU; how many GPUs it holds."""

    input_per_million: float = 0.0
    output_per_million: float = 0.0
    gpu_hour: float = 0.0
    gpus: float = 0.0


@dataclass(frozen=True, slots=True)
class Measures:
    """Of one generation. Shares are 0 to 1, `score` 0 to 100, times in ms, `gpu_s` in seconds.

    `gpu_s`: of an engine that several generations used at once, this one's share; with `cost`, of own answers alone.
    `own`: the engine itself answered. What another one answered in its place is no merit of it: every share is 0.
    `engine` is who answered in the end; `templates` are those of its prompts, `@pack` or with an admin's version.
    """

    score: float
    own: bool
    valid_before: bool
    valid_after: bool
    expectations: float
    recall: float
    precision: float | None
    types: float
    distance: float | None
    duration_ms: float | None
    engine_ms: float
    attempts: int
    fixes: int
    errors: int
    prompt_tokens: int
    completion_tokens: int
    gpu_s: float
    cost: float
    missed: list[str] = field(default_factory=list)
    problem: str = ""
    engine: str = ""
    templates: list[str] = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        return {name: _rounded(value) for name, value in asdict(self).items()}


def score(case: GoldenCase, record: Record, accepted: Mapping[str, str], prices: Prices) -> Measures:
    """The measures of a generation's record, as the gateway keeps it."""
    own = record.get("status") == "completed" and not record.get("degraded")
    spec = record.get("spec") if own else None
    files = {str(item["path"]): str(item.get("content") or "") for item in record.get("artifacts") or ()} if own else {}
    attempts = len(record.get("raw_answers") or ())
    fixes, errors = _fixes(record), _errors(record)
    valid_after = own and bool(files) and not errors
    fields = _fields(case, spec, files)
    checks = _checks(case, record, spec, files, fields) if own else _nothing_of(case)
    expectations = sum(checks.values()) / len(checks) if checks else float(own)
    parts = {"valid": float(valid_after), "expectations": expectations, "fields": fields.f1}
    return Measures(
        score=100 * sum(WEIGHTS[name] * share for name, share in parts.items()),
        own=own,
        valid_before=valid_after and attempts == 1 and not fixes,
        valid_after=valid_after,
        expectations=expectations,
        recall=fields.recall,
        precision=fields.precision,
        types=fields.types,
        distance=_distance(accepted, spec, files) if own else (1.0 if accepted else None),
        attempts=attempts,
        fixes=fixes,
        errors=errors,
        missed=[name for name, share in checks.items() if share < 1],
        problem=_problem(record, own=own),
        engine=str(record.get("engine") or ""),
        templates=[_template(item) for item in record.get("templates") or ()],
        **_costs(record, prices if own else Prices()),
    )


def _checks(
    case: GoldenCase, record: Record, spec: Mapping[str, Any] | None, files: Mapping[str, str], fields: FieldScore
) -> dict[str, float]:
    """Each expectation by name, and to what share it holds; what files alone can't show is not asked of them."""
    checks: dict[str, float] = {
        f"file {ending}": _share(any(path.endswith(ending) for path in files)) for ending in case.files
    }
    model = (record.get("data_model") or {}).get("entities") or ()
    named = [str(entity.get("name") or "") for entity in model]
    if spec is not None:
        named += [str(dataset.get("entity") or "") for dataset in spec.get("datasets") or ()]
        checks |= _spec_checks(case, spec)
    checks |= {
        f"entity {names[0]}": _share(any(same_name(name, other) for name in names for other in named))
        for names in case.entities
    }
    checks |= {f"field {name}": 0.0 for name in fields.missing}
    if case.fields:
        checks["types"] = fields.types
    if fields.keys is not None:
        checks["keys"] = fields.keys
    return checks


def _spec_checks(case: GoldenCase, spec: Mapping[str, Any]) -> dict[str, float]:
    actions, options = actions_of(spec), options_of(spec)
    transactions = set(transactions_of(spec).values())
    checks = {"pattern": _share(spec.get("pattern") == case.pattern)} if case.pattern else {}
    checks |= {f"action {name}": _share(name in actions) for name in case.actions}
    checks |= {f"transaction {name}": _share(name in transactions) for name in case.transactions}
    return checks | {f"option {name}": _share(name in options) for name in case.options}


def _nothing_of(case: GoldenCase) -> dict[str, float]:
    return {f"field {item.title}": 0.0 for item in case.fields} or {"screen": 0.0}


def _fields(case: GoldenCase, spec: Mapping[str, Any] | None, files: Mapping[str, str]) -> FieldScore:
    if spec is not None:
        return score_columns(case.fields, columns_of(spec), whole=case.whole)
    if files:
        return score_texts(case.fields, files.values())
    return FieldScore(0.0, 0.0 if case.whole else None, 0.0, None, tuple(item.title for item in case.fields))


def _distance(accepted: Mapping[str, str], spec: Mapping[str, Any] | None, files: Mapping[str, str]) -> float | None:
    if not accepted:
        return None
    wanted = {name: _canonical(content) if name == "spec.json" else content for name, content in accepted.items()}
    if spec is None:
        wanted.pop("spec.json", None)
        return files_distance(wanted, files)
    return files_distance(wanted, {**files, "spec.json": _json(_lean(spec))})


def _canonical(content: str) -> str:
    try:
        return _json(_lean(json.loads(content)))
    except ValueError:
        return content


def _lean(value: Any) -> Any:
    """Without members that say nothing: null, false, empty."""
    if isinstance(value, Mapping):
        return {name: _lean(item) for name, item in sorted(value.items()) if item not in (None, False, "", [], {})}
    return [_lean(item) for item in value] if isinstance(value, list) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _fixes(record: Record) -> int:
    artifacts = record.get("artifacts") or ()
    return len(record.get("fixes") or ()) + sum(len(item.get("fixes") or ()) for item in artifacts)


def _errors(record: Record) -> int:
    found = [*(record.get("diagnostics") or ())]
    for artifact in record.get("artifacts") or ():
        found += artifact.get("diagnostics") or ()
    return sum(item.get("severity") == "error" for item in found)


def _costs(record: Record, prices: Prices) -> dict[str, Any]:
    usage, timings = record.get("usage") or {}, record.get("timings") or {}
    prompt, completion = int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0)
    engine_ms = float(timings.get("engine") or 0.0)
    gpu_s = engine_ms / 1000 * prices.gpus * float(record.get("engine_share", 1.0))
    tokens = prompt * prices.input_per_million + completion * prices.output_per_million
    return {
        "duration_ms": record.get("duration_ms"),
        "engine_ms": engine_ms,
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "gpu_s": gpu_s,
        "cost": tokens / 1_000_000 + gpu_s / 3600 * prices.gpu_hour,
    }


def _problem(record: Record, *, own: bool) -> str:
    if own:
        return ""
    problem = record.get("problem") or {}
    warnings = [str(item.get("code")) for item in record.get("warnings") or ()]
    return str(problem.get("code") or next((code for code in warnings if code.startswith("engine_")), "not_completed"))


def _template(used: Mapping[str, Any]) -> str:
    return f"{used['id']}@{used['version'] if used.get('source') == 'admin' else 'pack'}"


def _share(holds: bool) -> float:  # noqa: FBT001 - a truth as a figure
    return float(holds)


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value
