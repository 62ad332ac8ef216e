"""Patches of a generated screen without a model: its spec is modified by rule, and its files are emitted again."""

import asyncio
from dataclasses import dataclass
from typing import Any, Protocol

from chassis.errors import Conflict

from ...core.clients.llm import Engine
from ...core.clients.postprocess import Analysis, Emission
from ...core.identity import User
from ...db.patch_tables import PlanRow
from ...storage.generations import GenerationStore
from .asking import BUILTIN, EngineDesk, Question

_TOKENS = 8_192
_LIMIT_S = 15.0


class Emitting(Protocol):
    """What is needed of postprocess-service."""

    async def analyses(self, body: dict[str, Any], *, user_id: str, role: str) -> Analysis: ...

    async def artifacts(self, body: dict[str, Any], *, user_id: str, role: str) -> Emission: ...


@dataclass(frozen=True, slots=True)
class ScreenChange:
    """Whole new files; where there are none, what the engine said instead."""

    edits: list[dict[str, Any]]
    said: str = ""


class ScreenEdits:
    def __init__(self, *, generations: GenerationStore, postprocessing: Emitting, desk: EngineDesk) -> None:
        self._generations = generations
        self._postprocessing = postprocessing
        self._desk = desk

    async def change(self, plan: PlanRow, intent: str, engine: Engine, user: User) -> ScreenChange:
        """Raises `Conflict` where the screen was edited after the plan was made."""
        row = await self._generations.get(plan.generation_id or "", user_id=user.id)
        known = {item["path"]: item["content"] for item in (row.artifacts if row else None) or ()}
        base = {file["path"]: file["content"] for file in plan.files}
        if row is None or any(known.get(path) != content for path, content in base.items()):
            raise Conflict("The screen was edited after the plan was made.", code="stale_base")
        prompt = await self._desk.prompt(
            {
                "task": "modify",
                "prompt": intent,
                "language": plan.language,
                "framework": row.framework,
                "data_model": row.data_model,
                "base_spec": row.spec,
                "max_output_tokens": _TOKENS,
            },
            engine,
            user,
            room=0,
        )
        until = asyncio.get_running_loop().time() + _LIMIT_S
        question = Question(BUILTIN, _TOKENS, 1.0, until, _LIMIT_S, stop_at_json=False)
        answer = await self._desk.ask(prompt, question, engine, user)
        who = {"user_id": user.id, "role": user.role}
        reading = {
            "answer": answer.text, "mode": "spec", "language": plan.language, "framework": row.framework,
            "finish_reason": answer.finish_reason,
        }  # fmt: skip
        analysis = await self._postprocessing.analyses(reading, **who)
        if analysis.status != "ok" or analysis.spec is None:
            return ScreenChange([], answer.text.strip())
        kinds = [item["kind"] for item in row.artifacts or () if item.get("kind")]
        emission = await self._postprocessing.artifacts(
            {
                "spec": analysis.spec,
                "files": None,
                "data_model": row.data_model,
                "artifacts": kinds or None,
                "framework": row.framework,
                "strictness": "relaxed",
            },
            **who,
        )
        return ScreenChange([
            {"path": item.path, "content": item.content}
            for item in emission.artifacts
            if item.path in base and item.content != base[item.path]
        ])  # fmt: skip
