"""Profiles of models: set by hand, over measured, over preset, over the model's class."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from chassis.errors import NotFound, ServiceError

from ...core.clock import Clock
from ...db.audit import Actor, record
from ...db.database import Database
from ...db.evaluations import newest_completed, results_of
from ...db.models import Engine, MeshSettings, ModelProfile
from ...db.revisions import Feed, advance, current
from ...quality.evidence import Compared
from .measured import evaluated_line, evaluated_suggestions
from .presets import normalised, preset_of, presets
from .suggestions import Suggestion, edit_format_suggestions, suggestions_of

NAMES = ("mode", "edit_format", "threshold", "hits", "examples", "repair_budget")
FIGURES_DAYS = 30
_EVALUATIONS = 20
"""The newest ones: an older one tells little of today's engines."""
_BY_CLASS = {"threshold": "threshold", "hits": "limit"}
_DEFAULTS: Mapping[str, tuple[Any, str, str]] = {
    "mode": ("spec", "모든 모델의 기본값.", "The default of all models."),
    "edit_format": (None, "모델의 크기와 조각의 길이에 따른다.", "By the model's class and the length of the snippet."),
    "examples": (None, "찾은 예제를 모두 넣는다.", "All examples that were found."),
    "repair_budget": (1, "모든 모델의 기본값.", "The default of all models."),
}


class Figures(Protocol):
    async def figures(self, days: int, *, user_id: str, role: str) -> dict[str, Any]: ...


class ProfileService:
    def __init__(self, database: Database, figures: Figures, clock: Clock) -> None:
        self._database = database
        self._figures = figures
        self._clock = clock

    async def overview(self, actor: Actor) -> dict[str, Any]:
        """Of every model that an engine has, or that was used of late."""
        answer = await self._figures_of(actor)
        figures = None if answer is None else list(answer["models"])
        forms = [] if answer is None else list(answer["edit_formats"])
        async with self._database.transaction() as session:
            engines = (await session.exec(select(Engine).order_by(col(Engine.id)))).all()
            rows = {row.model: row for row in (await session.exec(select(ModelProfile))).all()}
            retrieval = (await session.exec(select(MeshSettings))).one().document["retrieval"]
            evaluations = [
                Compared(item.id, item.name, item.variants, await results_of(session, item.id), _models(item.variants))
                for item in await newest_completed(session, _EVALUATIONS)
            ]
        models: dict[str, str] = {}
        used = [str(item["model"]) for item in figures or ()]
        for name in [*(engine.model for engine in engines), *used, *rows]:
            models.setdefault(normalised(name), name)
        items = [
            _profile(model, name, _of(model, engines), rows.get(model), retrieval, figures or [], forms, evaluations)
            for model, name in models.items()
        ]
        return {"items": items, "figures_days": FIGURES_DAYS, "figures_known": figures is not None}

    async def update(self, actor: Actor, model: str, values: Mapping[str, Any], reason: str) -> dict[str, Any]:
        """Sets values by hand; None goes back to what holds without."""
        said = {"ko": reason or "직접 정함.", "en": reason or "Set by hand."}
        given = {name: None if value is None else _set(value, "manual", said) for name, value in values.items()}
        await self._write(actor, model, given, "profile.update")
        return await self._one(actor, model)

    async def take_over(self, actor: Actor, model: str, names: Sequence[str]) -> dict[str, Any]:
        """Suggestions become values, with the figures as their reason.

        Raises:
            NotFound: the figures suggest no such value, or no longer.
        """
        suggested = {item["name"]: item for item in (await self._one(actor, model))["suggestions"]}
        missing = sorted(set(names) - suggested.keys())
        if missing:
            raise NotFound(f"The figures do not suggest: {', '.join(missing)}.", code="suggestion_not_found")
        given = {name: _set(suggested[name]["value"], "measured", suggested[name]["reason"]) for name in names}
        await self._write(actor, model, given, "profile.take_over")
        return await self._one(actor, model)

    async def revision(self) -> str:
        async with self._database.transaction() as session:
            return str(await current(session, Feed.PROFILES))

    async def published(self) -> dict[str, Any]:
        """What the gateway polls."""
        async with self._database.transaction() as session:
            revision = await current(session, Feed.PROFILES)
            rows = (await session.exec(select(ModelProfile))).all()
        return {
            "revision": str(revision),
            "presets": {
                start: {name: entry["value"] for name, entry in preset["values"].items()}
                for preset in presets()
                for start in preset["names"]
            },
            "profiles": {row.model: {name: entry["value"] for name, entry in row.values.items()} for row in rows},
        }

    async def _one(self, actor: Actor, model: str) -> dict[str, Any]:
        wanted = normalised(model)
        items = (await self.overview(actor))["items"]
        found = next((item for item in items if normalised(item["model"]) == wanted), None)
        if found is None:
            raise NotFound("No engine has this model, and nobody used it of late.", code="model_not_found")
        return dict(found)

    async def _write(self, actor: Actor, model: str, given: Mapping[str, Any], action: str) -> None:
        await self._one(actor, model)
        key = normalised(model)
        async with self._database.transaction() as session:
            row = await _row(session, key)
            before = dict(row.values) if row else {}
            merged = {name: value for name, value in {**before, **given}.items() if value is not None}
            if row is None:
                row = ModelProfile(model=key, values={}, version=0, updated_by="", updated_at=self._clock())
                session.add(row)
            row.values = merged
            row.version += 1
            row.updated_by, row.updated_at = actor.user_id, self._clock()
            await advance(session, Feed.PROFILES)
            names = sorted(set(before) | set(merged))
            record(
                session, actor, action, ("model", key),
                before={name: before.get(name) for name in names}, after={name: merged.get(name) for name in names},
            )  # fmt: skip

    async def _figures_of(self, actor: Actor) -> dict[str, Any] | None:
        """None while the gateway can't say: profiles are shown without."""
        try:
            return await self._figures.figures(FIGURES_DAYS, user_id=actor.user_id, role=actor.role)
        except ServiceError:
            return None


