"""Accepted screens as candidates for examples, and figures by model; nothing leaves here unscrubbed."""

import asyncio
import difflib
from collections import Counter
from datetime import timedelta
from typing import Any, Protocol

from chassis.errors import NotFound

from ...core.clients.postprocess import Preview
from ...db.tables import GenerationRow
from ...learning.distance import plain
from ...learning.figures import figures_of, wilson
from ...learning.scrubbing import scrub, scrub_all
from ...storage.generations import GenerationStore
from ...storage.identifiers import is_id
from ...storage.learning import LearningStore
from ...storage.records import now
from .schemas import CandidateFile, CandidateLine, CandidateResponse, EditFormatFigures, FiguresResponse

_MOST_RECORDS = 5_000
"""Of the figures: the newest of a longer time say more than all of it."""


class Drawing(Protocol):
    async def previews(self, body: dict[str, Any], *, user_id: str, role: str) -> Preview: ...


class LearningService:
    def __init__(self, *, learning: LearningStore, generations: GenerationStore, drawing: Drawing) -> None:
        self._learning = learning
        self._generations = generations
        self._drawing = drawing

    async def candidates(self, *, cursor: str | None, limit: int) -> tuple[list[CandidateLine], str | None]:
        found = await self._learning.candidates(after=cursor, limit=limit)
        lines = [CandidateLine(**_line(row)) for row in found[:limit]]
        return lines, lines[-1].generation_id if len(found) > limit else None

    async def candidate(self, generation_id: str) -> CandidateResponse:
        row = await self._accepted(generation_id)
        emitted = await self._learning.emitted(generation_id)
        return await asyncio.to_thread(_candidate, row, emitted)

    async def preview(self, generation_id: str, *, theme: str, user_id: str, role: str) -> str:
        row = await self._accepted(generation_id)
        if row.spec is None:
            raise NotFound("The generation has no screen spec.", code="spec_not_found")
        spec = scrub_all(row.spec, Counter())
        drawn = await self._drawing.previews({"spec": spec, "theme": theme}, user_id=user_id, role=role)
        return drawn.html

    async def withdrawn(self, generation_ids: list[str]) -> list[str]:
        return await self._learning.withdrawn([key for key in generation_ids if is_id(key)])

    async def figures(self, *, days: int) -> FiguresResponse:
        since = now() - timedelta(days=days)
        records = await self._learning.figures(since=since, limit=_MOST_RECORDS)
        forms = [
            EditFormatFigures(
                model=row["model"], edit_format=row["edit_format"], unusable=wilson(row["unusable"], row["answers"])
            )
            for row in await self._learning.edit_formats(since=since)
        ]
        return FiguresResponse(since=since, records=len(records), models=figures_of(records), edit_formats=forms)

    async def _accepted(self, generation_id: str) -> GenerationRow:
        row = await self._generations.get(generation_id, user_id=None) if is_id(generation_id) else None
        if row is None or (row.feedback or {}).get("accepted") is None:
            raise NotFound("There is no such accepted screen.", code="candidate_not_found")
        return row


def _line(row: dict[str, Any]) -> dict[str, Any]:
    feedback = row["feedback"] or {}
    return {
        "generation_id": row["id"],
        **{name: row[name] for name in ("created_at", "user_id", "framework", "engine")},
        "prompt": scrub(row["prompt"]).text,
        "model": row["engine_model"],
        "rating": feedback.get("rating"),
        "consent": feedback.get("consent") is True,
        "distance": feedback.get("distance"),
    }


def _candidate(row: GenerationRow, emitted: dict[str, str]) -> CandidateResponse:
    found: Counter[str] = Counter()
    feedback = row.feedback or {}
    languages = {item["path"]: item.get("language", "text") for item in row.artifacts or ()}
    files = [_file(item, emitted, languages, found) for item in feedback["accepted"]]
    line = _line(row.model_dump())
    scrub_all(row.prompt, found)
    intent, spec = row.intent or {}, scrub_all(row.spec, found)
    title = (spec or {}).get("title") or scrub((intent.get("screen") or {}).get("title") or "").text
    return CandidateResponse(
        **line,
        comment=scrub_all(feedback.get("comment"), found),
        pattern=(spec or {}).get("pattern") or intent.get("pattern"),
        title=title,
        spec=spec,
        files=files,
        scrubbed=dict(found),
    )


def _file(
    item: dict[str, str], emitted: dict[str, str], languages: dict[str, str], found: Counter[str]
) -> CandidateFile:
    """Both sides of the diff are scrubbed before: its signs would stand before what is looked for."""
    path, content = item["path"], scrub_all(plain(item["content"]), found)
    return CandidateFile(
        path=scrub(path).text,
        language=languages.get(path, "text"),
        content=content,
        diff=_diff(scrub(path).text, scrub(plain(emitted.get(path, ""))).text, content),
    )


def _diff(path: str, before: str, after: str) -> str:
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), f"a/{path}", f"b/{path}", lineterm="", n=3)
    return "\n".join(lines)