def _profile(  # noqa: PLR0917 - one of each thing that decides
    model: str,
    name: str,
    engines: Sequence[Engine],
    row: ModelProfile | None,
    retrieval: Mapping[str, Any],
    figures: Sequence[dict[str, Any]],
    forms: Sequence[dict[str, Any]],
    evaluations: Sequence[Compared],
) -> dict[str, Any]:
    preset = preset_of(model)
    llm_class = engines[0].llm_class if engines else (preset or {}).get("model_class", "small")
    own = [item for item in figures if normalised(item["model"]) == model]
    values = [_value(item, row, preset, llm_class, retrieval) for item in NAMES]
    base = next((item for item in own if not item["adapter"]), None)
    in_force = {item["name"]: item["value"] for item in values}
    edits = {item["edit_format"]: item["unusable"] for item in forms if normalised(item["model"]) == model}
    daily = [*suggestions_of(in_force, base), *edit_format_suggestions(in_force, edits)]
    suggested = _each_once([*evaluated_suggestions(evaluations, model, in_force), *daily])
    return {
        "model": name,
        "engines": [engine.id for engine in engines],
        "values": values,
        "preset": preset,
        "figures": own,
        "evaluated": evaluated_line(evaluations, model, in_force),
        "suggestions": [
            {
                "name": item.name,
                "value": item.value,
                "reason": {"ko": item.ko, "en": item.en},
                "evaluation_id": item.evaluation_id,
            }
            for item in suggested
        ],
        "version": row.version if row else 0,
    }


def _models(variants: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """An engine may serve another model by now: its old figures say nothing of that one."""
    servings = [variant.get("serving") for variant in variants]
    return [normalised(serving["model"]) if serving else None for serving in servings]


def _each_once(suggestions: Sequence[Suggestion]) -> list[Suggestion]:
    """One for each value: the first, and evaluations come before daily use."""
    return list({item.name: item for item in reversed(suggestions)}.values())[::-1]


def _value(
    name: str,
    row: ModelProfile | None,
    preset: Mapping[str, Any] | None,
    llm_class: str,
    retrieval: Mapping[str, Any],
) -> dict[str, Any]:
    """The value in force with its origin: by hand or measured, preset, of the class, or the default of all."""
    without = _without(name, preset, llm_class, retrieval)
    kept = (row.values if row else {}).get(name)
    return {"name": name, **(kept or without), "preset": without["value"]}


def _without(
    name: str, preset: Mapping[str, Any] | None, llm_class: str, retrieval: Mapping[str, Any]
) -> dict[str, Any]:
    entry = (preset or {}).get("values", {}).get(name)
    if entry is not None:
        return _set(entry["value"], "preset", {"ko": entry["ko"], "en": entry["en"]})
    if name in _BY_CLASS:
        said = {"ko": f"설정의 {llm_class} 등급 값.", "en": f"The settings' value of the class {llm_class}."}
        return _set(retrieval[llm_class][_BY_CLASS[name]], "class", said)
    value, korean, english = _DEFAULTS[name]
    return _set(value, "default", {"ko": korean, "en": english})


def _set(value: Any, origin: str, reason: Mapping[str, str]) -> dict[str, Any]:
    return {"value": value, "origin": origin, "reason": dict(reason)}


def _of(model: str, engines: Sequence[Engine]) -> list[Engine]:
    return [engine for engine in engines if normalised(engine.model) == model]


async def _row(session: AsyncSession, model: str) -> ModelProfile | None:
    statement = select(ModelProfile).where(col(ModelProfile.model) == model).with_for_update()
    return (await session.exec(statement)).one_or_none()
